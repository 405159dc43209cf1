import type { IToken } from 'chevrotain';
import type { Expression, Operation, OperatorText, Unary } from './ast.js';
import type { TreeMaker } from './make.js';
import { chainedComparison, comparisonInAngle, misplacedNot, rangeEnds, tooLarge } from './problems.js';
import { endOf } from './tokens.js';

/** One operand of a row, with the signs before it and the operator that leads to it (two words in `not in`). */
export interface Operand {
  readonly operators: readonly IToken[];
  readonly signs: readonly IToken[];
  readonly value: Expression;
  /** True of a range without parentheses. */
  readonly isBareRange: boolean;
}

/** A row of operands that is read, operand by operand; each precedence is a function below, so nothing recurses along it. */
interface Row {
  readonly operands: readonly Operand[];
  readonly make: TreeMaker;
  readonly tell: TreeMaker['tell'];
  readonly isInAngle: boolean;
  place: number;
}

/**
 * Builds the tree of a flat row of operands: neighbours of one precedence become one node, however many they are. Loosest
 * first: `or`, `and`, `not`, comparisons and `in`, `+ -`, `* /`, unary `-`, `^`.
 */
export function joinOperands(
  operands: readonly Operand[],
  { make, tell, isInAngle }: Pick<Row, 'make' | 'tell' | 'isInAngle'>,
): Expression {
  checkRanges(operands, tell);
  return disjunction({ operands, make, tell, isInAngle, place: 0 });
}

/** The deepest that powers of negative powers stand in each other. */
const maximumPowers = 16;

function disjunction(row: Row): Expression {
  return level(row, (operator) => operator === 'or', conjunction);
}

function conjunction(row: Row): Expression {
  return level(row, (operator) => operator === 'and', negation);
}

/** Leading `not`s negate the whole comparison behind them. */
function negation(row: Row): Expression {
  const signs = row.operands[row.place]?.signs ?? [];
  const firstMinus = signs.findIndex(({ image }) => image !== 'not');
  const taken = firstMinus < 0 ? signs.length : firstMinus;
  const operand = comparison(row, taken);
  return withSigns(row.make, signs.slice(0, taken), operand);
}

function comparison(row: Row, taken: number): Expression {
  const first = sum(row, taken);
  const rest: Rest[number][] = [];
  for (let next = operatorAt(row); next !== undefined && comparisons.has(next.text); next = operatorAt(row)) {
    if (row.isInAngle) row.tell(comparisonInAngle, next.span, { operator: next.text });
    else if (rest.length === 1) row.tell(chainedComparison, next.span, { operator: next.text });
    row.place += 1;
    rest.push({ operator: next.text, operatorSpan: next.span, operand: sum(row, 0) });
  }
  return operation(row.make, first, rest.slice(0, 1));
}

function sum(row: Row, taken: number): Expression {
  return level(
    row,
    (operator) => operator === '+' || operator === '-',
    (next) => product(next, taken),
    (next) => product(next, 0),
  );
}

function product(row: Row, taken: number): Expression {
  return level(
    row,
    (operator) => operator === '*' || operator === '/',
    (next) => signed(next, taken),
    (next) => signed(next, 0),
  );
}

/** `-x ^ y` is -(x ^ y). */
function signed(row: Row, taken: number): Expression {
  const signs = (row.operands[row.place]?.signs ?? []).slice(taken);
  const not = signs.find(({ image }) => image === 'not');
  if (not !== undefined) row.tell(misplacedNot, row.make.spanOf(not), undefined);
  return withSigns(row.make, signs, power(row));
}

type Rest = Operation['rest'];

