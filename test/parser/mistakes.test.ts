import { describe, expect, it } from 'vitest';
import { makeSource } from '../../src/diagnostics/source.js';
import type { Statement } from '../../src/parser/ast.js';
import { parse } from '../../src/parser/parse.js';
import { syntaxProblems } from '../../src/parser/problems.js';
import { markedIn, meaning, messagesOf, parseText, treeOf } from './tree.js';

const inBody = (line: string): string => `model M {\n  input 8x8x3\n  ${line}\n  relu\n}\n`;

describe('a file with ten mistakes', () => {
  const text = `import { inception se } from "std/blocks"
modle Small {
  input 28x28x1
  conv 2 * 3 5x5
  conv (4 * 2 5x5
  repaet 3 {
    conv 64 1__0
  }
  for i [1, 2] { relu; dense ) }
  let default = 3
  add {
    | conv 1 3x3
    |
  }
  conv(64, 3x3)
}

model Next = Small<a = 1, , b>
`;

  it('has ten messages, each in its place', () => {
    expect(messagesOf(text)).toEqual([
      '1:20 expected `,` or `}`, got `se`',
      '2:1 expected `model`, got `modle`',
      '4:10 `*` can’t stand between the arguments of a layer',
      '5:8 `(` is never closed: expected `)`, got `5x5`',
      '6:3 expected `repeat`, got `repaet`',
      '7:13 `1__0` is not a number: `_` stands between two digits',
      '9:9 expected `in` and the list that is gone through, got `[`',
      '9:30 expected the end of the statement, got `)`',
      '10:7 expected the name of a constant or function, got `default`, which is a word of the language',
      '13:5 nothing stands in this branch',
      '15:7 expected the end of the statement, got `(`',
      '18:27 expected an argument, got `,`',
    ]);
  });

  it('gives what could be read all the same', () => {
    const { tree } = parseText(text);
    expect(tree.items.map((item) => [item.kind, 'name' in item ? item.name.text : ''])).toEqual([
      ['model', 'Small'],
    ]);
  });
});

