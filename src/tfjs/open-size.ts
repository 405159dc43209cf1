import type { Sizes } from './tensorflow.js';

/** Sizes that a model was built with, as numbers or as the steps that compute them from the sizes of its inputs. */
export interface OpenSizes {
  /** Which input of the layer has `s0`, `s1` and so on, and in which dimension, the batch counted. */
  readonly sources?: readonly (readonly [input: number, place: number])[];
}

/** A number, or steps: `s0 2 times 1 plus` is twice the first source and one more. */
export type WrittenSize = number | string;

/** A size of tensors that are there. */
export function sizeOf(size: WrittenSize, open: OpenSizes, inputs: readonly Sizes[]): number {
  const value = plannedSize(size, open, inputs);
  if (value === undefined) throw new Error(`the size ${String(size)} follows from no input`);
  return value;
}

/** A size while a model is planned; absent where it follows from one that is not known. */
export function plannedSize(
  size: WrittenSize,
  { sources = [] }: OpenSizes,
  inputs: readonly Sizes[],
): number | undefined {
  if (typeof size === 'number') return size;
  const stack: number[] = [];
  for (const step of size.split(' ')) {
    const operation = operations.get(step);
    if (operation === undefined) {
      const source = step.startsWith('s') ? sources[Number(step.slice(1))] : undefined;
      stack.push(source === undefined ? Number(step) : sourceSize(source, inputs));
    } else {
      const [b = Number.NaN, a = Number.NaN] = [stack.pop(), stack.pop()];
      stack.push(operation(a, b));
    }
  }
  const [value = Number.NaN] = stack;
  return Number.isNaN(value) ? undefined : value;
}

const operations: ReadonlyMap<string, (a: number, b: number) => number> = new Map([
  ['plus', (a: number, b: number) => a + b],
  ['times', (a: number, b: number) => a * b],
  ['over', (a: number, b: number) => Math.floor(a / b)],
  ['max', (a: number, b: number) => Math.max(a, b)],
  ['min', (a: number, b: number) => Math.min(a, b)],
]);

function sourceSize([input, place]: readonly [number, number], inputs: readonly Sizes[]): number {
  return inputs[input]?.[place] ?? Number.NaN;
}