/** Binds to the right; a signed exponent with another power behind it takes that power into its sign. */
function power(row: Row): Expression {
  const links: { readonly operand: Operand; readonly operator: Operator }[] = [];
  const first = valueAt(row);
  for (let next = operatorAt(row); next?.text === '^'; next = operatorAt(row)) {
    row.place += 1;
    const operand = row.operands[row.place];
    if (operand !== undefined) links.push({ operand, operator: next });
  }
  let rest: Rest[number][] = [];
  let depth = 0;
  for (const { operand, operator } of links.reverse()) {
    const { signs, value } = operand;
    const isNested = signs.length > 0 && rest.length > 0;
    if (isNested) depth += 1;
    if (depth > maximumPowers) {
      row.tell(tooLarge, operator.span, tooManyPowers(links.length));
      return first;
    }
    const whole = isNested ? operation(row.make, value, rest.reverse()) : value;
    const link = {
      operator: operator.text,
      operatorSpan: operator.span,
      operand: withSigns(row.make, signs, whole),
    };
    if (isNested) rest = [link];
    else rest.push(link);
  }
  return operation(row.make, first, rest.reverse());
}

function tooManyPowers(got: number): { what: string; limit: number; got: string; flag: undefined } {
  return {
    what: 'signed powers stand too deep in each other',
    limit: maximumPowers,
    got: String(got),
    flag: undefined,
  };
}

/** Operands of one precedence in a row, each read by the next tighter one. */
function level(
  row: Row,
  isOfLevel: (operator: OperatorText) => boolean,
  readFirst: (row: Row) => Expression,
  readNext: (row: Row) => Expression = readFirst,
): Expression {
  const first = readFirst(row);
  const rest: Rest[number][] = [];
  for (let next = operatorAt(row); next !== undefined && isOfLevel(next.text); next = operatorAt(row)) {
    row.place += 1;
    rest.push({ operator: next.text, operatorSpan: next.span, operand: readNext(row) });
  }
  return operation(row.make, first, rest);
}

function operation(make: TreeMaker, first: Expression, rest: Rest): Expression {
  const last = rest.at(-1);
  if (last === undefined) return first;
  return { kind: 'operation', first, rest, span: make.between(first.span.start, last.operand.span.end) };
}

function withSigns(make: TreeMaker, signs: readonly IToken[], operand: Expression): Expression {
  const [first] = signs;
  if (first === undefined) return operand;
  const operators = signs.map(({ image }): Unary['operators'][number] => (image === 'not' ? 'not' : '-'));
  return { kind: 'unary', operators, operand, span: make.between(first.startOffset, operand.span.end) };
}

function valueAt(row: Row): Expression {
  const here = row.operands[row.place];
  if (here === undefined) throw new Error('a row has an operand behind each operator');
  return here.value;
}

interface Operator {
  readonly text: OperatorText;
  readonly span: Expression['span'];
}

/** The operator behind the operand at hand. */
function operatorAt(row: Row): Operator | undefined {
  const [first, second] = row.operands[row.place + 1]?.operators ?? [];
  if (first === undefined) return undefined;
  const text = second === undefined ? texts.get(first.image) : 'not in';
  if (text === undefined) throw new Error(`\`${first.image}\` is no operator`);
  return { text, span: row.make.between(first.startOffset, endOf(second ?? first)) };
}

const texts: ReadonlyMap<string, OperatorText> = new Map(
  (['or', 'and', '==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '^'] as const).map((text) => [
    text,
    text,
  ]),
);

const comparisons: ReadonlySet<OperatorText> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in']);

/** A range without parentheses stands alone, or behind `in`. */
function checkRanges(operands: readonly Operand[], tell: TreeMaker['tell']): void {
  for (const [place, { isBareRange, value, operators, signs }] of operands.entries()) {
    if (!isBareRange) continue;
    const after = operands[place + 1]?.operators[0]?.image;
    const isBehindIn = operators.at(-1)?.image === 'in' && signs.length === 0;
    const isEnd = after === undefined || after === 'and' || after === 'or';
    if (!isBehindIn || !isEnd) tell(rangeEnds, value.span, undefined);
  }
}
