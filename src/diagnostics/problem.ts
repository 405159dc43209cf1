import type { Diagnostic, Related, Severity, TextEdit, TrailStep } from './diagnostic.js';
import type { Span } from './source.js';

/** What `cnnc explain CODE` tells: a paragraph, a smallest wrong source, and the same mended. */
export interface Explanation {
  readonly text: string;
  readonly wrong: string;
  readonly right: string;
}

/** What a use of a problem may add to its message. */
export interface ProblemDetails {
  readonly label?: string | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly help?: string | undefined;
  readonly fix?: TextEdit | undefined;
  readonly trail?: readonly TrailStep[] | undefined;
}

/** A kind of mistake: its code, what it says, and how it is explained. */
export interface Problem<Facts = unknown> {
  readonly code: string;
  readonly severity: Severity;
  readonly explain: Explanation;
  readonly message: (facts: Facts) => string;
  readonly help?: (facts: Facts) => string | undefined;
}

/** Declares a problem; its message and help are functions of the facts that a use hands over. */
export function defineProblem<Facts = void>(problem: Problem<Facts>): Problem<Facts> {
  return problem;
}

/** Makes the diagnostic of one occurrence of a problem. Help given with the details goes before the problem's own. */
export function report<Facts>(
  problem: Problem<Facts>,
  span: Span,
  facts: Facts,
  details: ProblemDetails = {},
): Diagnostic {
  const help = details.help ?? problem.help?.(facts);
  return {
    code: problem.code,
    severity: problem.severity,
    message: problem.message(facts),
    span,
    related: details.related ?? [],
    trail: details.trail ?? [],
    ...(details.label === undefined ? {} : { label: details.label }),
    ...(help === undefined ? {} : { help }),
    ...(details.fix === undefined ? {} : { fix: details.fix }),
  };
}
