import type { Diagnostic, TrailStep } from '../../diagnostics/diagnostic.js';
import { report, type Problem, type ProblemDetails } from '../../diagnostics/problem.js';
import type { Node, Trail } from './graph.js';

/** Reports a problem at the line of a node, with the calls that led there. */
export function reportAt<Facts>(
  problem: Problem<Facts>,
  node: Pick<Node, 'origin'>,
  facts: Facts,
  details: Omit<ProblemDetails, 'trail'> = {},
): Diagnostic {
  const { span, trail } = node.origin;
  return report(problem, span, facts, { ...details, trail: stepsOf(trail) });
}

/** A trail as the list that diagnostics hold, innermost first. */
export function stepsOf(trail: Trail | undefined): readonly TrailStep[] {
  const steps: TrailStep[] = [];
  for (let at = trail; at !== undefined; at = at.outer) steps.push(at.step);
  return steps;
}
