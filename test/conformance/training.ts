import { memory, tensor as upload, type Tensor as Uploaded } from '@tensorflow/tfjs-core';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { lossAndGradients } from '../../src/runtime/executor/training-step.js';
import { interpret, type Tensors } from '../interpreter/interpret.js';
import { valueAt, type Tensor } from '../interpreter/tensor.js';
import { disagreement, tolerance } from './agreement.js';
import { directionsFor, slopeAlong, type Direction } from './differences.js';
import { download, uploadAll } from './engine.js';
import { lossOf, trainedWeights, type Task } from './task.js';

/** What one training step on the engine gives, and how many tensors it left over. */
export interface Step {
  readonly loss: number;
  readonly gradients: Tensors;
  readonly updates: Tensors;
  readonly left: number;
}

/** Takes one training step on the engine in use. */
export function takeStep({ graph, inputs, weights, targets, losses, options }: Task): Step {
  const before = memory().numTensors;
  const feed = {
    inputs: uploadAll(inputs),
    weights: uploadAll(weights),
    targets: uploadTargets(targets),
  };
  const { frozen } = options;
  const { loss, gradients, updates } = lossAndGradients(planExecution(graph), {
    ...feed,
    losses,
    seed: 1,
    step: 1,
    ...(frozen === undefined ? {} : { frozen }),
  });
  for (const tensors of Object.values(feed)) for (const tensor of tensors.values()) tensor.dispose();
  const step = { loss, gradients: downloadAll(gradients), updates: downloadAll(updates) };
  return { ...step, left: memory().numTensors - before };
}

/** What is wrong with a step: its loss, the moved statistics, its gradients, or tensors that are left over. */
export function mistakesIn(step: Step, task: Task): readonly string[] {
  const names = nameMistakes(step, task);
  if (names.length > 0) return names;
  return [
    ...lossMistakes(step, task),
    ...updateMistakes(step, task),
    ...directionsFor(task).flatMap((direction) => slopeMistakes(direction, step, task)),
    ...(step.left === 0 ? [] : [`left ${String(step.left)} tensors over`]),
  ];
}

function lossMistakes({ loss }: Step, task: Task): readonly string[] {
  const expected = lossOf(task, interpret(task.graph, task.inputs, task.weights, task.options), task.weights);
  const agrees = Math.abs(loss - expected) <= tolerance * Math.abs(expected);
  return agrees ? [] : [`has the loss ${String(loss)}, expected ${String(expected)}`];
}

function updateMistakes({ updates: actual }: Step, task: Task): readonly string[] {
  const { updates } = interpret(task.graph, task.inputs, task.weights, task.options);
  const surplus = [...actual.keys()].filter((name) => !updates.has(name)).map((name) => `updates ${name}`);
  const wrong = [...updates].flatMap(([name, update]) => {
    const given = actual.get(name);
    const difference = given === undefined ? 'was not updated' : disagreement(given, update);
    return difference === undefined ? [] : [`${name} ${difference}`];
  });
  return [...surplus, ...wrong];
}

function nameMistakes({ gradients }: Step, task: Task): readonly string[] {
  const given = [...gradients.keys()].sort().join(', ');
  const expected = trainedWeights(task)
    .map(({ name }) => name)
    .sort()
    .join(', ');
  return given === expected ? [] : [`has gradients of ${given}, expected ${expected}`];
}

/** What float32 leaves over of a sum that is zero, relative to what is summed. */
const leastShare = 2e-6;

/** The gradients along a direction beside differences of the interpreter's losses. */
function slopeMistakes(direction: Direction, { gradients }: Step, task: Task): readonly string[] {
  const parts = [...direction].flatMap(([name, along]) => productsOf(along, gradients.get(name)));
  const actual = parts.reduce((sum, part) => sum + part, 0);
  const expected = slopeAlong(direction, task);
  const size = Math.max(largestOf(gradients, [...direction.keys()]), Math.abs(expected));
  // Where a gradient is zero because larger ones cancel (a bias before batch norm), their rounding is left.
  const least = leastShare * largestOf(gradients, [...gradients.keys()]);
  // Random errors of so many values add up as the root of their number.
  const values = parts.filter((part) => part !== 0).length;
  const allowed = (4 * tolerance * size + least) * Math.sqrt(values + 1);
  if (Math.abs(actual - expected) <= allowed) return [];
  const where = [...direction.keys()].join(' and ');
  return [
    `grows by ${String(actual)} along ${where}, expected ${String(expected)} (largest ${String(size)})`,
  ];
}

function productsOf(along: Tensor, gradient: Tensor | undefined): readonly number[] {
  if (gradient === undefined) throw new Error('a weight without a gradient');
  if (along.shape.join() !== gradient.shape.join())
    throw new Error('a gradient of another shape than its weight');
  return [...along.values].map((value, place) => value * valueAt(gradient, place));
}

function largestOf(gradients: Tensors, names: readonly string[]): number {
  const all = names.flatMap((name) => [...(gradients.get(name)?.values ?? [])]);
  return all.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Class numbers are integers there. */
function uploadTargets(targets: Tensors): ReadonlyMap<string, Uploaded> {
  const all = [...targets];
  const shares = all.filter(([, { shape }]) => shape.length > 1);
  const numbers = all.filter(([, { shape }]) => shape.length === 1);
  return new Map([
    ...uploadAll(new Map(shares)),
    ...numbers.map(([name, { shape, values }]) => [name, upload([...values], [...shape], 'int32')] as const),
  ]);
}

function downloadAll(tensors: ReadonlyMap<string, Uploaded>): Tensors {
  return new Map([...tensors].map(([name, tensor]) => [name, download(tensor)]));
}
