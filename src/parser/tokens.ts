import { createToken, Lexer, type CustomPatternMatcherFunc, type IToken, type TokenType } from 'chevrotain';

const identifierEnd = /[A-Za-z0-9_\])>]/;

/** A bracket that is glued to what stands before it binds to that: `floor(x)`, `xs[0]`, `se<16>`. */
function glued(bracket: string, ends: RegExp): CustomPatternMatcherFunc {
  return (text, offset) => {
    // `a<=b` compares, with or without spaces.
    if (text[offset] !== bracket || offset === 0 || text[offset + 1] === '=') return null;
    return ends.test(text[offset - 1] ?? '') ? matchOf(bracket) : null;
  };
}

/** `/` glued behind a size or a list, and with something glued behind it: the stride of a window. */
const strideSlash: CustomPatternMatcherFunc = (text, offset, tokens) => {
  if (text[offset] !== '/' || !/[A-Za-z0-9_([]/.test(text[offset + 1] ?? '')) return null;
  const before = tokens.at(-1);
  if (before === undefined || endOf(before) !== offset) return null;
  return before.tokenType === Size || before.tokenType === CloseBracket ? matchOf('/') : null;
};

function matchOf(text: string): [string] {
  return [text];
}

/** One behind the last unit of a token. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

/** Reads to the end of a string or comment, or, where it has none, to the end of the line or text: see `checkTokens`. */
const string: CustomPatternMatcherFunc = (text, offset) => {
  if (text[offset] !== '"') return null;
  let end = offset + 1;
  while (end < text.length) {
    const unit = text[end];
    if (unit === '"') return matchOf(text.slice(offset, end + 1));
    if (unit === '\n' || unit === '\r') break;
    end += unit === '\\' ? 2 : 1;
  }
  return matchOf(text.slice(offset, Math.min(end, text.length)));
};

const blockComment: CustomPatternMatcherFunc = (text, offset) => {
  if (!text.startsWith('/*', offset)) return null;
  const end = text.indexOf('*/', offset + 2);
  return matchOf(text.slice(offset, end < 0 ? text.length : end + 2));
};

const space = createToken({ name: 'Space', pattern: /[ \t\f\v\u00a0]+/, group: Lexer.SKIPPED });

/** All that may stand between two operands; `-` and `not` also stand before one. */
export const Operator = createToken({ name: 'Operator', pattern: Lexer.NA, label: 'operator' });

/** All that ends a statement. */
export const Terminator = createToken({ name: 'Terminator', pattern: Lexer.NA });
export const NewLine = createToken({
  name: 'NewLine',
  pattern: /\r\n|[\n\r\u2028\u2029]/,
  line_breaks: true,
  categories: Terminator,
});
export const Semicolon = createToken({ name: 'Semicolon', pattern: ';', categories: Terminator });

export const LineComment = createToken({
  name: 'LineComment',
  pattern: /\/\/[^\n\r\u2028\u2029]*/,
  group: 'comments',
});
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: blockComment,
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
});

export const Identifier = createToken({ name: 'Identifier', pattern: /[A-Za-z_][A-Za-z0-9_]*/ });

/** The words that have a meaning of their own wherever they stand. */
export const keywords = {
  import: keyword('import'),
  from: keyword('from'),
  as: keyword('as'),
  model: keyword('model'),
  block: keyword('block'),
  train: keyword('train'),
  let: keyword('let'),
  assert: keyword('assert'),
  default: keyword('default'),
  if: keyword('if'),
  then: keyword('then'),
  else: keyword('else'),
  for: keyword('for'),
  in: keyword('in', Operator),
  repeat: keyword('repeat'),
  share: keyword('share'),
  true: keyword('true'),
  false: keyword('false'),
  and: keyword('and', Operator),
  or: keyword('or', Operator),
  not: keyword('not'),
} as const;

function keyword(word: string, ...categories: readonly TokenType[]): TokenType {
  return createToken({
    categories: [...categories],
    name: `Keyword_${word}`,
    label: word,
    pattern: new RegExp(`${word}(?![A-Za-z0-9_])`),
  });
}

/** `5x5`, `?x?x3`, `?`. */
export const Size = createToken({ name: 'Size', pattern: /(?:\d+|\?)(?:x(?:\d+|\?))+(?![A-Za-z0-9_.])|\?/ });
/** A number with whatever is glued to it; what it is worth is looked at afterwards, so that one mistake is one message. */
export const NumberToken = createToken({
  name: 'Number',
  pattern: /\d(?:[eE][+-]\d|[A-Za-z0-9_%?]|\.(?!\.))*/,
});
export const StringToken = createToken({
  name: 'String',
  pattern: string,
  start_chars_hint: ['"'],
  line_breaks: false,
});

