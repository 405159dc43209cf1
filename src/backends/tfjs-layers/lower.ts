import { nodeAt, type Graph, type Node, type NodeOf, type Output } from '../../compiler/ir/graph.js';
import type { OpKind } from '../../compiler/ops/registry.js';
import { toNumber } from '../../compiler/values/exact.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { mergeDiagnostics } from '../../diagnostics/merge.js';
import type { BuildOptions, BuiltTensor, Unsupported } from '../backend.js';
import { makeNamer, ownerOf, type Namer } from '../names.js';
import { reportAt } from '../../compiler/ir/report-at.js';
import { targetLacksGradient, targetLacksLayer, targetRewritesLayer } from '../problems.js';
import { sizeSource } from '../size-source.js';
import type { Weights } from '../weights.js';
import type { Call, NewLayer } from './call.js';
import type { Config, Layer, LayersModel, LayerWeight, Tensor } from './layer.js';
import { lowerings } from './lowerings.js';
import { nonNegativeNodes } from './non-negative.js';

/** The name of the target, in messages too. */
export const targetName = 'tfjs-layers';

/** What became of a graph: the model, and what is to be said about it. */
export interface Lowered {
  readonly model: LayersModel;
  /** Where the tensor of a node is found, by its path. */
  readonly tensors: ReadonlyMap<string, BuiltTensor>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lowers every node that the wanted outputs need, in the order of the source. */
export function lower(graph: Graph, { training = false }: BuildOptions = {}): Lowered {
  const outputs = graph.outputs.filter((output) => training || !output.training);
  const state: State = {
    graph,
    names: makeNamer(),
    layers: new Map(),
    shared: new Map(),
    tensors: new Map(),
    readers: readersOf(graph, outputs),
    nonNegative: nonNegativeNodes(graph),
    sharing: new Set(graph.nodes.flatMap(({ sharesWith }) => sharesWith ?? [])),
    diagnostics: [],
  };
  for (const node of graph.nodes) {
    if ((state.readers[node.id] ?? 0) > 0) state.tensors.set(node.id, lowerNode(state, node));
  }
  const given = outputs.map((output) => outputTensor(state, output, outputs.length > 1));
  const inputs = graph.inputs.flatMap((id) => state.tensors.get(id) ?? []);
  return {
    model: { name: graph.name, layers: [...state.layers.values()], inputs, outputs: given },
    tensors: placesOf(state),
    diagnostics: mergeDiagnostics(state.diagnostics),
  };
}

/** Of nodes that give one tensor, as a convolution and the activation in it, the last. */
function placesOf({ graph, tensors }: State): ReadonlyMap<string, BuiltTensor> {
  const last = new Map<string, readonly [string, BuiltTensor]>();
  for (const [id, { layer, call }] of tensors)
    last.set(`${layer} ${String(call)}`, [nodeAt(graph, id).path, { name: layer, call }]);
  return new Map(last.values());
}

/** A layer that later nodes may still call, or give an activation. */
type OpenLayer = { -readonly [Field in keyof Layer]: Layer[Field] } & { readonly isShared: boolean };

interface State {
  readonly graph: Graph;
  readonly names: Namer;
  /** By their names, in their order. */
  readonly layers: Map<string, OpenLayer>;
  /** Layers whose weights are shared, by the path of their owner and their part in it. */
  readonly shared: Map<string, OpenLayer>;
  readonly tensors: Map<number, Tensor>;
  /** How many read each node, outputs counted too; none where no wanted output needs it. */
  readonly readers: readonly number[];
  readonly nonNegative: ReadonlySet<number>;
  /** The nodes with which others share weights. */
  readonly sharing: ReadonlySet<number>;
  readonly diagnostics: Diagnostic[];
}

function readersOf(graph: Graph, outputs: readonly Output[]): readonly number[] {
  const readers = graph.nodes.map(() => 0);
  const read = (id: number): void => void (readers[id] = (readers[id] ?? 0) + 1);
  for (const { node } of outputs) read(node);
  for (const node of graph.nodes.toReversed()) {
    if ((readers[node.id] ?? 0) > 0) node.inputs.forEach(read);
  }
  return readers;
}

function lowerNode<K extends OpKind>(state: State, node: NodeOf<K>): Tensor {
  const lowered: Tensor | Unsupported = lowerings[node.kind](
    node,
    callOf(state, nodeAt(state.graph, node.id)),
  );
  if (lowered.kind === 'tensor') return { ...lowered, shape: node.shape };
  state.diagnostics.push(
    reportAt(targetLacksLayer, node, {
      target: targetName,
      layer: node.kind,
      why: lowered.why,
      help: lowered.help,
    }),
  );
  // What follows is lowered all the same, so that all that is lacking is told at once.
  return { kind: 'tensor', layer: node.path, call: 0, shape: node.shape };
}

function callOf(state: State, node: Node): Call {
  const owner = ownerOf(state.graph, node);
  return {
    inputs: node.inputs.map((id) => tensorOf(state, id)),
    isNonNegative: node.inputs.every((id) => state.nonNegative.has(id)),
    add: (layer, ...inputs) => addLayer(state, node, layer, inputs),
    weight: (name, as = name, shape) => weightOf(owner, name, as, shape),
    sourceOf(name) {
      const { node: input, place } = sizeSource(state.graph, name);
      return { input: tensorOf(state, input), place };
    },
    activate: (x, activation) => activate(state, node, x, activation),
    warnOfGradient(why) {
      state.diagnostics.push(
        reportAt(targetLacksGradient, node, { target: targetName, layer: node.kind, why }),
      );
    },
    note(as) {
      state.diagnostics.push(
        reportAt(targetRewritesLayer, node, { target: targetName, layer: node.kind, as }),
      );
    },
  };
}

function addLayer(state: State, node: Node, wanted: NewLayer, inputs: readonly Tensor[]): Tensor {
  const { className, part, config = {}, weights = [], shape } = wanted;
  const owner = ownerOf(state.graph, node);
  const key = `${owner.path} ${part ?? ''}`;
  const isShared = weights.length > 0 && (node.sharesWith !== undefined || state.sharing.has(node.id));
  const known = isShared ? state.shared.get(key) : undefined;
  if (known !== undefined) {
    known.calls = [...known.calls, inputs];
    return { kind: 'tensor', layer: known.name, call: known.calls.length - 1, shape };
  }
  const own = isShared ? owner : node;
  const name = state.names.fresh(part === undefined ? own.path : `${own.path}.${part}`);
  const layer: OpenLayer = { className, name, config, weights, calls: [inputs], isShared };
  state.layers.set(name, layer);
  if (isShared) state.shared.set(key, layer);
  return { kind: 'tensor', layer: name, call: 0, shape };
}

function weightOf(
  owner: Node,
  name: string,
  as: string,
  shape: readonly number[] | undefined,
): LayerWeight | undefined {
  const spec = owner.weights.find((weight) => weight.name === name);
  if (spec === undefined) return undefined;
  const fullName = `${owner.path}.${name}`;
  return {
    name: as,
    shape: shape ?? spec.shape.map(toNumber),
    valuesFrom: (weights: Weights) => {
      const weight = weights.get(fullName);
      if (weight === undefined) throw new Error(`\`${fullName}\` is not among the weights`);
      return weight.values;
    },
  };
}

/** The layers with an argument `activation`. */
const activating: ReadonlySet<string> = new Set(['Conv2D', 'DepthwiseConv2D', 'Conv2DTranspose', 'Dense']);

function activate(state: State, node: Node, x: Tensor, activation: string): boolean {
  const [read = -1] = node.inputs;
  const layer = state.layers.get(x.layer);
  // A shared layer has one activation, and not every use of it need have the same.
  if (!node.inline || layer === undefined || layer.isShared || state.readers[read] !== 1) return false;
  if (!activating.has(layer.className) || layer.config['activation'] !== undefined) return false;
  layer.config = { ...layer.config, activation };
  return true;
}

/** The tensor of an output; where there are several, a layer of its own that is named as the output is. */
function outputTensor(state: State, { name, node }: Output, isOneOfSeveral: boolean): Tensor {
  const tensor = tensorOf(state, node);
  if (!isOneOfSeveral || tensor.layer === name) return tensor;
  const own = state.names.fresh(name);
  const config: Config = { activation: 'linear' };
  const calls = [[tensor]];
  state.layers.set(own, { className: 'Activation', name: own, config, weights: [], calls, isShared: false });
  return { ...tensor, layer: own, call: 0 };
}

function tensorOf(state: State, id: number): Tensor {
  const tensor = state.tensors.get(id);
  if (tensor === undefined) throw new Error(`node ${String(id)} was read before it was lowered`);
  return tensor;
}
