import type { Graph } from '../../compiler/ir/graph.js';
import { planExecution } from '../executor/plan.js';
import { failWith, problem, succeed, type Outcome, type RuntimeProblem } from '../outcome.js';
import type { Weights } from './weights.js';

/** The weights that a model needs, in its own order, taken from others; or every one that is missing, surplus or misshapen. */
export function matchWeights(graph: Graph, given: Weights): Outcome<Weights> {
  const needed = new Map(planExecution(graph).weights.map((weight) => [weight.name, weight.shape]));
  const problems: RuntimeProblem[] = [];
  const matched = new Map(
    [...needed].flatMap(([name, shape]) => {
      const found = given.get(name);
      if (found === undefined) {
        problems.push(problem('weights-missing', `\`${name}\` of ${sizes(shape)} is missing`));
        return [];
      }
      if (!isSameShape(found.shape, shape)) {
        problems.push(
          problem(
            'weights-misshapen',
            `\`${name}\` is ${sizes(found.shape)}, but the model has ${sizes(shape)}`,
          ),
        );
      }
      return [[name, found] as const];
    }),
  );
  for (const [name, { shape }] of given) {
    if (needed.has(name)) continue;
    problems.push(
      problem('weights-surplus', `\`${name}\` of ${sizes(shape)} belongs to no layer of \`${graph.name}\``),
    );
  }
  return problems.length === 0 ? succeed(matched) : failWith(...problems);
}

function isSameShape(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((size, place) => size === other[place]);
}

function sizes(shape: readonly number[]): string {
  return shape.length === 0 ? 'a single number' : shape.join('×');
}
