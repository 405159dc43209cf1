import { EOF, type IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report, type Problem, type ProblemDetails } from '../diagnostics/problem.js';
import { positionOf, type Source, type Span } from '../diagnostics/source.js';
import type { Comment, Name, NumberLiteral, SizeLiteral, StringLiteral } from './ast.js';
import { docReader } from './doc.js';
import { readNumber } from './number.js';
import { sizeTooLarge, notANumber } from './problems.js';
import { endOf } from './tokens.js';

/** Makes the leaves of one text's tree: what is common to all nodes is that they know where they stand. */
export interface TreeMaker {
  readonly between: (start: number, end: number) => Span;
  readonly spanOf: (token: IToken) => Span;
  readonly name: (token: IToken) => Name;
  readonly number: (token: IToken) => NumberLiteral;
  readonly string: (token: IToken) => StringLiteral;
  readonly size: (token: IToken) => SizeLiteral;
  /** The `///` lines that end before an offset, with nothing but white space between. */
  readonly doc: (before: number) => { readonly doc?: string };
  /** How far from the beginning of its line an offset lies. */
  readonly columnOf: (offset: number) => number;
  /** Reports what the grammar lets through and the language doesn't. */
  readonly tell: <Facts>(problem: Problem<Facts>, span: Span, facts: Facts, details?: ProblemDetails) => void;
  /** The offset of what was told last, so that nothing more is said of its statement. */
  readonly toldAt: () => number;
}

/** A maker for one text; mistakes that only a token's own text shows are collected as it goes. */
export function treeMaker(
  source: Source,
  comments: readonly Comment[],
  diagnostics: Diagnostic[],
): TreeMaker {
  const between = (start: number, end: number): Span => ({ source, start, end });
  const spanOf = (token: IToken): Span =>
    token.tokenType === EOF
      ? between(source.text.length, source.text.length)
      : between(token.startOffset, endOf(token));
  let told = -1;
  const tell: TreeMaker['tell'] = (problem, span, facts, details) => {
    told = span.start;
    diagnostics.push(report(problem, span, facts, details));
  };
  return {
    between,
    spanOf,
    tell,
    toldAt: () => told,
    columnOf: (offset) => positionOf(source, offset).column,
    name: (token) => ({ kind: 'name', text: token.image, span: spanOf(token) }),
    number: (token) => makeNumber(token.image, spanOf(token), tell),
    string: (token) => ({ kind: 'string', value: unescape(token.image), span: spanOf(token) }),
    size: (token) => makeSize(token.image, spanOf(token), tell),
    doc: docReader(source, comments),
  };
}

function makeNumber(text: string, span: Span, tell: TreeMaker['tell']): NumberLiteral {
  const read = readNumber(text);
  if (!read.ok) {
    const { why, hint, mended } = read;
    tell(
      notANumber,
      span,
      { text: clipped(text), why, hint },
      mended === undefined ? {} : { fix: { span, text: mended } },
    );
    return { kind: 'number', numerator: 0n, denominator: 1n, isDecimal: false, span };
  }
  const { numerator, denominator, isDecimal, unit } = read;
  return { kind: 'number', numerator, denominator, isDecimal, span, ...(unit === undefined ? {} : { unit }) };
}

function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** No dimension of anything has more digits. */
const maximumDigits = 30;

function makeSize(text: string, span: Span, tell: TreeMaker['tell']): SizeLiteral {
  const parts = text.split('x');
  const tooLong = parts.find((part) => part.length > maximumDigits);
  if (tooLong !== undefined) {
    tell(sizeTooLarge, span, { digits: tooLong.length, limit: maximumDigits });
    return { kind: 'size', sizes: [undefined], span };
  }
  return { kind: 'size', sizes: parts.map((part) => (/^\d+$/.test(part) ? BigInt(part) : undefined)), span };
}

function unescape(image: string): string {
  const isEnded = image.length > 1 && image.endsWith('"');
  const inside = image.slice(1, isEnded ? -1 : undefined);
  if (!inside.includes('\\')) return inside;
  return inside.replace(/\\(.)/gsu, (_, character: string) => escapes.get(character) ?? character);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
]);
