import { createToken, Lexer, type CustomPatternMatcherFunc, type IToken, type TokenType } from 'chevrotain';

/** One behind the last unit of a token. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

/** Makes another kind of a token: what it is can depend on what stands beside it. */
export function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
}

// Each pattern says what it begins with: chevrotain would else parse it to find out, a tenth of the time of a short check.

/** What ends a statement, once `layOut` has dropped the line ends that end none. */
export const Terminator = createToken({ name: 'Terminator', pattern: Lexer.NA, label: 'line end' });
export const NewLine = createToken({
  name: 'NewLine',
  pattern: /\r\n|[\n\r\u2028\u2029]/,
  start_chars_hint: ['\n', '\r', '\u2028', '\u2029'],
  line_breaks: true,
  categories: Terminator,
});
export const Semicolon = createToken({ name: 'Semicolon', pattern: ';', categories: Terminator, label: ';' });

export const Identifier = createToken({
  name: 'Identifier',
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  start_chars_hint: ['_', ...between('A', 'Z'), ...between('a', 'z')],
  label: 'name',
});
/** A name with `=` behind it: the name of an argument, in a list of them. */
export const ArgumentName = createToken({
  name: 'ArgumentName',
  pattern: Lexer.NA,
  categories: Identifier,
  label: 'name',
});
/** Digits with whatever is glued to them: what they are worth is looked at later, so that one mistake is one message. */
export const NumberToken = createToken({
  name: 'Number',
  pattern: /[0-9?](?:[eE][+-][0-9]|[A-Za-z0-9_%?]|\.(?!\.))*/,
  start_chars_hint: ['?', ...between('0', '9')],
  label: 'number',
});
/** `5x5`, `?x?x3`, `?`. */
export const Size = createToken({ name: 'Size', pattern: Lexer.NA, label: 'size' });
export const StringToken = createToken({
  name: 'String',
  pattern: matchString,
  start_chars_hint: ['"'],
  line_breaks: false,
  label: 'text',
});

export const Arrow = punctuation('Arrow', '->');
export const Range = punctuation('Range', '..');
export const Dot = punctuation('Dot', '.');
export const Comma = punctuation('Comma', ',');
export const Colon = punctuation('Colon', ':');
export const Pipe = punctuation('Pipe', '|');
export const OpenBrace = punctuation('OpenBrace', '{');
export const CloseBrace = punctuation('CloseBrace', '}');
export const OpenParen = punctuation('OpenParen', '(');
export const CloseParen = punctuation('CloseParen', ')');
export const OpenBracket = punctuation('OpenBracket', '[');
export const CloseBracket = punctuation('CloseBracket', ']');
export const LessEqual = punctuation('LessEqual', '<=');
export const GreaterEqual = punctuation('GreaterEqual', '>=');
export const Less = punctuation('Less', '<');
export const Greater = punctuation('Greater', '>');
export const EqualEqual = punctuation('EqualEqual', '==');
export const NotEqual = punctuation('NotEqual', '!=');
export const Equals = punctuation('Equals', '=');
export const Plus = punctuation('Plus', '+');
export const Minus = punctuation('Minus', '-');
export const Star = punctuation('Star', '*');
export const Slash = punctuation('Slash', '/');
export const Caret = punctuation('Caret', '^');

/** A bracket that is glued to what stands before it binds to that: `floor(x)`, `xs[0]`, `se<16>`. */
export const GluedParen = glued('GluedParen', '(');
export const GluedBracket = glued('GluedBracket', '[');
export const OpenAngle = glued('OpenAngle', '<');
/** The `>` that belongs to such a `<`; every other one compares. */
export const CloseAngle = glued('CloseAngle', '>');
/** The `/` of a window's stride: `3x3/2`, `[1, 7]/2`. */
export const StrideSlash = glued('StrideSlash', '/');
/** A `-` that is glued to a number behind it only: as an argument of a layer, `-1` is one value. */
export const GluedMinus = createToken({
  name: 'GluedMinus',
  pattern: Lexer.NA,
  categories: Minus,
  label: '-',
});

const lowercase = [
  'import', 'from', 'as', 'model', 'block', 'train', 'variants', 'let', 'assert', 'default', 'if', 'then', 'else', 'for', 'in',
  'repeat', 'share', 'true', 'false', 'and', 'or', 'not',
] as const; // prettier-ignore

/** A word of the language: it has its meaning wherever it stands. */
export type Keyword = (typeof lowercase)[number];

/** The token of each keyword. */
export const keywords: ReadonlyMap<string, TokenType> = new Map(
  lowercase.map((text) => [text, createToken({ name: `Keyword_${text}`, pattern: Lexer.NA, label: text })]),
);

/** The token of a keyword that is known to be one. */
export function keyword(text: Keyword): TokenType {
  const type = keywords.get(text);
  if (type === undefined) throw new Error(`\`${text}\` is no keyword`);
  return type;
}

/** The `else` of `else if`, so that one token tells whether a chain goes on. */
export const ElseIf = createToken({ name: 'ElseIf', pattern: Lexer.NA, label: 'else' });

