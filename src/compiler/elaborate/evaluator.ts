import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report, type Problem, type ProblemDetails } from '../../diagnostics/problem.js';
import type { Span } from '../../diagnostics/source.js';
import type { BlockValue, Let } from '../../parser/ast.js';
import type { Trail } from '../ir/graph.js';
import { stepsOf } from '../ir/report-at.js';
import type { Bindings } from '../resolve/bindings.js';
import { unknown, type TensorValue, type Value } from '../values/value.js';
import type { Effort } from './effort.js';
import type { Environment } from './environment.js';

/** What evaluation needs besides the environment; one for all models of a compilation. */
export interface Evaluator {
  readonly bindings: Bindings;
  /** The values of the files' constants, computed in the order in which they stand on each other. */
  readonly constants: ReadonlyMap<Let, Value>;
  readonly report: (diagnostic: Diagnostic) => void;
  /** The value of a block with arguments: calls hold expressions, and expressions hold calls. */
  readonly block: (evaluator: Evaluator, value: BlockValue, environment: Environment) => Value;
  readonly callDepth: number;
  /** The figures of a model or block, where an assertion is evaluated. */
  readonly figures?: (name: string, part: string | undefined, settings: ReadonlyMap<string, Value>) => Value;
  /** The figures of what gave a named tensor, where an assertion is evaluated. */
  readonly figuresOf?: (tensor: TensorValue, name: string) => Value;
  readonly effort: Effort;
}

/** Reports a problem and gives the unknown value. */
export function fail<Facts>(
  evaluator: Pick<Evaluator, 'report'>,
  problem: Problem<Facts>,
  facts: Facts,
  {
    span,
    trail,
    ...details
  }: Omit<ProblemDetails, 'trail'> & { readonly span: Span; readonly trail: Trail | undefined },
): Value {
  evaluator.report(report(problem, span, facts, { ...details, trail: stepsOf(trail) }));
  return unknown;
}
