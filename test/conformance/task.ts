import type { Graph } from '../../src/compiler/ir/graph.js';
import type { OutputLoss } from '../../src/runtime/executor/types.js';
import type { Interpretation, Options, Tensors } from '../interpreter/interpret.js';
import { channelsOf, tensor, valueAt, type Tensor } from '../interpreter/tensor.js';

/** What a training step is taken on. */
export interface Task {
  readonly graph: Graph;
  readonly inputs: Tensors;
  readonly weights: Tensors;
  /** By the outputs' names; of a cross-entropy `[batch]` class numbers, or shares in the output's shape. */
  readonly targets: Tensors;
  readonly losses: ReadonlyMap<string, OutputLoss>;
  readonly options: Options;
}

/** The loss of a task in float64: the outputs' by their weights, and the penalties on the weights that are trained. */
export function lossOf(task: Task, { values }: Interpretation, weights: Tensors): number {
  const losses = task.graph.outputs.map(({ name, node, weight }) => {
    const [output, target, loss] = [values.get(node), task.targets.get(name), task.losses.get(name)];
    if (output === undefined || target === undefined || loss === undefined) throw new Error(`no ${name}`);
    return (
      weight *
      (loss.kind === 'squared' ? squaredError(output, target) : crossEntropy(output, target, loss.smoothing))
    );
  });
  const penalties = trainedWeights(task).map(({ name, l1, l2 }) => {
    const own = [...(weights.get(name)?.values ?? [])];
    return l1 * total(own.map(Math.abs)) + l2 * total(own.map((value) => value ** 2));
  });
  return total([...losses, ...penalties]);
}

/** The names of the weights that get gradients, and what holds them small. */
export function trainedWeights({ graph, options }: Pick<Task, 'graph' | 'options'>): readonly {
  readonly name: string;
  readonly l1: number;
  readonly l2: number;
}[] {
  return graph.nodes
    .filter((node) => node.sharesWith === undefined)
    .flatMap(({ path, weights }) =>
      weights
        .filter(({ trainable }) => trainable)
        .map(({ name, l1 = 0, l2 = 0 }) => ({ name: `${path}.${name}`, l1, l2 })),
    )
    .filter(({ name }) => options.frozen?.has(name) !== true);
}

/** The mean of the squared differences. */
function squaredError(output: Tensor, target: Tensor): number {
  return (
    total([...output.values].map((value, place) => (value - valueAt(target, place)) ** 2)) /
    output.values.length
  );
}

/** -Σ share · ln(output) over the classes, the mean over all targets; smoothing gives part of each share to all classes. */
function crossEntropy(output: Tensor, target: Tensor, smoothing: number): number {
  const classes = channelsOf(output);
  const shares = target.shape.length === 1 ? oneHot(target, classes) : target;
  const terms = [...output.values].map((value, place) => {
    const share = (1 - smoothing) * valueAt(shares, place) + smoothing / classes;
    return -share * Math.log(value);
  });
  return total(terms) / (output.values.length / classes);
}

function oneHot(numbers: Tensor, classes: number): Tensor {
  const rows = [...numbers.values].map((number) =>
    Array.from({ length: classes }, (_, c) => (c === number ? 1 : 0)),
  );
  return tensor([rows.length, classes], rows.flat());
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
