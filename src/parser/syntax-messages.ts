import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import { positionOf, type Source, type Span } from '../diagnostics/source.js';
import { suggest } from '../diagnostics/suggest.js';
import { looseOperator, syntax, unclosed, unendedComment } from './problems.js';
import * as t from './tokens.js';

const itemWords = '`model`, `block`, `let`, `import` or `train`';

/** What each rule begins with, in the words of a reader, where several things could stand. */
const expectedByRule: ReadonlyMap<string, string> = new Map([
  ['item', itemWords],
  ['file', itemWords],
  ['statement', 'a layer, a block or a statement'],
  ['statements', 'a layer, a block or a statement'],
  ['end', 'the end of the statement'],
  ['step', 'a layer or a block'],
  ['value', 'a value'],
  ['argument', 'a value'],
  ['listed argument', 'a value'],
  ['expression', 'a value'],
  ['operator', 'an operator'],
  ['model', '`{` or `=`'],
  ['for header', 'a name, or names in parentheses'],
  ['branches', '`|`'],
  ['conditional', '`else`'],
  ['if', '`if` or `{`'],
  ['from', 'the name of a tensor'],
  ['imported name', 'a name'],
  ['import', 'a name'],
  ['default', 'what is set'],
  ['parameter', 'a kind'],
]);

/** Says what was expected; the rest of the message is made where the text is known. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => describeType(expected),
  buildNoViableAltMessage: ({ ruleName }) => expectedByRule.get(ruleName) ?? 'something else',
  buildEarlyExitMessage: ({ ruleName }) => expectedByRule.get(ruleName) ?? 'something else',
  buildNotAllInputParsedMessage: () => itemWords,
};

function describeType(type: TokenType): string {
  if (type === EOF) return itemWords;
  if (type === t.Identifier) return 'a name';
  if (type === t.NumberToken) return 'a number';
  if (type === t.StringToken) return 'a text between `"`';
  if (type === t.Terminator) return 'the end of the line';
  return `\`${type.LABEL ?? type.name}\``;
}

/** What stands at a place, in words. */
function describeToken(token: IToken): string {
  if (token.tokenType === EOF) return 'the end of the file';
  if (token.tokenType === t.NewLine) return 'the end of the line';
  const { image } = token;
  return `\`${image.length > 40 ? `${image.slice(0, 40)}…` : image}\``;
}

/** The messages of the grammar's errors: one a statement, and none where the line's characters were the mistake. */
export function syntaxDiagnostics(
  source: Source,
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
  before: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (errors.length === 0) return [];
  const spoiled = new Set(before.map(({ span }) => positionOf(source, span.start).line));
  // What closes the braces stands in the comment.
  const isSwallowed = before.some(({ code }) => code === unendedComment.code);
  const ends = tokens
    .filter(({ tokenType }) => tokenType === t.NewLine || tokenType === t.Semicolon)
    .map(({ startOffset }) => startOffset);
  const found: Diagnostic[] = [];
  let quietUntil = -1;
  for (const error of errors) {
    const offset = offsetOf(error.token, source);
    if (isSwallowed && error.token.tokenType === EOF) continue;
    if (offset <= quietUntil || spoiled.has(positionOf(source, offset).line)) continue;
    if (found.length > 0 && followsFromBraces(error)) continue;
    quietUntil = nextEnd(ends, offset, source.text.length);
    found.push(diagnosticOf(source, error, tokens));
  }
  return found;
}

/** Behind a mistake braces may no longer match, so that a statement seems to stand outside of them. */
function followsFromBraces({ message, token }: IRecognitionException): boolean {
  return message === itemWords && suggest(token.image, wordsOf('item')) === undefined;
}

/** An unclosed brace swallows the rest, so behind the end of the file nothing more is said. */
function nextEnd(ends: readonly number[], offset: number, length: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ends[middle] ?? length) >= offset) high = middle;
    else low = middle + 1;
  }
  return ends[low] ?? length + 1;
}