describe('one mistake', () => {
  it.each([
    // What stands at the top of a file.
    ['conv 64 3x3', 'expected `model`, `block`, `let`, `import`, `train` or `variants`, got `conv`', 'conv'],
    ['model {\n}', 'expected the name of the model, got `{`', '{'],
    ['model M', 'expected `{`, or `=` and another model, got the end of the file', ''],
    ['model M = ', 'expected the name of a parametrised model, got the end of the file', ''],
    ['block b<a b> { relu }', 'expected `,` or `>`, got `b`', 'b'],
    ['block b<a: 3> { relu }', 'expected the kind of the parameter, such as `int` or `block`, got `3`', '3'],
    ['block b(a) { relu }', 'expected `{`, got `(`', '('],
    ['import { a } "x"', 'expected `from`, got `"x"`', '"x"'],
    ['import { a } from x', 'expected the file to import from, between `"` and `"`, got `x`', 'x'],
    ['import { } from "x"', 'expected the name of what is imported, got `}`', '}'],
    ['import a from "x"', 'expected `{`, got `a`', 'a'],
    ['train { batch 64 }', 'expected the name of the model, got `{`', '{'],
    ['train M { 64 }', 'expected the name of a setting, got `64`', '64'],
    ['let = 3', 'expected the name of a constant or function, got `=`', '='],
    ['let a 3', 'expected `=`, got `3`', '3'],
    ['let a = ', 'expected a value, got the end of the file', ''],
    ['let a = )', 'expected a value, got `)`', ')'],
    ['modell M { relu }', 'expected `model`, got `modell`', 'modell'],
    ['trian M { batch 64 }', 'expected `train`, got `trian`', 'trian'],
    ['model M { relu } }', 'expected the end of the statement, got `}`', '}'],
    [
      'model M { relu }\n}\nmodel N { relu }',
      'expected `model`, `block`, `let`, `import`, `train` or `variants`, got `}`',
      '}',
    ],
    ['model M { relu } model N { relu }', 'expected the end of the statement, got `model`', 'model'],
    ['x = 3', 'expected `model`, `block`, `let`, `import`, `train` or `variants`, got `x`', 'x'],
    // What stands in braces.
    [inBody('conv 64, 3x3'), 'expected the end of the statement, got `,`', ','],
    [inBody('conv(64, 3x3)'), 'expected the end of the statement, got `(`', '('],
    [inBody('conv n * 2 3x3'), '`*` can’t stand between the arguments of a layer', '*'],
    [inBody('conv n - 1 3x3'), '`-` can’t stand between the arguments of a layer', '-'],
    [inBody('conv n-1 3x3'), '`-` can’t stand between the arguments of a layer', '-'],
    [inBody('conv n/2 3x3'), '`/` can’t stand between the arguments of a layer', '/'],
    [inBody('dense n > 2'), '`>` can’t stand between the arguments of a layer', '>'],
    [inBody('x = 3'), 'expected the end of the statement, got `=`', '='],
    [inBody('conv ='), 'expected the end of the statement, got `=`', '='],
    [inBody('3x3 conv'), 'expected a layer, a block or a statement, got `3x3`', '3x3'],
    [inBody('conv pad='), 'expected a value, got the end of the line', ''],
    [inBody('-> relu'), undefined, undefined],
    [inBody('relu -> -> relu'), 'expected a layer or a block, got `->`', '->'],
    [inBody('relu -> 3'), 'expected a layer or a block, got `3`', '3'],
    [inBody('b<1> same'), 'expected the end of the statement, got `same`', 'same'],
    [inBody('b<i > 0>'), 'expected the end of the statement, got `0`', '0'],
    [inBody('b<1, i == 0>'), '`==` stands bare between `<` and `>`', '=='],
    [inBody('b<1'), '`<` is never closed: expected `>`, got the end of the line', '<'],
    [inBody('if n<2 { relu }'), '`<` is never closed: expected `>`, got `{`', '<'],
    [inBody('if { relu }'), 'expected a value, got `{`', '{'],
    [inBody('if a'), 'expected `{`, got the end of the line', ''],
    [inBody('if a: { relu }'), 'expected `{`, got `:`', ':'],
    [inBody('if a then relu'), 'expected `{`, got `then`', 'then'],
    [inBody('else { relu }'), 'expected the end of the statement, got `else`', 'else'],
    [inBody('if a { relu } els { relu }'), 'expected `else`, got `els`', 'els'],
    [inBody('repeat { relu }'), 'expected a value, got `{`', '{'],
    [inBody('repeat 3 as { relu }'), 'expected a name, got `{`', '{'],
    [inBody('repeat 3 relu'), 'expected `{`, got `relu`', 'relu'],
    [inBody('repaet 3 { relu }'), 'expected `repeat`, got `repaet`', 'repaet'],
    [inBody('asert a <= 3'), 'expected `assert`, got `asert`', 'asert'],
    [inBody('for in xs { relu }'), 'expected a name, or names in parentheses, got `in`', 'in'],
    [inBody('for (a b) in xs { relu }'), 'expected `,` or `)`, got `b`', 'b'],
    [inBody('for a of xs { relu }'), 'expected `in` and the list that is gone through, got `of`', 'of'],
    [inBody('from { relu }'), 'expected the name of a tensor, got `{`', '{'],
    [inBody('share { relu }'), 'expected the name of the shared layers, got `{`', '{'],
    [inBody('default same'), 'expected what is set: an argument of the layer, got the end of the line', ''],
    [inBody('default'), 'expected the name of a layer, got the end of the line', ''],
    [inBody('add { relu }'), 'expected `|`, which begins a branch, got `relu`', 'relu'],
    [inBody('add { }'), 'expected `|`, which begins a branch, got `}`', '}'],
    [inBody('add { | relu | }'), 'nothing stands in this branch', '|'],
    [inBody('| relu'), 'expected a layer, a block or a statement, got `|`', '|'],
    [inBody('conv 3 3x3 as'), 'expected a name, got the end of the line', ''],
    [inBody('conv 3 3x3 as if'), 'expected a name, got `if`, which is a word of the language', 'if'],
    [inBody('block b { relu }'), '`block` can’t stand inside of braces', 'block'],
    [inBody('assert a ==, "x"'), 'expected a value, got `,`', ','],
    [inBody('assert f(a, "x"'), '`(` is never closed: expected `)`, got the end of the line', '('],
    [inBody('conv [1, 2 3x3'), '`[` is never closed: expected `]`, got `3x3`', '['],
    [inBody('let a = [1 2]'), 'expected `,` or `]`, got `2`', '2'],
    [
      inBody('let a = if b then 1'),
      'expected `else`, since a condition in an expression has a value in either case, got the end of the line',
      '',
    ],
    // Braces.
    ['model M {\n  relu\n', '`{` is never closed: expected `}`, got the end of the file', '{'],
    ['model M {\n  relu\nmodel N { relu }', '`{` is never closed: expected `}`, got `model`', '{'],
    [
      'model M {\n  if a {\n    relu\n}\nmodel N { relu }',
      '`{` is never closed: expected `}`, got `model`',
      '{',
    ],
    [
      'model M {\n  add {\n    | relu\n    | elu\n}',
      '`{` is never closed: expected `}`, got the end of the file',
      '{',
    ],
  ])('has one message: %s', (text, message, marked) => {
    const found = parseText(text).diagnostics;
    expect(found.map((one) => one.message)).toEqual(message === undefined ? [] : [message]);
    if (marked !== undefined) expect(markedIn(text)).toEqual([marked]);
  });

  it('offers what was probably meant, and a repair that mends it', () => {
    for (const text of [
      'modle M { relu }',
      inBody('repaet 3 { relu }'),
      inBody('asert a <= 3'),
      inBody('if a { relu } els { relu }'),
    ]) {
      const [found] = parseText(text).diagnostics;
      const fix = found?.fix;
      if (fix === undefined) throw new Error(`no repair for ${text}`);
      expect(found?.help).toBe(`did you mean \`${fix.text}\`?`);
      treeOf(text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end));
    }
  });

  it('points at the place where a bracket should have been closed', () => {
    const [found] = parseText('model M {\n  relu\nmodel N { relu }').diagnostics;
    expect(found?.related.map(({ label, span }) => [label, span.start])).toEqual([
      ['`}` is expected before this', 17],
    ]);
  });

  it('advises what people get wrong', () => {
    const helps = ['conv(64, 3x3)', 'conv 64, 3x3', 'b<i > 0>', 'add { relu } | elu'].map(
      (line) => parseText(inBody(line)).diagnostics.at(-1)?.help ?? '',
    );
    expect(helps[0]).toContain('the arguments of a layer stand behind it with spaces');
    expect(helps[1]).toContain('the arguments of a layer are told apart by spaces');
    expect(helps[2]).toContain('a comparison stands with spaces, and between `<` and `>` in parentheses');
    expect(helps[3]).toContain('`|` begins a branch between the braces of a join');
  });

  it.each([
    ['assert params = 5', 'two values are compared with `==`'],
    ['assert memory.inference <= 64 MiB', 'a unit stands right behind its number, without a space'],
    ['assert params <= 25X', 'units are `%`, `deg`, `K`, `M`'],
    ['residual <64, stride = 2>', 'the arguments of a block begin right behind its name: `residual<…>`'],
    ['conv n < 3 3x3', 'put what is computed in parentheses'],
  ])('advises newcomers who write `%s`', (line, help) => {
    expect(parseText(inBody(line)).diagnostics.map((found) => found.help)).toEqual([
      expect.stringContaining(help),
    ]);
  });

  it('advises those who import a name without braces', () => {
    const [found] = parseText('import residual from "std/blocks"\n').diagnostics;
    expect(found?.help).toBe('the names stand between braces: `import { residual, se } from "std/blocks"`');
  });
});