export const Arrow = createToken({ name: 'Arrow', pattern: '->', label: '->' });
export const Range = createToken({ name: 'Range', pattern: '..', label: '..' });
export const Dot = createToken({ name: 'Dot', pattern: '.', label: '.' });
export const Comma = createToken({ name: 'Comma', pattern: ',', label: ',' });
export const Colon = createToken({ name: 'Colon', pattern: ':', label: ':' });
export const Pipe = createToken({ name: 'Pipe', pattern: '|', label: '|' });
export const OpenBrace = createToken({ name: 'OpenBrace', pattern: '{', label: '{' });
export const CloseBrace = createToken({ name: 'CloseBrace', pattern: '}', label: '}' });
/** Any `(`; the glued one is a call where an expression stands before it. */
export const AnyParen = createToken({ name: 'AnyParen', pattern: Lexer.NA, label: '(' });
export const GluedParen = createToken({
  name: 'GluedParen',
  pattern: glued('(', identifierEnd),
  start_chars_hint: ['('],
  line_breaks: false,
  categories: AnyParen,
  label: '(',
});
export const OpenParen = createToken({ name: 'OpenParen', pattern: '(', categories: AnyParen, label: '(' });
export const CloseParen = createToken({ name: 'CloseParen', pattern: ')', label: ')' });
export const AnyBracket = createToken({ name: 'AnyBracket', pattern: Lexer.NA, label: '[' });
export const GluedBracket = createToken({
  name: 'GluedBracket',
  pattern: glued('[', identifierEnd),
  start_chars_hint: ['['],
  line_breaks: false,
  categories: AnyBracket,
  label: '[',
});
export const OpenBracket = createToken({
  name: 'OpenBracket',
  pattern: '[',
  categories: AnyBracket,
  label: '[',
});
export const CloseBracket = createToken({ name: 'CloseBracket', pattern: ']', label: ']' });
export const OpenAngle = createToken({
  name: 'OpenAngle',
  pattern: glued('<', /[A-Za-z0-9_]/),
  start_chars_hint: ['<'],
  line_breaks: false,
  label: '<',
});
/** Operators whose meaning a reader knows; `<` and `>` among them stand with a space. */
export const LessEqual = createToken({ name: 'LessEqual', pattern: '<=', label: '<=', categories: Operator });
export const GreaterEqual = createToken({
  name: 'GreaterEqual',
  pattern: '>=',
  label: '>=',
  categories: Operator,
});
export const Less = createToken({ name: 'Less', pattern: '<', label: '<', categories: Operator });
/** `>` closes an angle, or compares: the grammar knows which. */
export const Greater = createToken({ name: 'Greater', pattern: '>', label: '>', categories: Operator });
export const EqualEqual = createToken({
  name: 'EqualEqual',
  pattern: '==',
  label: '==',
  categories: Operator,
});
export const NotEqual = createToken({ name: 'NotEqual', pattern: '!=', label: '!=', categories: Operator });
export const Equals = createToken({ name: 'Equals', pattern: '=', label: '=' });
export const Plus = createToken({ name: 'Plus', pattern: '+', label: '+', categories: Operator });
export const Minus = createToken({ name: 'Minus', pattern: '-', label: '-', categories: Operator });
export const Star = createToken({ name: 'Star', pattern: '*', label: '*', categories: Operator });
export const StrideSlash = createToken({
  name: 'StrideSlash',
  pattern: strideSlash,
  start_chars_hint: ['/'],
  line_breaks: false,
  label: '/',
  categories: Operator,
});
export const Slash = createToken({ name: 'Slash', pattern: '/', label: '/', categories: Operator });
export const Caret = createToken({ name: 'Caret', pattern: '^', label: '^', categories: Operator });
const strayAscii = "@#$%&~`'\\!";

/** Spaces and line ends, which have tokens of their own. */
const blank = /[ \t\f\v\u00a0\n\r\u2028\u2029]/;

function isStray(code: number): boolean {
  const character = String.fromCharCode(code);
  return (code > 0x7e || code < 0x20 || strayAscii.includes(character)) && !blank.test(character);
}

/** A run of characters without a meaning; letters that follow a strange one belong to the same word. */
const stray: CustomPatternMatcherFunc = (text, offset) => {
  let end = offset;
  let hasLetters = false;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const goesOn = isStray(code) || (hasLetters && /[A-Za-z0-9_]/.test(text.charAt(end)));
    if (!goesOn) break;
    hasLetters ||= isStrangeLetter(code);
    end += 1;
  }
  return end === offset ? null : matchOf(text.slice(offset, end));
};

/** Halves of a pair stand for letters beyond the first 65,536 characters. */
function isStrangeLetter(code: number): boolean {
  return code > 0x7e && /[\p{L}\p{Cs}]/u.test(String.fromCharCode(code));
}

/** Every unit that may begin such a run, so that the lexer asks for one only there. */
const strayStarts = Array.from({ length: 0x10000 }, (_, code) => code).filter(isStray);

/** Whatever the language has no use for: a run of it is one mistake. */
export const Stray = createToken({
  name: 'Stray',
  pattern: stray,
  start_chars_hint: strayStarts,
  line_breaks: false,
  group: 'stray',
});

/** In the order in which they are tried. */
export const allTokens: readonly TokenType[] = [
  space,
  NewLine,
  Semicolon,
  LineComment,
  BlockComment,
  ...Object.values(keywords),
  Identifier,
  Size,
  NumberToken,
  StringToken,
  Arrow,
  Range,
  Dot,
  Comma,
  Colon,
  Pipe,
  OpenBrace,
  CloseBrace,
  GluedParen,
  OpenParen,
  CloseParen,
  GluedBracket,
  OpenBracket,
  CloseBracket,
  OpenAngle,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  EqualEqual,
  NotEqual,
  Equals,
  Plus,
  Minus,
  Star,
  StrideSlash,
  Slash,
  Caret,
  Stray,
  Operator,
  Terminator,
  AnyParen,
  AnyBracket,
];
