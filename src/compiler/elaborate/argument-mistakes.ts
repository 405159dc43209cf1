import type { Span } from '../../diagnostics/source.js';
import type { Parameter } from '../../parser/ast.js';
import type { Trail } from '../ir/graph.js';
import { takes, type ArgumentMistake } from '../resolve/arguments.js';
import { missingArgument, repeatedArgument, surplusArgument, unknownParameter } from '../resolve/problems.js';
import { fail, type Evaluator } from './evaluator.js';

/** A call of something that only the evaluation knows: a block or a function that a name holds. */
export interface LateCall {
  readonly of: string;
  readonly parameters: readonly Parameter[];
  readonly span: Span;
  readonly trail: Trail | undefined;
}

/** Reports the first mistake in the arguments of a call that could not be checked before, if there is one. */
export function failArguments(
  evaluator: Pick<Evaluator, 'report'>,
  [mistake]: readonly ArgumentMistake[],
  { of, parameters, span, trail }: LateCall,
): void {
  switch (mistake?.kind) {
    case undefined:
      return;
    case 'unknown':
      fail(evaluator, unknownParameter, { name: mistake.name, of }, { span: mistake.span, trail });
      return;
    case 'repeated':
      fail(evaluator, repeatedArgument, { name: mistake.name, of }, { span: mistake.span, trail });
      return;
    case 'surplus': {
      const facts = { of, takes: takes(parameters.map(({ name }) => name.text)) };
      fail(evaluator, surplusArgument, facts, { span: mistake.span, trail });
      return;
    }
    case 'missing':
      fail(evaluator, missingArgument, { name: mistake.name, of }, { span, trail });
  }
}