function statementsIn(text: string): readonly Statement[] {
  const [item] = parseText(text).tree.items;
  return item?.kind === 'model' ? item.body.statements : [];
}

describe('what follows from a mistake', () => {
  it('is silent: the statements around are read as without it', () => {
    for (const line of ['conv n * 2 3x3', '3x3', 'repeat 3 relu', 'let a = (1', ') ] }'.slice(0, 3)]) {
      const broken = statementsIn(inBody(line));
      const whole = statementsIn(inBody(''));
      expect(meaning([broken.at(0), broken.at(-1)])).toEqual(meaning(whole));
    }
  });

  it('leaves what stands in braces behind a mistake to be read', () => {
    expect(messagesOf(inBody('for x xs { conv 1__0 }'))).toHaveLength(2);
    expect(messagesOf('block 3 {\n  conv 1__0\n}')).toHaveLength(2);
  });

  it('is told once where braces are lost', () => {
    expect(messagesOf('model M { relu\n}\n}\nconv 3 3x3\nrelu\n}\nmodel N { conv 1__0 }')).toHaveLength(2);
  });
});

describe('the problems of syntax', () => {
  it.each(syntaxProblems.filter(({ code }) => code !== 'not-text'))(
    '$code: its wrong example has it alone, its right one nothing',
    ({ code, explain }) => {
      const codesIn = (text: string): readonly string[] =>
        parse(makeSource('x.cnn', text)).diagnostics.map((found) => found.code);
      expect(codesIn(explain.wrong)).toEqual([code]);
      expect(codesIn(explain.right)).toEqual([]);
    },
  );

  it('have codes of their own', () => {
    const codes = syntaxProblems.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
