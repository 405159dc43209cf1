import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report, type Problem, type ProblemDetails } from '../../diagnostics/problem.js';
import type { Span } from '../../diagnostics/source.js';

/** Why a layer can't stand where it was written. The elaborator knows the place and makes the diagnostic. */
export interface Complaint {
  readonly kind: 'complaint';
  /** The parameter whose argument is to blame, if one is: the caret goes there. */
  readonly parameter?: string;
  readonly report: (span: Span, details?: ProblemDetails) => Diagnostic;
}

/** Makes a complaint out of a problem and its facts. */
export function complain<Facts>(
  problem: Problem<Facts>,
  facts: Facts,
  at: { readonly parameter?: string; readonly label?: string; readonly help?: string } = {},
): Complaint {
  const { parameter, ...own } = at;
  return {
    kind: 'complaint',
    ...(parameter === undefined ? {} : { parameter }),
    report: (span, details = {}) => report(problem, span, facts, { ...own, ...details }),
  };
}

/** Tells a complaint from a result. */
export function isComplaint(value: object): value is Complaint {
  return 'kind' in value && value.kind === 'complaint';
}
