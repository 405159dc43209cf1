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
  return new Row(operands, make).build(0);
}

type Rest = Operation['rest'];

/** Walks once along the row; the recursion is over the levels of precedence, never along the row. */
class Row {
  private place = 0;
  /** The operand whose leading `not` stands before a whole comparison, and how many there are. */
  private negatedAt = -1;
  private negations = 0;

  constructor(
    private readonly operands: readonly Operand[],
    private readonly make: TreeMaker,
  ) {}

  build(level: number): Expression {
    if (level === levels.length) return this.signed();
    const negations = level === 2 ? this.takeNegations() : [];
    const first = this.build(level + 1);
    const rest: Rest[number][] = [];
    for (let next = this.operatorAt(level); next !== undefined; next = this.operatorAt(level)) {
      this.place += 1;
      rest.push({
        operator: next.operator,
        operatorSpan: this.make.between(next.token.startOffset, endOf(next.token)),
        operand: this.build(level + 1),
      });
    }
    return this.withSigns(negations, this.operation(first, rest));
  }

  private operatorAt(level: number): Placed | undefined {
    const next = this.operands[this.place + 1];
    if (next === undefined) return undefined;
    const [token] = next.operators;
    const operator = operatorText(next.operators);
    return token !== undefined && levelOf.get(operator) === level && operator !== '^'
      ? { operator, token }
      : undefined;
  }

  /** `not` before a comparison negates the whole comparison. */
  private takeNegations(): readonly IToken[] {
    const signs = this.operands[this.place]?.signs ?? [];
    const end = signs.findIndex(({ image }) => image !== 'not');
    const taken = end < 0 ? signs : signs.slice(0, end);
    this.negatedAt = this.place;
    this.negations = taken.length;
    return taken;
  }

  /** `-x ^ y` is -(x ^ y). */
  private signed(): Expression {
    const signs = (this.operands[this.place]?.signs ?? []).slice(
      this.negatedAt === this.place ? this.negations : 0,
    );
    return this.withSigns(signs, this.power());
  }

  private power(): Expression {
    const first = this.valueHere();
    const rest: Rest[number][] = [];
    for (let next = this.operands[this.place + 1]; next !== undefined; next = this.operands[this.place + 1]) {
      const [token] = next.operators;
      if (token === undefined || operatorText(next.operators) !== '^') break;
      this.place += 1;
      const operatorSpan = this.make.between(token.startOffset, endOf(token));
      rest.push({ operator: '^', operatorSpan, operand: this.withSigns(next.signs, next.value) });
    }
    return this.operation(first, rest);
  }

  private withSigns(signs: readonly IToken[], operand: Expression): Expression {
    const [first] = signs;
    if (first === undefined) return operand;
    const span = this.make.between(first.startOffset, operand.span.end);
    return {
      kind: 'unary',
      operators: signs.map(({ image }) => (image === 'not' ? 'not' : '-')),
      operand,
      span,
    };
  }

  private valueHere(): Expression {
    const here = this.operands[this.place];
    if (here === undefined) throw new Error('the row has ended');
    return here.value;
  }

  private operation(first: Expression, rest: Rest): Expression {
    const last = rest.at(-1);
    if (last === undefined) return first;
    return {
      kind: 'operation',
      first,
      rest,
      span: this.make.between(first.span.start, last.operand.span.end),
    };
  }
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
