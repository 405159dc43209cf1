import { Lexer, type IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source, Span } from '../diagnostics/source.js';
import type { Comment } from './ast.js';
import { readAsAscii, tellComment, tellName, tellString } from './characters.js';
import { hardParseLimits, maximumName, maximumText, type ParseLimits } from './limits.js';
import { tooLarge } from './problems.js';
import {
  allTokens,
  BlockComment,
  endOf,
  Identifier,
  keywords,
  NumberToken,
  retype,
  Size,
  StrangeWord,
  StringToken,
} from './tokens.js';

/** The tokens of a text, line ends among them, and its comments. */
export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
  /** What is wrong with single tokens, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

const lexer = new Lexer([...allTokens], {
  positionTracking: 'onlyOffset',
  ensureOptimizations: true,
  skipValidations: true,
});

/** Cuts a text into tokens. */
export function lex(source: Source, limits: ParseLimits): Lexed {
  const { tokens, groups, errors } = lexer.tokenize(source.text);
  if (errors.length > 0) throw new Error(`the lexer has no token for ${JSON.stringify(errors[0]?.message)}`);
  const surplus = tokens[Math.min(limits.tokens, hardParseLimits.tokens)];
  if (surplus !== undefined) return tooMany(source, surplus, tokens.length, limits);
  const diagnostics: Diagnostic[] = [];
  const comments = (groups['comments'] ?? []).map((token): Comment => {
    const comment: Comment = { kind: commentKind(token), text: token.image, span: spanOf(source, token) };
    tellComment(comment, diagnostics);
    return comment;
  });
  const kept = tokens.some(({ tokenType }) => tokenType === StrangeWord) ? mergeWords(tokens) : tokens;
  const strange = new Set<string>();
  for (const token of kept) classify(source, token, { diagnostics, strange });
  return { tokens: kept, comments, diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start) };
}

function spanOf(source: Source, token: IToken): Span {
  return { source, start: token.startOffset, end: endOf(token) };
}

function tooMany(source: Source, surplus: IToken, got: number, limits: ParseLimits): Lexed {
  const facts = {
    what: 'the file has too many tokens',
    limit: Math.min(limits.tokens, hardParseLimits.tokens),
    got: String(got),
    flag: limits.tokens < hardParseLimits.tokens ? '--limit-tokens' : undefined,
  };
  return { tokens: [], comments: [], diagnostics: [report(tooLarge, spanOf(source, surplus), facts)] };
}

function commentKind(token: IToken): Comment['kind'] {
  if (token.tokenType === BlockComment) return 'block';
  return token.image.startsWith('///') && !token.image.startsWith('////') ? 'doc' : 'line';
}

/** Joins letters from beyond ASCII with the name or number that they are glued to: `na` and `ïve` are one word. */
function mergeWords(tokens: readonly IToken[]): readonly IToken[] {
  const merged: IToken[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    const isGlued =
      token.tokenType === StrangeWord && last !== undefined && endOf(last) === token.startOffset;
    if (isGlued && (last.tokenType === Identifier || last.tokenType === NumberToken)) {
      last.image += token.image;
      if (last.tokenType === Identifier) retype(last, StrangeWord);
    } else merged.push(token);
  }
  return merged;
}

const sizeForm = /^(?:\d+|\?)(?:x(?:\d+|\?))+$|^\?$/;

interface Found {
  readonly diagnostics: Diagnostic[];
  /** The names that can't be ones: each is told where it stands first. */
  readonly strange: Set<string>;
}

/** Tells keywords from names and sizes from numbers, and looks at what a token's own text shows. */
function classify(source: Source, token: IToken, found: Found): void {
  const { image, tokenType } = token;
  if (tokenType === Identifier) {
    retype(token, keywords.get(image) ?? Identifier);
    if (image.length > maximumName) found.diagnostics.push(nameTooLong(source, token));
  } else if (tokenType === StrangeWord) {
    const text = readAsAscii(image);
    if (!found.strange.has(image)) tellName(spanOf(source, token), text, found.diagnostics);
    found.strange.add(image);
    retype(token, keywords.get(text) ?? Identifier);
  } else if (tokenType === NumberToken) {
    const canBeSize = image.length <= maximumText && (image.includes('x') || image === '?');
    if (canBeSize && sizeForm.test(image)) retype(token, Size);
  } else if (tokenType === StringToken) tellString(spanOf(source, token), image, found.diagnostics);
}

function nameTooLong(source: Source, token: IToken): Diagnostic {
  const got = String(token.image.length);
  const facts = { what: 'a name is too long', limit: maximumName, got, flag: undefined };
  return report(tooLarge, spanOf(source, token), facts);
}
