import { describe, expect, it } from 'vitest';
import { positionOf } from '../../src/diagnostics/source.js';
import { decode } from '../../src/parser/decode.js';
import { defaultParseLimits, hardParseLimits, maximumName, maximumText } from '../../src/parser/limits.js';
import { parse } from '../../src/parser/parse.js';
import { markedIn, messagesOf, parseText, treeOf } from './tree.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The one message for bytes that are no text. */
function whyNot(bytes: Uint8Array): string {
  const decoded = decode(bytes, 'a.cnn');
  return decoded.kind === 'decoded' ? 'decoded' : decoded.diagnostic.message;
}

describe('bytes', () => {
  it('skips a byte order mark without moving the columns', () => {
    const decoded = decode(bytesOf('\ufeffmodle M { relu }'), 'a.cnn');
    if (decoded.kind !== 'decoded') throw new Error('not decoded');
    const [found] = parse(decoded.source).diagnostics;
    if (found === undefined) throw new Error('no message');
    expect(positionOf(decoded.source, found.span.start)).toEqual({ line: 1, column: 1, offset: 0 });
  });

  it.each([
    ['a byte that begins nothing', [0x6d, 0xff, 0x0a], 'byte 1 fits no character'],
    ['a character that is cut off', [0x6d, 0xc3], 'byte 1 fits no character'],
    ['an overlong form', [0xc0, 0xaf], 'byte 0 fits no character'],
    ['half of a surrogate pair', [0x20, 0xed, 0xa0, 0x80], 'byte 1 fits no character'],
    ['UTF-16', [0xff, 0xfe, 0x6d, 0x00], 'it is UTF-16'],
    ['NUL', [0x6d, 0x00], 'byte 1 is 0, which no text has'],
    ['a PNG picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 'it is a PNG picture'],
  ])('has one message for %s', (_what, bytes, why) => {
    expect(whyNot(Uint8Array.from(bytes))).toBe(`a.cnn is not a text in UTF-8: ${why}`);
  });
});

describe('line ends', () => {
  it.each(['\n', '\r', '\r\n', '\u2028', '\u2029'])('end a statement: %j', (end) => {
    expect(treeOf(`let a = 1${end}let b = 2${end}`).items).toHaveLength(2);
  });

  it('counts lines by LF, CR LF and CR', () => {
    expect(messagesOf('let a = 1\rlet b = 2\r\nlet c\n')).toEqual([
      '3:6 expected `=`, got the end of the line',
    ]);
  });

  it('refuses line ends in comments that not every program sees', () => {
    expect(messagesOf('// a\u2028let b = 1')).toEqual([
      '1:5 a character that can’t be seen stands here (U+2028)',
    ]);
  });
});

describe('strange characters', () => {
  it.each([
    ['let naïve = 1', '`naïve` has a letter that names can’t have (U+00EF)', 'naïve'],
    ['let mаx = 1', '`mаx` has a letter that names can’t have (U+0430, which looks like `a`)', 'mаx'],
    ['let a\u200bb = 1', '`a\u200bb` holds a character that can’t be seen (U+200B)', 'a\u200bb'],
    ['let a = 1 \u202e', 'a character that can’t be seen stands here (U+202E)', '\u202e'],
    ['let a = 1 // \u2066', 'a character that can’t be seen stands here (U+2066)', '\u2066'],
    ['let a = "\u202e"', 'a character that can’t be seen stands here (U+202E)', '\u202e'],
    ['let a = 1 → 2', '`→` has no meaning here', '→'],
    ['let a = 😀😀', '`😀😀` has no meaning here', '😀😀'],
    ['let a = @@@###', '`@@@###` has no meaning here', '@@@###'],
    ['let a = 1 \u0007', 'a character that can’t be seen stands here (U+0007)', '\u0007'],
  ])('has one message for %s', (text, message, marked) => {
    expect(parseText(text).diagnostics.map((found) => found.message)).toEqual([message]);
    expect(markedIn(text)).toEqual([marked]);
  });

  it('reads a word of the language through letters that look like its own', () => {
    const { tree, diagnostics } = parseText('mоdel A { relu }');
    expect(diagnostics.map(({ fix }) => fix?.text)).toEqual(['model']);
    expect(tree.items.map(({ kind }) => kind)).toEqual(['model']);
  });

  it('tells a strange name where it stands first', () => {
    expect(messagesOf('let größe = 1\nlet b = größe + größe')).toHaveLength(1);
  });

  it('keeps what it likes in comments and texts', () => {
    expect(messagesOf('// größe 😀 mаx × →\nlet a = "größe 😀 mаx × →"')).toEqual([]);
  });

  it('has one message a statement for what is no language at all', () => {
    expect(messagesOf('§ '.repeat(5_000))).toHaveLength(1);
    expect(messagesOf('model M {\n  @ # %\n  $ $ $\n}')).toHaveLength(2);
  });
});

describe('what has no end', () => {
  it('is told where it begins', () => {
    expect(messagesOf('let a = "b\nlet c = 1')).toEqual([
      '1:9 a text begins here and doesn’t end in its line',
    ]);
    expect(messagesOf('let a = "b\\"')).toEqual(['1:9 a text begins here and doesn’t end in its line']);
    expect(messagesOf('let a = "b\\')).toEqual(['1:9 a text begins here and doesn’t end in its line']);
    expect(messagesOf('model M { relu /* }\n')).toEqual(['1:16 a comment begins here and never ends']);
    expect(messagesOf('let a = f("b)\nlet c = 1')).toEqual([
      '1:11 a text begins here and doesn’t end in its line',
    ]);
    expect(messagesOf('/*/')).toEqual(['1:1 a comment begins here and never ends']);
  });

  it('is read once, however long it is', () => {
    expect(messagesOf('/*a'.repeat(80_000))).toEqual(['1:1 a comment begins here and never ends']);
    expect(messagesOf(`let a = "${'\\'.repeat(240_000)}`)).toHaveLength(1);
    expect(messagesOf(`let a = ${'"\\"'.repeat(80_000)}`)).toHaveLength(2);
  });
});

describe('limits', () => {
  it('bounds names, texts and comments', () => {
    const name = 'n'.repeat(maximumName);
    expect(messagesOf(`let ${name} = 1`)).toEqual([]);
    expect(messagesOf(`let ${name}n = 1`)).toEqual(['1:5 a name is too long: limit 128, got 129']);
    const text = 't'.repeat(maximumText - 2);
    expect(messagesOf(`let a = "${text}"`)).toEqual([]);
    expect(messagesOf(`let a = "${text}t"`)).toEqual(['1:9 a text is too long: limit 65,536, got 65537']);
    expect(messagesOf(`//${text}`)).toEqual([]);
    expect(messagesOf(`//${text}t`)).toEqual(['1:1 a comment is too long: limit 65,536, got 65537']);
    expect(messagesOf(`/*${text}*/`)).toEqual(['1:1 a comment is too long: limit 65,536, got 65538']);
  });

  it('bounds the tokens of a file, by a flag up to the hard limit', () => {
    const text = 'let a = [1]\n'.repeat(4);
    expect(messagesOf(text, { tokens: 28 })).toEqual([]);
    const { diagnostics, tree } = parseText(text, { tokens: 27 });
    expect(diagnostics.map(({ message, help }) => [message, help])).toEqual([
      ['the file has too many tokens: limit 27, got 28', 'raise it with `--limit-tokens`'],
    ]);
    expect(tree.items).toEqual([]);
    const hard = parseText(';'.repeat(hardParseLimits.tokens + 1), { tokens: 1e9 }).diagnostics;
    expect(hard.map(({ message, help }) => [message, help])).toEqual([
      ['the file has too many tokens: limit 1,000,000, got 1000001', undefined],
    ]);
  });

  it('bounds how many mistakes are told', () => {
    expect(messagesOf('let\n'.repeat(5_000))).toHaveLength(1_000);
  });

  const nests: readonly (readonly [string, (depth: number) => string])[] = [
    ['parentheses', (depth) => `let a = ${'('.repeat(depth)}1${')'.repeat(depth)}`],
    ['calls', (depth) => `let a = ${'f('.repeat(depth)}1${')'.repeat(depth)}`],
    ['calls by name', (depth) => `let a = ${'f(a = '.repeat(depth)}1${')'.repeat(depth)}`],
    ['lists', (depth) => `let a = ${'['.repeat(depth)}1${']'.repeat(depth)}`],
    ['indices', (depth) => `let a = ${'a['.repeat(depth)}1${']'.repeat(depth)}`],
    ['blocks', (depth) => `let a = ${'f<'.repeat(depth)}1${'>'.repeat(depth)}`],
    ['strides', (depth) => `let a = ${'3x3/('.repeat(depth)}1${')'.repeat(depth)}`],
    ['conditions', (depth) => `let a = ${'if x then '.repeat(depth)}1${' else 2'.repeat(depth)}`],
    [
      'conditions of conditions',
      (depth) => `let a = ${'if '.repeat(depth)}x${' then 1 else 2'.repeat(depth)}`,
    ],
    ['joins', (depth) => `block b { ${'add { | '.repeat(depth - 1)}relu${' }'.repeat(depth)}`],
    ['statements', (depth) => `block b { ${'if x { '.repeat(depth - 1)}relu${' }'.repeat(depth)}`],
    ['settings', (depth) => `train M { ${'a { '.repeat(depth - 1)}b${' }'.repeat(depth)}`],
  ];

  it.each(nests)('bounds the depth of %s', (_what, nest) => {
    const { nesting } = defaultParseLimits;
    expect(messagesOf(nest(nesting))).toEqual([]);
    const { diagnostics } = parseText(nest(nesting + 1));
    expect(diagnostics.map(({ message, help }) => [message, help])).toEqual([
      [
        'brackets, braces and conditions stand too deep in each other: limit 256, got 257',
        'raise it with `--limit-nesting`',
      ],
    ]);
    expect(messagesOf(nest(hardParseLimits.nesting), { nesting: 1e9 })).toEqual([]);
    expect(messagesOf(nest(hardParseLimits.nesting + 1), { nesting: 1e9 })).toHaveLength(1);
    expect(messagesOf(nest(50_000), { nesting: 1e9 })).toHaveLength(1);
  });

  it('bounds the depth of brackets that are never closed', () => {
    for (const open of ['(', '[', 'f<', 'f(', 'if ', 'add { | ']) {
      expect(messagesOf(`block b { let a = ${open.repeat(20_000)}`)).toHaveLength(1);
    }
  });
});

describe('chains', () => {
  const long = 100_000;
  const limits = { tokens: 1_000_000 };
  const chains: readonly (readonly [string, string])[] = [
    ['sums', `let a = 1${' + 1'.repeat(long)}`],
    ['products', `let a = 1${' * 1'.repeat(long)}`],
    ['powers', `let a = 1${' ^ 1'.repeat(long)}`],
    ['conditions', `let a = a${' or a and not a'.repeat(long)}`],
    ['signs', `let a = ${'- '.repeat(long)}1`],
    ['negations', `let a = ${'not '.repeat(long)}a`],
    ['`else if` in an expression', `let a = if a then 1${' else if a then 1'.repeat(long)} else 1`],
    ['`else if` of statements', `block b { if a {}${' else if a {}'.repeat(long)} else {} }`],
    ['arrows', `block b { relu${' -> relu'.repeat(long)} }`],
    ['statements', `block b {${'\nrelu'.repeat(long)}\n}`],
    ['branches', `block b { add {${' | relu'.repeat(long)} } }`],
    ['items', 'let a = 1\n'.repeat(long)],
    ['arguments', `block b { conv${' 1'.repeat(long)} }`],
    ['comments', '/**/ // a\n'.repeat(long)],
    ['doc comments', `${'/// a\n'.repeat(long)}let a = 1\n`],
  ];

  it.each(chains)('takes %s of any length', (_what, text) => {
    expect(messagesOf(text, limits)).toEqual([]);
  });
});