/** Letters from beyond ASCII: a word that looks like a name, and can't be one. */
export const StrangeWord = createToken({
  name: 'StrangeWord',
  pattern: matchStrangeWord,
  start_chars_hint: beyondAscii(),
  line_breaks: false,
});
/** A run of characters that the language has no use for: one mistake. */
export const Stray = createToken({
  name: 'Stray',
  pattern: matchStray,
  start_chars_hint: [...asciiStrays(), ...beyondAscii()],
  line_breaks: false,
});

const LineComment = createToken({
  name: 'LineComment',
  pattern: /\/\/[^\n\r]*/,
  start_chars_hint: ['/'],
  group: 'comments',
});
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: matchBlockComment,
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
});
const space = createToken({
  name: 'Space',
  pattern: /[ \t\f\v\u00a0]+/,
  start_chars_hint: [' ', '\t', '\f', '\v', '\u00a0'],
  group: Lexer.SKIPPED,
});

/** In the order in which the lexer tries them; those without a pattern are made of others afterwards. */
export const allTokens: readonly TokenType[] = [
  space,
  Identifier,
  NumberToken,
  NewLine,
  LineComment,
  BlockComment,
  StringToken,
  Semicolon,
  ...[Arrow, Range, Dot, Comma, Colon, Pipe, OpenBrace, CloseBrace],
  ...[OpenParen, CloseParen, OpenBracket, CloseBracket],
  ...[LessEqual, GreaterEqual, Less, Greater, EqualEqual, NotEqual, Equals],
  ...[Plus, Minus, Star, Slash, Caret],
  StrangeWord,
  Stray,
  Terminator,
  ...[ArgumentName, Size, GluedParen, GluedBracket, OpenAngle, CloseAngle, StrideSlash, GluedMinus, ElseIf],
  ...keywords.values(),
];

function punctuation(name: string, text: string): TokenType {
  return createToken({ name, pattern: text, label: text });
}

function glued(name: string, text: string): TokenType {
  return createToken({ name, pattern: Lexer.NA, label: text });
}

type Match = ReturnType<CustomPatternMatcherFunc>;

function matchOf(text: string): Match {
  return Object.assign<[string], object>([text], {});
}

/** A text in quotation marks, or, where the closing one is missing, all to the end of the line. */
function matchString(text: string, offset: number): Match {
  let end = offset + 1;
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    if (unit === 0x22) return matchOf(text.slice(offset, end + 1));
    if (isLineEnd(unit)) break;
    end += unit === 0x5c && !isLineEnd(text.charCodeAt(end + 1)) ? 2 : 1;
  }
  return matchOf(text.slice(offset, Math.min(end, text.length)));
}

function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x2028 || unit === 0x2029;
}

/** A comment that never ends goes on to the end of the text, so that every text is read once. */
function matchBlockComment(text: string, offset: number): Match {
  if (!text.startsWith('/*', offset)) return null;
  const end = text.indexOf('*/', offset + 2);
  return matchOf(text.slice(offset, end < 0 ? text.length : end + 2));
}

const strangeLetters = /[\p{L}\p{M}\p{N}\p{Cf}×_0-9A-Za-z]+/uy;
const strangeStart = /[\p{L}\p{N}×]|(?<=\w)\p{Cf}+(?=[\w\p{L}])/uy;

function matchStrangeWord(text: string, offset: number): Match {
  return matchAt(strangeStart, text, offset) === undefined
    ? null
    : matchOf(matchAt(strangeLetters, text, offset) ?? '');
}

const strayBeyondAscii = /[^\p{ASCII}\p{L}\p{N}×\u00a0\u2028\u2029]+/uy;

/** A run of strange signs, of ASCII or from beyond it. */
function matchStray(text: string, offset: number): Match {
  let end = offset;
  while (isStrayAscii(text.charCodeAt(end))) end += 1;
  if (end > offset) return matchOf(text.slice(offset, end));
  return matchOf(matchAt(strayBeyondAscii, text, offset) ?? text.charAt(offset));
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** True of the ASCII characters that begin nothing. */
function isStrayAscii(code: number): boolean {
  const isControl = code < 0x20 && !(code >= 0x09 && code <= 0x0d);
  return isControl || code === 0x7f || (code < 0x7f && "@#$%&~`'\\!".includes(String.fromCharCode(code)));
}

/** The signs from one to another. */
function between(first: string, last: string): number[] {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}

function asciiStrays(): number[] {
  return Array.from({ length: 0x80 }, (_, code) => code).filter(isStrayAscii);
}

/** Chevrotain keeps the units beyond the first 256 in drawers of 255: one of each will do. */
function beyondAscii(): number[] {
  const first = Array.from({ length: 0x80 }, (_, place) => 0x80 + place);
  return [...first, ...Array.from({ length: 257 }, (_, place) => Math.min(256 + 255 * place, 0xffff))];
}

/** A kind of token in words. */
export function describeType(type: TokenType): string {
  if (type === Identifier) return 'a name';
  if (type === NumberToken) return 'a number';
  if (type === StringToken) return 'a text between `"` and `"`';
  if (type === Terminator) return 'the end of the statement';
  return `\`${type.LABEL ?? type.name}\``;
}
