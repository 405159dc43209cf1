import type { Tally } from './analyse/figures.js';
import { figuresOf, tallyOfNode, tallyOfScope } from './analyse/figures.js';
import type { AliveTensor } from './analyse/memory.js';
import type { Extent } from './analyse/needed.js';
import { receptiveFieldsOf } from './analyse/receptive-field.js';
import { largestOf, type FigureSource, type Share } from './elaborate/shares.js';
import { nodeAt, type Graph, type Scope } from './ir/graph.js';
import { memoryFigure, memoryShares } from './memory-figure.js';
import type { Exact } from './values/exact.js';
import { listOf, type TensorValue, type Value } from './values/value.js';

/** The figures of a graph as assertions ask for them. */
export function figureSourceOf(graph: Graph, extent: Extent = {}): FigureSource {
  const figures = figuresOf(graph, extent);
  const scopeAt = (index: number): Scope => {
    const scope = graph.scopes[index];
    if (scope === undefined) throw new Error(`no scope ${String(index)}`);
    return scope;
  };
  const stretchOf = ({ node, scope }: TensorValue): Stretch => {
    if (scope !== undefined) return scopeAt(scope);
    // An activation in the line of a layer is a part of it.
    let first = nodeAt(graph, node);
    while (first.inline) first = nodeAt(graph, first.inputs[0] ?? first.id - 1);
    return { first: first.id, end: node + 1 };
  };
  return {
    value(index, name, part, settings) {
      const scope = scopeAt(index);
      const sum = sumNamed(name);
      if (sum !== undefined) return tallyOfScope(figures, scope)[sum];
      switch (name) {
        case 'output':
          return partOf(outputShape(graph, scope), part);
        case 'input':
          return partOf(inputShape(graph, scope), part);
        case 'receptive_field':
          return listOf([...receptiveFieldsOf(graph).ofModel.size], 'size');
        case 'memory':
          return memory(graph, scope, part, settings);
        default:
          return { kind: 'unavailable', why: `there is no figure \`${name}\`` };
      }
    },
    ofTensor(tensor, name) {
      const sum = sumNamed(name);
      if (sum === undefined) throw new Error(`${name} is no sum`);
      return tallyOfScope(figures, stretchOf(tensor))[sum];
    },
    shares({ of, name, part, settings }) {
      if (name === 'memory') return memoryShares(graph, part, settings).map(shareOfTensor);
      const sum = sumNamed(name);
      const stretch = typeof of === 'number' ? scopeAt(of) : stretchOf(of);
      return sum === undefined
        ? []
        : largestShares(graph, stretch, (node) => tallyOfNode(figures, node)[sum]);
    },
  };
}

/** Nodes that stand one after the other. */
type Stretch = Pick<Scope, 'first' | 'end'>;

function sumNamed(name: string): keyof Tally | undefined {
  switch (name) {
    case 'params':
    case 'trainable':
    case 'macs':
    case 'flops':
      return name;
    case 'weight_bytes':
      return 'weightBytes';
    default:
      return undefined;
  }
}

type Figure = ReturnType<FigureSource['value']>;

function partOf(shape: readonly Exact[], part: string | undefined): Figure {
  const whole: Value = listOf(shape, 'size');
  switch (part) {
    case undefined:
    case 'shape':
      return whole;
    case 'channels':
      return shape.at(-1) ?? whole;
    case 'height':
      return shape.length === 3
        ? (shape[0] ?? whole)
        : { kind: 'unavailable', why: 'the tensor is no image, so it has no height' };
    case 'width':
      return shape.length === 3
        ? (shape[1] ?? whole)
        : { kind: 'unavailable', why: 'the tensor is no image, so it has no width' };
    default:
      return { kind: 'unavailable', why: `a tensor has no \`${part}\`` };
  }
}

function outputShape(graph: Graph, scope: Scope): readonly Exact[] {
  const inference = graph.outputs.find(({ training }) => !training);
  const id = scope.parent === undefined && inference !== undefined ? inference.node : scope.end - 1;
  return nodeAt(graph, Math.max(0, id)).shape;
}

function inputShape(graph: Graph, scope: Scope): readonly Exact[] {
  const first = nodeAt(graph, Math.min(scope.first, graph.nodes.length - 1));
  const source = first.inputs[0];
  return source === undefined ? first.shape : nodeAt(graph, source).shape;
}

function memory(
  graph: Graph,
  scope: Scope,
  part: string | undefined,
  settings: ReadonlyMap<string, Value>,
): Figure {
  return scope.parent === undefined
    ? memoryFigure(graph, part, settings)
    : { kind: 'unavailable', why: 'memory is a figure of a model, not of a block' };
}

function shareOfTensor({ node, bytes }: AliveTensor): Share {
  return { span: node.origin.span, path: node.path, amount: bytes };
}

function largestShares(
  graph: Graph,
  { first, end }: Stretch,
  amountOf: (node: Graph['nodes'][number]) => Exact,
): readonly Share[] {
  let largest: readonly Share[] = [];
  for (const node of graph.nodes.slice(first, end)) {
    const amount = amountOf(node);
    if (amount === 0) continue;
    largest = largestOf([...largest, { span: node.origin.span, path: node.path, amount }]);
  }
  return largest;
}
