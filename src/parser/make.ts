import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source, Span } from '../diagnostics/source.js';
import type {
  Argument,
  Body,
  Comment,
  Expression,
  ListExpression,
  Name,
  NumberLiteral,
  SizeLiteral,
  Statement,
  Step,
  StringLiteral,
} from './ast.js';
import { readNumber } from './number.js';
import { emptyBranch, notANumber } from './problems.js';
import { endOf } from './tokens.js';

/** Makes the nodes of one text: what is common to all is that they know where they stand. */
export interface TreeMaker {
  between(start: number, end: number): Span;
  from(first: Span, end: number): Span;
  around(steps: readonly Step[], end: number): Span;
  name(token: IToken): Name;
  argument(name: Name, value: Expression): Argument;
  nameOrBlock(token: IToken, given: readonly Argument[] | undefined, end: number): Expression;
  number(token: IToken): NumberLiteral;
  string(token: IToken): StringLiteral;
  size(token: IToken, stride: Expression | undefined): Expression;
  list(items: readonly Expression[], span: Span, stride: Expression | undefined): Expression;
  range(from: Expression, to: Expression): Expression;
  member(object: Expression, member: Name): Expression;
  index(object: Expression, index: Expression, end: number): Expression;
  call(callee: Expression, given: readonly Argument[], end: number): Expression;
  parentheses(items: readonly Expression[], span: Span): Expression;
  conditional(
    branches: readonly { readonly condition: Expression; readonly value: Expression }[],
    otherwise: Expression | undefined,
    span: Span,
  ): Extract<Expression, { kind: 'conditional' }>;
  branch(statements: readonly Statement[], span: Span): Body;
  /** The `///` lines that end before an offset, with nothing but white space between. */
  doc(before: number): { doc?: string };
}

/** A maker for one text; mistakes that only a token's own text shows are reported as it goes. */
export function treeMaker(
  source: Source,
  comments: readonly Comment[],
  report: (diagnostic: Diagnostic) => void,
): TreeMaker {
  const between = (start: number, end: number): Span => ({ source, start, end: Math.max(start, end) });
  const spanOf = (token: IToken): Span => between(token.startOffset, endOf(token));
  return {
    between,
    from: (first, end) => between(first.start, end),
    around: (steps, end) => between(steps[0]?.span.start ?? end, end),
    name: (token) => ({ kind: 'name', text: token.image, span: spanOf(token) }),
    argument: (name, value) => ({
      kind: 'argument',
      name,
      value,
      span: between(name.span.start, value.span.end),
    }),
    nameOrBlock: (token, given, end) => {
      const span = spanOf(token);
      if (given === undefined) return { kind: 'name-expression', name: token.image, span };
      const name: Name = { kind: 'name', text: token.image, span };
      return { kind: 'block-value', name, arguments: given, span: between(span.start, end) };
    },
    number: (token) => makeNumber(token.image, spanOf(token), report),
    string: (token) => ({ kind: 'string', value: unescape(token.image), span: spanOf(token) }),
    size: (token, stride) => {
      const window: SizeLiteral = {
        kind: 'size',
        sizes: token.image.split('x').map(sizeOf),
        span: spanOf(token),
      };
      return stride === undefined ? window : strided(window, stride);
    },
    list: (items, span, stride) => {
      const list: ListExpression = { kind: 'list', items, span };
      return stride === undefined ? list : strided(list, stride);
    },
    range: (from, to) => ({ kind: 'range', from, to, span: between(from.span.start, to.span.end) }),
    member: (object, member) => ({
      kind: 'member',
      object,
      member,
      span: between(object.span.start, member.span.end),
    }),
    index: (object, index, end) => ({ kind: 'index', object, index, span: between(object.span.start, end) }),
    call: (callee, given, end) => ({
      kind: 'call-expression',
      callee,
      arguments: given,
      span: between(callee.span.start, end),
    }),
    parentheses: (items, span) => {
      const [only, ...more] = items;
      if (more.length > 0) return { kind: 'tuple', items, span };
      return only === undefined ? { kind: 'missing', span } : { ...only, span };
    },
    conditional: (branches, otherwise, span) => ({
      kind: 'conditional',
      branches,
      otherwise: otherwise ?? { kind: 'missing', span },
      span,
    }),
    branch: (statements, span) => {
      if (statements.length === 0) report(emptyBranchAt(span));
      return { kind: 'body', statements, span };
    },
    doc: (before) => docBefore(source, comments, before),
  };
}

function strided(window: SizeLiteral | ListExpression, stride: Expression): Expression {
  return { kind: 'strided', window, stride, span: { ...window.span, end: stride.span.end } };
}

function emptyBranchAt(span: Span): Diagnostic {
  return report(emptyBranch, { ...span, end: span.start + 1 }, undefined);
}

function sizeOf(text: string): bigint | undefined {
  return text === '?' ? undefined : BigInt(text);
}

function makeNumber(text: string, span: Span, tell: (diagnostic: Diagnostic) => void): NumberLiteral {
  const read = readNumber(text);
  if (read.ok) {
    const { numerator, denominator, isDecimal, unit } = read;
    return {
      kind: 'number',
      numerator,
      denominator,
      isDecimal,
      span,
      ...(unit === undefined ? {} : { unit }),
    };
  }
  tell(report(notANumber, span, { text, why: read.why, hint: read.hint }));
  return { kind: 'number', numerator: 0n, denominator: 1n, isDecimal: false, span };
}

function unescape(image: string): string {
  const inside = image.slice(1, image.endsWith('"') && image.length > 1 ? -1 : undefined);
  return inside.replace(/\\(.)/g, (_, character: string) => {
    switch (character) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      default:
        return character;
    }
  });
}

function docBefore(source: Source, comments: readonly Comment[], before: number): { doc?: string } {
  const lines: string[] = [];
  let place = lastBefore(comments, before);
  let end = before;
  for (let comment = comments[place]; comment?.kind === 'doc'; comment = comments[--place]) {
    if (source.text.slice(comment.span.end, end).trim() !== '') break;
    lines.unshift(comment.text.slice(3).trim());
    end = comment.span.start;
  }
  return lines.length === 0 ? {} : { doc: lines.join('\n') };
}

/** The place of the last comment that begins before an offset. */
function lastBefore(comments: readonly Comment[], offset: number): number {
  let low = -1;
  let high = comments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((comments[middle]?.span.start ?? 0) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
