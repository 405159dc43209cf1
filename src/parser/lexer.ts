import { Lexer, type IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source, Span } from '../diagnostics/source.js';
import type { Comment } from './ast.js';
import { maximumName, maximumText, type ParseLimits } from './limits.js';
import { strayCharacters, tooLarge, unendedComment, unendedString } from './problems.js';
import { allTokens, BlockComment, endOf, Identifier, StringToken } from './tokens.js';

/** The tokens of a text, line ends among them, and its comments. */
export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

const lexer = new Lexer([...allTokens], {
  positionTracking: 'onlyOffset',
  lineTerminatorsPattern: /[\n\r\u2028\u2029]/g,
  lineTerminatorCharacters: ['\n', '\r', '\u2028', '\u2029'],
});

/** Cuts a text into tokens. */
export function lex(source: Source, limits: ParseLimits): Lexed {
  const { tokens, groups, errors } = lexer.tokenize(source.text);
  if (errors.length > 0) throw new Error(`the lexer has no token for ${JSON.stringify(errors[0]?.message)}`);
  const diagnostics: Diagnostic[] = [];
  const spanOf = (token: IToken): Span => ({ source, start: token.startOffset, end: endOf(token) });
  for (const token of groups['stray'] ?? []) diagnostics.push(strayDiagnostic(spanOf(token), token.image));
  const comments = (groups['comments'] ?? []).map((token): Comment => {
    tellComment(token, spanOf(token), diagnostics);
    return { kind: commentKind(token), text: token.image, span: spanOf(token) };
  });
  for (const token of tokens) tellToken(token, spanOf, diagnostics);
  const surplus = tokens[limits.tokens];
  if (surplus !== undefined) {
    const facts = {
      what: 'a file has too many tokens',
      limit: limits.tokens,
      got: String(tokens.length),
      flag: '--limit-tokens',
    };
    return { tokens: [], comments, diagnostics: [report(tooLarge, spanOf(surplus), facts)] };
  }
  return { tokens, comments, diagnostics };
}

function commentKind(token: IToken): Comment['kind'] {
  if (token.tokenType === BlockComment) return 'block';
  return token.image.startsWith('///') && !token.image.startsWith('////') ? 'doc' : 'line';
}

function tellComment(token: IToken, span: Span, diagnostics: Diagnostic[]): void {
  if (token.tokenType === BlockComment && (!token.image.endsWith('*/') || token.image.length < 4)) {
    diagnostics.push(report(unendedComment, { ...span, end: span.start + 2 }, undefined));
  } else if (token.image.length > maximumText) {
    const facts = {
      what: 'a comment is too long',
      limit: maximumText,
      got: String(token.image.length),
      flag: undefined,
    };
    diagnostics.push(report(tooLarge, { ...span, end: span.start + 2 }, facts));
  }
}

function tellToken(token: IToken, spanOf: (token: IToken) => Span, diagnostics: Diagnostic[]): void {
  const { image, tokenType } = token;
  if (tokenType === Identifier && image.length > maximumName) {
    const facts = {
      what: 'a name is too long',
      limit: maximumName,
      got: String(image.length),
      flag: undefined,
    };
    diagnostics.push(report(tooLarge, spanOf(token), facts));
  }
  if (tokenType !== StringToken) return;
  if (!image.endsWith('"') || image.length < 2 || endsEscaped(image)) {
    const span = spanOf(token);
    diagnostics.push(report(unendedString, { ...span, end: span.start + 1 }, undefined));
  } else if (image.length > maximumText) {
    const facts = {
      what: 'a text is too long',
      limit: maximumText,
      got: String(image.length),
      flag: undefined,
    };
    diagnostics.push(report(tooLarge, { ...spanOf(token), end: token.startOffset + 1 }, facts));
  }
}

function endsEscaped(image: string): boolean {
  const backslashes = /\\*(?="$)/.exec(image)?.[0].length ?? 0;
  return backslashes % 2 === 1;
}

const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function strayDiagnostic(span: Span, text: string): Diagnostic {
  const shown = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  if (bidirectional.test(text)) {
    return report(strayCharacters, span, {
      text: shown,
      why: 'it changes the direction of writing, so that a text reads other than it is',
    });
  }
  if (/\p{L}/u.test(text)) {
    return report(strayCharacters, span, {
      text: shown,
      why: 'names are made of the letters A to Z, digits and `_`',
    });
  }
  return report(strayCharacters, span, { text: shown, why: undefined, hint: strayHint(text) });
}

function strayHint(text: string): string | undefined {
  const hints: readonly (readonly [string, string])[] = [
    ['×', 'a size is written with the letter x: `5x5`'],
    ['#', 'a comment begins with `//`'],
    ['!', '`not` negates, `!=` compares'],
    ['&', 'conditions are joined by `and`'],
    ['‘', 'texts stand between `"`'],
    ["'", 'texts stand between `"`'],
    ['“', 'texts stand between `"`'],
    ['→', 'write `->`'],
    ['≤', 'write `<=`'],
    ['≥', 'write `>=`'],
    ['%', '`mod(a, b)` gives what remains'],
  ];
  return hints.find(([character]) => text.includes(character))?.[1];
}
