import { failWith, problem, type Failure } from '../outcome.js';
import type { Weights } from './weights.js';

/** A file of weights that was read whole, whatever its format. */
export interface WeightFile {
  /** `safetensors`, for people. */
  readonly format: string;
  /** In the order of the file. */
  readonly weights: Weights;
  /** How the file holds each array, by its name. */
  readonly stored: ReadonlyMap<string, Stored>;
  /** Texts beside the arrays. */
  readonly metadata: ReadonlyMap<string, string>;
  /** What is not as it was in the file, for people: numbers that had to be rounded. */
  readonly notes: readonly string[];
}

/** How a file holds an array. */
export interface Stored {
  /** The type of its numbers, in the words of its format: `BF16`. */
  readonly type: string;
  /** How many bytes it takes there. */
  readonly bytes: number;
}

/** A file that is refused, with the reason. */
export function refuseWeights(message: string, help?: string): Failure {
  return failWith(problem('broken-weights', message, help));
}

/** A text of a file of others, shortened. */
export function showText(text: string): string {
  return `\`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\``;
}
