import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../../src/diagnostics/source.js';
import { parse } from '../../src/parser/parse.js';
import { print } from '../../src/parser/print.js';
import { samples } from './samples.js';
import { meaning, parseText, treeOf } from './tree.js';

const runs = Number(process.env['CNNC_FUZZ'] ?? '300');

const printed = (text: string): string => print(treeOf(text));

/** The comments of a text, one after the other, with what they stand behind: the code without white space. */
function commentsOf(text: string): readonly string[] {
  return parseText(text).tree.comments.map((comment) => comment.text.trimEnd().replace(/\r\n?/g, '\n'));
}

/** Checks that a text is printed as the same program, with all its comments, and that printing twice changes nothing. */
function checkPrinting(text: string): void {
  const source = makeSource('a.cnn', text);
  const { tree, diagnostics } = parse(source);
  if (diagnostics.length > 0) return;
  const once = print(tree);
  const again = parseText(once);
  expect(again.diagnostics, once).toEqual([]);
  expect(meaning(again.tree), once).toEqual(meaning(tree));
  expect(commentsOf(once), once).toEqual(commentsOf(text));
  expect(print(again.tree)).toBe(once);
}

describe('printing', () => {
  it.each(samples)('keeps the meaning and the comments, and is done at once: %s', (text) => {
    treeOf(text);
    checkPrinting(text);
  });

  it.each([
    ['let  a=1', 'let a = 1\n'],
    ['let a = 1 ;; let b = 2 ;\n;\n\n\n\nlet c=3;', 'let a = 1; let b = 2\n\nlet c = 3\n'],
    ['let f( x,by=8 ) = not( a )or -  x+ 1', 'let f(x, by = 8) = not (a) or -x + 1\n'],
    ['let a = [ 1,2 , ]', 'let a = [1, 2,]\n'],
    ['let a = (1 + (2))', 'let a = (1 + (2))\n'],
    ['let a = 1_000 + 1.50 - 2.5M', 'let a = 1_000 + 1.50 - 2.5M\n'],
    ['let a = 0 .. 5', 'let a = 0..5\n'],
    ['let a = b -1 - -1', 'let a = b - 1 - -1\n'],
    ['let a = if b then 1\n   else 2', 'let a = if b then 1\n  else 2\n'],
    ['model A=B<depth=18,x = (a < b)>', 'model A = B<depth = 18, x = (a < b)>\n'],
    ['block b<n:int=1>{relu}', 'block b<n: int = 1> { relu }\n'],
    ['block b {\n\n\n  relu\n\n\n  elu\n\n}', 'block b {\n  relu\n\n  elu\n}\n'],
    [
      'block b { conv 64 -1   pad = [0,3] scale=1/255 rate=1 / 3 x=a -1 y=2 z }',
      'block b { conv 64 -1 pad=[0, 3] scale=1/255 rate=1 / 3 x=a - 1 y=2 z }\n',
    ],
    ['block b { relu; ; elu ;}', 'block b { relu; elu }\n'],
    ['block b {}', 'block b {}\n'],
    ['block b {\n}', 'block b {\n}\n'],
    ['block b {\nrelu ->\nelu -> gelu\n}', 'block b {\n  relu\n    -> elu\n    -> gelu\n}\n'],
    ['block b {\nadd { | relu | elu\n}\n}', 'block b {\n  add {\n    | relu\n    | elu\n  }\n}\n'],
    [
      'block b {\nadd {\n| relu -> elu\nselu\n\n| repeat 2 {\ngelu\n}\n} -> mish\n}',
      'block b {\n  add {\n    | relu -> elu\n      selu\n\n    | repeat 2 {\n        gelu\n      }\n  } -> mish\n}\n',
    ],
    [
      'block b {\nif a { relu }\nelse if c {\nelu }\nelse { selu }\n}',
      'block b {\n  if a { relu } else if c {\n    elu\n  } else { selu }\n}\n',
    ],
    ['import {a,b as c} from "x"', 'import { a, b as c } from "x"\n'],
    ['import {\na,\nb as c\n} from "x"', 'import {\n  a,\n  b as c\n} from "x"\n'],
    [
      'train M{augment{shift 10%;flip horizontal};freeze "a","b"}',
      'train M { augment { shift 10%; flip horizontal }; freeze "a", "b" }\n',
    ],
    ['block b {\nf<\n1,a=2>\n}', 'block b {\n  f<\n    1,\n    a = 2\n  >\n}\n'],
  ])('sets %j', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  it.each([
    ['// a\n\n\n// b\nlet a = 1 // c\n// d', '// a\n\n// b\nlet a = 1 // c\n// d\n'],
    ['/// doc  \nlet a = 1', '/// doc\nlet a = 1\n'],
    [
      '/* a */ let /* b */ a = /* c */ 1 /* d */ ; /* e */ let b = 2',
      '/* a */ let /* b */ a = /* c */ 1 /* d */ /* e */; let b = 2\n',
    ],
    ['block b { // a\n// b\nrelu // c\n\n// d\n}', 'block b { // a\n  // b\n  relu // c\n\n  // d\n}\n'],
    ['block b {\nrelu // a\n-> elu // b\n}', 'block b {\n  relu // a\n    -> elu // b\n}\n'],
    [
      'block b {\nadd { // a\n| relu // b\n// c\n| elu\n}\n}',
      'block b {\n  add { // a\n    | relu // b\n      // c\n    | elu\n  }\n}\n',
    ],
    ['let a = [ // one\n1, // two\n2\n// three\n]', 'let a = [ // one\n  1, // two\n  2\n  // three\n]\n'],
    ['/* a\n   b */\nlet a = 1', '/* a\n   b */\nlet a = 1\n'],
  ])('keeps comments at their places: %j', (text, expected) => {
    expect(printed(text)).toBe(expected);
    expect(printed(expected)).toBe(expected);
  });

  it('breaks what is too long for a line where it can be broken', () => {
    const long = 'conv 64 3x3 same relu bias=false';
    const chain = `block b {\n${[long, long, long, long].join(' -> ')}\n}`;
    expect(printed(chain)).toBe(`block b {\n  ${[long, long, long, long].join('\n    -> ')}\n}\n`);
    const inline = `block b { ${[long, long, long, long].join('; ')} }`;
    expect(printed(inline)).toBe(`block b {\n  ${[long, long, long, long].join('\n  ')}\n}\n`);
    const list = `let a = [${Array(40).fill('100').join(', ')}]`;
    expect(printed(list)).toBe(`let a = [\n  ${Array(40).fill('100').join(',\n  ')}\n]\n`);
  });

  it('has nothing to print of a file with nothing in it', () => {
    for (const text of ['', ' \n\n', ';']) expect(printed(text)).toBe('');
  });

  it(`keeps the meaning wherever white space and comments stand (${String(runs)} files)`, () => {
    const gaps = fc.constantFrom(
      '',
      ' ',
      '   ',
      '\n',
      '\n\n\n',
      ' // c\n',
      '/* c */',
      ' /* c\n c */ ',
      '\n// c\n',
      '\n/// c\n',
      ';',
      '\r\n',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), gaps), { minLength: 1, maxLength: 12 }),
        (text, edits) => {
          const pieces = text.match(/\w+|[^\w\s]|\s+/g) ?? [];
          for (const [at, gap] of edits) pieces.splice(at % (pieces.length + 1), 0, gap);
          checkPrinting(pieces.join(''));
        },
      ),
      { numRuns: runs },
    );
  });
});
