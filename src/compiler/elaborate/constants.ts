import type { Let } from '../../parser/ast.js';
import type { Declaration } from '../resolve/declarations.js';
import type { Value } from '../values/value.js';
import { outermost } from './environment.js';
import { evaluate } from './evaluate.js';
import type { Evaluator } from './evaluator.js';

/** Computes the constants of all files in the order in which they stand on each other. */
export function computeConstants(
  evaluator: Omit<Evaluator, 'constants'>,
  order: readonly Declaration[],
): ReadonlyMap<Let, Value> {
  const constants = new Map<Let, Value>();
  const own: Evaluator = { ...evaluator, constants };
  for (const declaration of order) {
    if (declaration.kind !== 'let' || declaration.tree.parameters !== undefined) continue;
    constants.set(declaration.tree, evaluate(own, declaration.tree.value, outermost(declaration.module)));
  }
  return constants;
}
