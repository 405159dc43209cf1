import type { IToken } from 'chevrotain';
import type { Expression, Operation, OperatorText } from './ast.js';
import type { TreeMaker } from './make.js';
import { endOf } from './tokens.js';

/** One operand of a row, with the signs before it and the operator that leads to it (two words in `not in`). */
export interface Operand {
  readonly operators: readonly IToken[];
  readonly signs: readonly IToken[];
  readonly value: Expression;
}

/** Loosest first. */
const levels: readonly (readonly OperatorText[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'],
  ['+', '-'],
  ['*', '/'],
];

const comparisonLevel = 2;

const levelOf: ReadonlyMap<string, number> = new Map(
  levels.flatMap((level, place) => level.map((text) => [text, place] as const)),
);

/** An operator on its way to a tree. */
interface Placed {
  readonly operator: OperatorText;
  readonly token: IToken;
}

/**
 * Builds the tree of a flat row of operands: rows of one precedence become one node, whatever their length. Unary `-`
 * binds looser than `^` and tighter than `*`; `not` stands between `and` and the comparisons.
 */
export function joinOperands(operands: readonly Operand[], make: TreeMaker): Expression {
  const [first, ...rest] = operands;
  if (first === undefined) throw new Error('an operation has an operand');
  if (rest.length === 0 && first.signs.length === 0) return first.value;
  return readRow(operands, make);
}

type Rest = Operation['rest'];

/** Walks once along the row; the recursion is over the levels of precedence, never along the row. */
function readRow(operands: readonly Operand[], make: TreeMaker): Expression {
  let place = 0;
  // The operand whose leading `not` stands before a whole comparison, and how many there are.
  let negatedAt = -1;
  let negations = 0;

  function atLevel(level: number): Expression {
    if (level === levels.length) return signed();
    const negating = level === comparisonLevel ? takeNegations() : [];
    const first = atLevel(level + 1);
    const rest: Rest[number][] = [];
    for (let next = operatorAt(level); next !== undefined; next = operatorAt(level)) {
      place += 1;
      const operatorSpan = make.between(next.token.startOffset, endOf(next.token));
      rest.push({ operator: next.operator, operatorSpan, operand: atLevel(level + 1) });
    }
    return withSigns(negating, operation(first, rest));
  }

  function operatorAt(level: number): Placed | undefined {
    const operators = operands[place + 1]?.operators ?? [];
    const [token] = operators;
    const operator = operatorText(operators);
    return token !== undefined && levelOf.get(operator) === level ? { operator, token } : undefined;
  }

  /** `not` before a comparison negates the whole comparison. */
  function takeNegations(): readonly IToken[] {
    const signs = operands[place]?.signs ?? [];
    const end = signs.findIndex(({ image }) => image !== 'not');
    const taken = end < 0 ? signs : signs.slice(0, end);
    negatedAt = place;
    negations = taken.length;
    return taken;
  }

  /** `-x ^ y` is -(x ^ y). */
  function signed(): Expression {
    const signs = (operands[place]?.signs ?? []).slice(negatedAt === place ? negations : 0);
    return withSigns(signs, power());
  }

  function withSigns(signs: readonly IToken[], operand: Expression): Expression {
    const [first] = signs;
    if (first === undefined) return operand;
    const span = make.between(first.startOffset, operand.span.end);
    return {
      kind: 'unary',
      operators: signs.map(({ image }) => (image === 'not' ? 'not' : '-')),
      operand,
      span,
    };
  }

  function power(): Expression {
    const here = operands[place];
    if (here === undefined) throw new Error('the row has ended');
    const rest: Rest[number][] = [];
    for (let next = operands[place + 1]; next !== undefined; next = operands[place + 1]) {
      const [token] = next.operators;
      if (token === undefined || operatorText(next.operators) !== '^') break;
      place += 1;
      const operatorSpan = make.between(token.startOffset, endOf(token));
      rest.push({ operator: '^', operatorSpan, operand: withSigns(next.signs, next.value) });
    }
    return operation(here.value, rest);
  }

  function operation(first: Expression, rest: Rest): Expression {
    const last = rest.at(-1);
    if (last === undefined) return first;
    return { kind: 'operation', first, rest, span: make.between(first.span.start, last.operand.span.end) };
  }

  return atLevel(0);
}

const texts: ReadonlyMap<string, OperatorText> = new Map(
  (['or', 'and', '==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '^'] as const).map((text) => [
    text,
    text,
  ]),
);

function operatorText(tokens: readonly IToken[]): OperatorText {
  const [first, second] = tokens;
  if (second !== undefined) return 'not in';
  return texts.get(first?.image ?? '') ?? '+';
}
