import { EOF, type IToken, type TokenType } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source, Span } from '../diagnostics/source.js';
import { suggest } from '../diagnostics/suggest.js';
import { itemWords } from './brackets.js';
import { strayDiagnostic } from './characters.js';
import type { Mistake } from './mistake.js';
import { looseOperator, misplacedItem, reservedWord, syntax, unclosed } from './problems.js';
import { angleHint, hintFor } from './syntax-hints.js';
import * as t from './tokens.js';

/** The message for a place where the text is none of the language. */
export function syntaxDiagnostic(source: Source, mistake: Mistake): Diagnostic {
  const { token, expected, type, open } = mistake;
  const span = spanOfToken(source, mistake);
  if (token.tokenType === t.Stray) return strayDiagnostic(span, token.image);
  const isClosing = type !== undefined && closings.has(type);
  if (isClosing && open !== undefined && mistake.isUnclosed)
    return unclosedDiagnostic(source, mistake, open, span);
  const isEnd = type === t.Terminator;
  if (isEnd && operators.has(token.tokenType)) {
    const near = nearKeyword(source, mistake);
    return near ?? report(looseOperator, span, { operator: token.image }, { help: angleHint(mistake) });
  }
  if (itemWords.has(token.tokenType) && !isEnd && type === undefined && open?.tokenType === t.OpenBrace) {
    return report(misplacedItem, span, { word: token.image });
  }
  if (type === t.Identifier && t.keywords.has(token.image)) {
    return report(reservedWord, span, { word: token.image, expected });
  }
  const near = nearKeyword(source, mistake);
  if (near !== undefined) return near;
  const isInList = isClosing && (type !== t.CloseBrace || mistake.first?.image === 'import');
  const facts = {
    expected: isInList ? `${mistake.previous === open ? 'a value' : '`,`'} or ${expected}` : expected,
    got: describeToken(token),
  };
  return report(syntax, span, { ...facts, hint: hintFor(mistake) });
}

/** What stands at a place, in words. */
function describeToken(token: IToken): string {
  if (token.tokenType === EOF) return 'the end of the file';
  if (token.tokenType === t.Terminator && token.image !== ';') return 'the end of the line';
  const { image } = token;
  return `\`${image.length > 40 ? `${image.slice(0, 40)}…` : image}\``;
}

/** A line that ends too early is shown right behind what it says. */
function spanOfToken(source: Source, { token, previous }: Mistake): Span {
  const isLineEnd = token.tokenType === t.Terminator && token.image !== ';';
  if (isLineEnd || token.tokenType === EOF) {
    const end = Number.isNaN(previous.startOffset) ? source.text.length : t.endOf(previous);
    return { source, start: end, end };
  }
  return { source, start: token.startOffset, end: t.endOf(token) };
}

const closings: ReadonlyMap<TokenType, string> = new Map([
  [t.CloseBrace, '}'],
  [t.CloseParen, ')'],
  [t.CloseBracket, ']'],
  [t.CloseAngle, '>'],
]);

function unclosedDiagnostic(source: Source, mistake: Mistake, open: IToken, span: Span): Diagnostic {
  const { token, type } = mistake;
  const at = { source, start: open.startOffset, end: t.endOf(open) };
  const close = closings.get(type ?? EOF) ?? '';
  const isAngle = type === t.CloseAngle;
  const hint = isAngle ? 'a comparison stands with spaces around its sign: `a < b`' : undefined;
  const related = token.tokenType === EOF ? [] : [{ span, label: `\`${close}\` is expected before this` }];
  return report(unclosed, at, { open: open.image, close, got: describeToken(token), hint }, { related });
}

const operators: ReadonlySet<TokenType> = new Set([
  ...[t.Plus, t.Minus, t.GluedMinus, t.Star, t.Slash, t.StrideSlash, t.Caret],
  ...[t.EqualEqual, t.NotEqual, t.Less, t.LessEqual, t.Greater, t.GreaterEqual],
  ...(['and', 'or', 'not'] satisfies t.Keyword[]).map(t.keyword),
]);

const topWords = ['model', 'block', 'let', 'import', 'train', 'variants'];
const innerWords = ['else', 'then', 'from'];
const statementWords = ['repeat', 'for', 'if', 'let', 'default', 'assert', 'from', 'share'];

/** The message for a statement whose first word is nearly a word of the language, or whose next part begins with one. */
function nearKeyword(source: Source, { first, token, open }: Mistake): Diagnostic | undefined {
  const beginnings = open === undefined ? topWords : statementWords;
  return (
    nearest(source, first, beginnings) ?? (token === first ? undefined : nearest(source, token, innerWords))
  );
}

function nearest(
  source: Source,
  word: IToken | undefined,
  candidates: readonly string[],
): Diagnostic | undefined {
  // A word that was replaced by what was meant has kept its image.
  if (word === undefined || !/^[A-Za-z]/.test(word.image) || t.keywords.has(word.image)) return undefined;
  const near = suggest(word.image, candidates);
  if (near === undefined) return undefined;
  const span = { source, start: word.startOffset, end: t.endOf(word) };
  const facts = { expected: `\`${near}\``, got: `\`${word.image}\``, hint: `did you mean \`${near}\`?` };
  return report(syntax, span, facts, { fix: { span, text: near } });
}
