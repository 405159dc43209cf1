import { interpret, type Tensors } from '../interpreter/interpret.js';
import { tensor, valueAt, type Tensor } from '../interpreter/tensor.js';
import { randomNumbers } from './random.js';
import { lossOf, trainedWeights, type Task } from './task.js';

/** A direction in the space of all trained weights. */
export type Direction = Tensors;

/** How fast the loss grows along a direction, by central differences in float64. */
export function slopeAlong(direction: Direction, task: Task): number {
  const at = (by: number): number => {
    const weights = moved(task.weights, direction, by);
    return lossOf(task, interpret(task.graph, task.inputs, weights, task.options), weights);
  };
  return (at(step) - at(-step)) / (2 * step);
}

/** For each trained weight some of its values alone, and all of them up or down at random; and all weights together. */
export function directionsFor(task: Task): readonly Direction[] {
  const next = randomNumbers(task.graph.nodes.length);
  const signs = (): number => (next() < 0.5 ? -1 : 1);
  const trained = trainedWeights(task).map(({ name }) => [name, weightOf(task.weights, name)] as const);
  const alone = trained.flatMap(([name, weight]) => {
    const places = Array.from({ length: 2 }, () => Math.floor(next() * weight.values.length));
    return places.map((place) => new Map([[name, unit(weight.shape, place)]]));
  });
  const together = trained.map(([name, weight]) => new Map([[name, mapped(weight, signs)]]));
  const all = new Map(trained.map(([name, weight]) => [name, mapped(weight, signs)]));
  return [...alone, ...together, ...(trained.length > 1 ? [all] : [])];
}

/**
 * The step of the differences: their own error, a third of its square times the third derivative, and what float64 rounds
 * off, 1e-16 over the step, both lie far below float32. No random value lies as near to a kink (relu, max).
 */
const step = 1e-5;

function moved(weights: Tensors, direction: Direction, by: number): Tensors {
  const changed = [...direction].map(([name, along]) => {
    const weight = weightOf(weights, name);
    const values = weight.values.map((value, place) => value + by * valueAt(along, place));
    return [name, { shape: weight.shape, values }] as const;
  });
  return new Map([...weights, ...changed]);
}

function weightOf(weights: Tensors, name: string): Tensor {
  const weight = weights.get(name);
  if (weight === undefined) throw new Error(`no weight ${name}`);
  return weight;
}

function unit(shape: readonly number[], at: number): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, place) => (place === at ? 1 : 0)),
  );
}

function mapped({ shape, values }: Tensor, value: () => number): Tensor {
  return { shape, values: values.map(value) };
}