function offsetOf(token: IToken, source: Source): number {
  return Number.isNaN(token.startOffset) || token.tokenType === EOF ? source.text.length : token.startOffset;
}

function diagnosticOf(source: Source, error: IRecognitionException, tokens: readonly IToken[]): Diagnostic {
  const { token, message: expected } = error;
  const span = spanOfToken(source, token, error);
  const rule = error.context.ruleStack.at(-1) ?? '';
  if (rule === 'end' && operators.has(token.tokenType))
    return report(looseOperator, span, { operator: token.image });
  const open = openingOf(expected, tokens, offsetOf(token, source));
  if (open !== undefined) {
    const at = { source, start: open.startOffset, end: t.endOf(open) };
    const facts = { open: open.image, close: expected.replaceAll('`', ''), got: describeToken(token) };
    const related = token.tokenType === EOF ? [] : [{ span, label: `${expected} is expected before this` }];
    return report(unclosed, at, facts, { related });
  }
  const near = token.tokenType === t.Identifier ? suggest(token.image, wordsOf(rule)) : undefined;
  const hint = near === undefined ? hintFor(rule, token) : `did you mean \`${near}\`?`;
  const fix = near === undefined ? undefined : { span, text: near };
  return report(syntax, span, { expected, got: describeToken(token), hint }, { fix });
}

function spanOfToken(source: Source, token: IToken, error: IRecognitionException): Span {
  if (token.tokenType === EOF) return { source, start: source.text.length, end: source.text.length };
  if (token.tokenType !== t.NewLine) return { source, start: token.startOffset, end: t.endOf(token) };
  // A line that ends too early: the caret stands right behind what it says.
  const previous = 'previousToken' in error ? error.previousToken : undefined;
  const start = isToken(previous) ? t.endOf(previous) : token.startOffset;
  return { source, start, end: start };
}

function isToken(value: unknown): value is IToken {
  return (
    typeof value === 'object' &&
    value !== null &&
    'image' in value &&
    'startOffset' in value &&
    typeof value.startOffset === 'number' &&
    !Number.isNaN(value.startOffset)
  );
}

const operators: ReadonlySet<TokenType> = new Set([
  t.Plus,
  t.Minus,
  t.Star,
  t.Slash,
  t.StrideSlash,
  t.Caret,
  t.EqualEqual,
  t.NotEqual,
  t.Less,
  t.LessEqual,
  t.Greater,
  t.GreaterEqual,
  t.keywords.and,
  t.keywords.or,
  t.keywords.not,
  t.keywords.in,
]);

const closings: ReadonlyMap<string, (type: TokenType) => boolean> = new Map([
  ['`}`', (type: TokenType) => type === t.OpenBrace],
  ['`)`', (type: TokenType) => type === t.OpenParen || type === t.GluedParen],
  ['`]`', (type: TokenType) => type === t.OpenBracket || type === t.GluedBracket],
  ['`>`', (type: TokenType) => type === t.OpenAngle],
]);

/** The bracket that the missing one would close: the last of its kind before the place that is still open. */
function openingOf(expected: string, tokens: readonly IToken[], offset: number): IToken | undefined {
  const opens = closings.get(expected);
  if (opens === undefined) return undefined;
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.startOffset >= offset) break;
    if (opens(token.tokenType)) open.push(token);
    else if (`\`${token.image}\`` === expected) open.pop();
  }
  return open.at(-1);
}

function wordsOf(rule: string): readonly string[] {
  if (rule === 'item' || rule === 'file') return ['model', 'block', 'let', 'import', 'train'];
  return rule === 'statement' ? ['repeat', 'for', 'if', 'let', 'default', 'assert', 'from', 'share'] : [];
}

function hintFor(rule: string, token: IToken): string | undefined {
  if (token.tokenType === t.Equals && rule === 'end')
    return 'set a name with `let name = …`, or a parameter as `name=…` behind the layer';
  if (token.tokenType === t.CloseBrace && (rule === 'item' || rule === 'file'))
    return 'a `{` may be missing further up';
  return undefined;
}
