import { nodeAt, type Graph, type Node, type NodeOf } from '../../compiler/ir/graph.js';
import type { OpKind } from '../../compiler/ops/registry.js';
import { equals, toNumber } from '../../compiler/values/exact.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { BuildOptions, Unsupported } from '../backend.js';
import { ownerOf } from '../names.js';
import { reportAt } from '../../compiler/ir/report-at.js';
import { targetLacksLayer, targetRewritesLayer } from '../problems.js';
import { sizeSource } from '../size-source.js';
import type { Weights } from '../weights.js';
import { constantOf, type, type Attributes } from './attributes.js';
import { written, type Arriving, type Call, type Derived, type ReadWeight } from './call.js';
import { lowerings } from './lowerings.js';
import type { Constant, End, GraphModel, Operation, Tensor } from './operation.js';

/** The name of the target, in messages too. */
export const targetName = 'tfjs-graph';

/** What became of a graph: the model, and what is to be said about it. */
export interface Lowered {
  readonly model: GraphModel;
  /** What each node gives, by its id. */
  readonly tensors: ReadonlyMap<number, Tensor>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lowers every node, in the order of the source; each output is an operation of its own that is named as it is. */
export function lower(graph: Graph, { training = false }: BuildOptions = {}): Lowered {
  const state: State = {
    graph,
    operations: [],
    tensors: new Map(),
    constants: new Map(),
    diagnostics: [],
  };
  for (const node of graph.nodes) state.tensors.set(node.id, lowerNode(state, node));
  const outputs = graph.outputs
    .filter((output) => training || !output.training)
    .map(({ name, node }) => {
      const { shape } = nodeAt(graph, node);
      return endOf(name, append(state, name, { op: 'Identity', inputs: [tensorOf(state, node)] }), shape);
    });
  const inputs = graph.inputs.map((id) => {
    const { path, shape } = nodeAt(graph, id);
    return endOf(path, tensorOf(state, id), shape);
  });
  const { operations, tensors, diagnostics } = state;
  return { model: { operations, inputs, outputs }, tensors, diagnostics };
}

interface State {
  readonly graph: Graph;
  readonly operations: Operation[];
  readonly tensors: Map<number, Tensor>;
  /** The constants that are made of weights, by what they are made of. */
  readonly constants: Map<string, Tensor>;
  readonly diagnostics: Diagnostic[];
}

function endOf(name: string, tensor: Tensor, shape: Node['shape']): End {
  return { name, tensor, shape: [-1, ...shape.map(written)] };
}

/** An operation in the making; what isn't said is absent. */
interface NewOperation {
  readonly op: string;
  readonly inputs?: readonly Tensor[];
  readonly attributes?: Attributes;
  readonly constant?: Constant;
}

function append(
  state: State,
  name: string,
  { op, inputs = [], attributes = {}, constant }: NewOperation,
): Tensor {
  const id = state.operations.length;
  // What reads nothing has no type of what it reads.
  const all = inputs.length === 0 ? attributes : { T: type('DT_FLOAT'), ...attributes };
  state.operations.push({ id, name, op, inputs, attributes: all, constant });
  return { kind: 'tensor', from: id, result: 0 };
}

function lowerNode<K extends OpKind>(state: State, node: NodeOf<K>): Tensor {
  const plain = nodeAt(state.graph, node.id);
  const first = state.operations.length;
  const lowered: Tensor | Unsupported = lowerings[node.kind](node, callOf(state, plain));
  if (lowered.kind === 'unsupported') {
    state.diagnostics.push(
      reportAt(targetLacksLayer, node, {
        target: targetName,
        layer: node.kind,
        why: lowered.why,
        help: lowered.help,
      }),
    );
    // What follows is lowered all the same, so that all that is lacking is told at once.
    return append(state, node.path, { op: 'NoOp' });
  }
  const last = state.operations[lowered.from];
  // The operation that gives the node's tensor has the node's name; those before it have a part of their own.
  if (last !== undefined && last.id >= first) state.operations[last.id] = { ...last, name: node.path };
  return lowered;
}

function callOf(state: State, node: Node): Call {
  const owner = ownerOf(state.graph, node);
  const part = (name: string): string => `${node.path}.${name}`;
  return {
    inputs: node.inputs.map((id): Arriving => ({
      ...tensorOf(state, id),
      shape: nodeAt(state.graph, id).shape,
    })),
    add: (op, inputs, attributes) =>
      append(state, part(op), { op, inputs, ...(attributes && { attributes }) }),
    floats: (values, shape = [values.length]) =>
      constant(state, part('constant'), {
        type: 'DT_FLOAT',
        shape,
        valuesFrom: () => Float32Array.from(values),
      }),
    integers: (values, shape = [values.length]) =>
      constant(state, part('sizes'), { type: 'DT_INT32', shape, valuesFrom: () => Int32Array.from(values) }),
    shapeOf: (name) => shapeOf(owner, name),
    weight(name, shape = shapeOf(owner, name)) {
      if (shape === undefined) throw new Error(`${owner.path} has no ${name}`);
      return derived(state, owner, { name, shape, values: (read) => read(name) });
    },
    derived: (values) => derived(state, owner, values),
    imagesOf(height, width) {
      const found = state.graph.nodes.find(
        ({ id, shape: [rows = 1, columns = 1, ...rest] }) =>
          id < node.id &&
          rest.length === 1 &&
          equals(rows, height) === true &&
          equals(columns, width) === true,
      );
      return found && tensorOf(state, found.id);
    },
    sourceOf(name) {
      const { node: input, place } = sizeSource(state.graph, name);
      return { input: tensorOf(state, input), place };
    },
    note(as) {
      state.diagnostics.push(
        reportAt(targetRewritesLayer, node, { target: targetName, layer: node.kind, as }),
      );
    },
  };
}

function constant(state: State, name: string, values: Constant): Tensor {
  const attributes = { dtype: type(values.type), value: constantOf(values.type, values.shape) };
  return append(state, name, { op: 'Const', attributes, constant: values });
}

function derived(state: State, owner: Node, { name, shape, values }: Derived): Tensor {
  const fullName = `${owner.path}.${name}`;
  const key = `${fullName} ${shape.join()}`;
  const known = state.constants.get(key);
  if (known !== undefined) return known;
  const valuesFrom = (weights: Weights): Float32Array => values(readerOf(weights, owner));
  const made = constant(state, fullName, { type: 'DT_FLOAT', shape, valuesFrom });
  state.constants.set(key, made);
  return made;
}

function readerOf(weights: Weights, { path }: Node): ReadWeight {
  return (name) => {
    const weight = weights.get(`${path}.${name}`);
    if (weight === undefined) throw new Error(`\`${path}.${name}\` is not among the weights`);
    return weight.values;
  };
}

function shapeOf(owner: Node, name: string): readonly number[] | undefined {
  return owner.weights.find((weight) => weight.name === name)?.shape.map(toNumber);
}

function tensorOf(state: State, id: number): Tensor {
  const tensor = state.tensors.get(id);
  if (tensor === undefined) throw new Error(`node ${String(id)} was read before it was lowered`);
  return tensor;
}
