import { compareModels } from '../../src/compiler/compare/compare-models.js';
import type { Comparison } from '../../src/compiler/compare/comparison.js';
import { summarised } from '../report/summarised.js';

/** Compares the only models of two texts. */
export function compared(before: string, after: string): Comparison {
  return compareModels(summarised(before), summarised(after));
}

/** Compares two bodies of a model with an input of 16x16x3. */
export function comparedBodies(before: string, after: string, input = 'input 16x16x3'): Comparison {
  const model = (body: string): string => `model Net {\n  ${input}\n${body}\n}\n`;
  return compared(model(before), model(after));
}
