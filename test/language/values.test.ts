import { describe, expect, it } from 'vitest';
import { codesIn, compileText, graphOfBody, shapeAt } from '../compiler/net.js';

/** What is found where a condition is asserted in a model. */
function asserted(condition: string, before = ''): readonly string[] {
  return codesIn(
    `${before}\nmodel M {\n  input 8x8x4 as image\n  assert ${condition}\n  conv image.channels 1x1\n}\n`,
  );
}

describe('an expression', () => {
  it.each([
    '1 + 2 * 3 == 7',
    '(1 + 2) * 3 == 9',
    '7 / 2 == 3.5',
    'not 1 == 2 and 3 == 3',
    '1 == 2 or 2 == 2',
    '(if 1 < 2 then 3 else 4) == 3',
    '(if 1 > 2 then 3 else if 2 > 1 then 5 else 4) == 5',
    '2 in [1, 2]',
    '3 not in [1, 2]',
    '2 in 1..3 and 3 not in 1..3',
    '[1, 2][1] == 2',
    'min(3, 1, 2) == 1 and max([3, 1]) == 3 and abs(-2) == 2 and mod(-7, 3) == 2',
    'len([1, 2, 3]) == 3 and sum([1, 2, 3]) == 6 and len(range(4)) == 4',
    'image.channels == 4 and image.height == 8 and image.width == 8 and image.shape == 8x8x4',
    '(64, 3)[0] == 64',
    '5x5 == [5, 5]',
    '"a" == "a" and "a" != "b"',
    'true != false',
    '1_000 <= 2.5M',
  ])('holds: %s', (condition) => {
    expect(asserted(condition)).toEqual([]);
  });

  it.each([
    ['1 == 2', 'assertion-failed'],
    ['3', 'not-a-condition'],
    ['1 / 0 == 1', 'division-by-zero'],
    ['mod(1, 0) == 1', 'wrong-call'],
    ['[1, 2][2] == 1', 'no-such-item'],
    ['2 ^ (1 / 2) == 1', 'not-exact'],
    ['1 + "a" == 1', 'wrong-operands'],
    ['-"a" == 1', 'wrong-kind'],
    ['not 1', 'wrong-kind'],
    ['floor(1, 2) == 1', 'wrong-call'],
    ['image.depth == 1', 'no-member'],
    ['lenn([1]) == 1', 'unknown-name'],
    ['1 in 2', 'wrong-operands'],
    ['in.channels == 4', 'in-outside-block'],
  ])('has one message where it can’t be: %s', (condition, code) => {
    expect(asserted(condition)).toEqual([code]);
  });

  it('evaluates what decides, and nothing behind it', () => {
    expect(asserted('1 == 1 or 1 / 0 == 1')).toEqual([]);
    expect(asserted('not (1 == 2 and 1 / 0 == 1)')).toEqual([]);
    expect(asserted('(if 1 == 1 then 1 else 1 / 0) == 1')).toEqual([]);
  });
});

describe('a function', () => {
  const divisible = 'let divisible(v, by = 8) = by * max(1, floor(v / by + 0.5))\n';

  it('is one expression with parameters and defaults', () => {
    expect(
      asserted('divisible(37) == 40 and divisible(3) == 8 and divisible(37, by = 10) == 40', divisible),
    ).toEqual([]);
  });

  it('sees constants, and other functions, wherever they stand', () => {
    const text = 'let f(x) = g(x) + n\nlet g(x) = 2 * x\nlet n = 1\n';
    expect(asserted('f(3) == 7', text)).toEqual([]);
  });

  it('may stand inside of a block, and sees what is around it', () => {
    expect(shapeAt(graphOfBody('let n = 3\nlet twice(x) = n * x\nconv twice(2) 1x1'))).toBe('8×8×6');
  });

  it('can’t lead back to itself', () => {
    expect(asserted('f(1) == 1', 'let f(x) = g(x)\nlet g(x) = f(x)\n')).toEqual(['recursion']);
  });

  it.each([
    ['divisible()', 'missing-argument'],
    ['divisible(1, 2, 3)', 'surplus-argument'],
    ['divisible(1, bye = 3)', 'unknown-parameter'],
    ['divisible(1, v = 3)', 'repeated-argument'],
  ])('refuses %s', (call, code) => {
    expect(asserted(`${call} == 8`, divisible)).toEqual([code]);
  });
});

describe('a constant', () => {
  it('may stand behind what uses it, but not lead back to itself', () => {
    expect(asserted('a == 3', 'let a = b + 1\nlet b = 2\n')).toEqual([]);
    const { diagnostics } = compileText('let a = b\nlet b = a\nmodel M { input 8x8x1; conv a 1x1 }\n');
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "a constant can't lead back to itself: `a` → `b` → `a`",
    ]);
  });

  it('is local between braces, from where it stands on', () => {
    expect(
      codesIn('model M {\n  input 8x8x1\n  if 1 == 1 { let n = 2; conv n 1x1 }\n  conv n 1x1\n}'),
    ).toEqual(['unknown-word']);
    expect(codesIn('model M {\n  input 8x8x1\n  conv (2 * n) 1x1\n  let n = 2\n  conv n 1x1\n}')).toEqual([
      'unknown-name',
    ]);
  });
});

describe('what binds', () => {
  it('stands without a space; with one, something new begins', () => {
    expect(shapeAt(graphOfBody('let filters = 2\nconv filters [1, 7]'))).toBe('8×2×2');
    expect(shapeAt(graphOfBody('let xs = [2, 3]\nconv xs[1] 3x3'))).toBe('6×6×3');
    expect(shapeAt(graphOfBody('let a = 2\nlet b = 3\nif a < b { flatten }'))).toBe('256');
  });

  it('takes a whole expression behind `name=`', () => {
    expect(shapeAt(graphOfBody('let n = 2\nconv filters=n * 2 + 1 kernel=3x3'))).toBe('6×6×5');
  });

  it('takes an operator between arguments for a mistake', () => {
    expect(codesIn('model M { input 8x8x1; conv 2 * 3 1x1 }')).toEqual(['loose-operator']);
  });
});

describe('a bare word behind a layer', () => {
  it('is a name in scope before it is a word, with a warning', () => {
    const { diagnostics } = compileText('model M {\n  input 8x8x1\n  let same = 3\n  conv 2 same\n}');
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['name-hides-word', 'warning'],
    ]);
  });

  it('is a word of the layer, an activation, or a mistake with the nearest offered', () => {
    const { diagnostics } = compileText('model M {\n  input 8x8x1\n  conv 2 1x1 rellu\n}');
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ['unknown-word', 'did you mean `relu`?'],
    ]);
  });
});

describe('a value from outside', () => {
  const text =
    'model M<classes = 10, act: block = relu> {\n  input 8x8x1\n  flatten\n  dense classes\n  act<>\n}\n';

  it('stands for a parameter of the model', () => {
    const { models } = compileText(text, {
      set: new Map([
        ['classes', '2 * 50'],
        ['act', 'dense<3>'],
      ]),
    });
    expect(models[0]?.graph?.nodes.map(({ path }) => path)).toEqual([
      'input',
      'flatten1',
      'dense1',
      'dense2',
    ]);
    expect(models[0]?.graph?.parameters.map(({ name, text: value }) => [name, value])).toEqual([
      ['classes', '100'],
      ['act', 'dense<units=3>'],
    ]);
  });

  it.each([
    ['classes', '1 +', 'syntax'],
    ['classes', 'ten', 'unknown-name'],
    ['classes', '"ten"', 'wrong-kind'],
    ['classes', '1 / 0', 'division-by-zero'],
    ['clases', '10', 'unknown-parameter'],
    ['act', 'relu<1>', 'surplus-argument'],
  ])('has one message where it is wrong: %s=%s', (name, value, code) => {
    const { models, diagnostics } = compileText(text, { set: new Map([[name, value]]) });
    expect(diagnostics.map((found) => found.code)).toEqual([code]);
    expect(models.every(({ graph }) => graph === undefined)).toBe(code !== 'unknown-parameter');
  });

  it('stands for the size of the input', () => {
    expect(
      shapeAt(compileText(text, { input: '4x4x2' }).models[0]?.graph ?? graphOfBody('relu'), 'flatten1'),
    ).toBe('32');
    expect(codesIn(text, { input: '4x0x2' })).toEqual(['wrong-argument']);
    expect(codesIn(text, { input: '4xax2' })).toHaveLength(1);
  });

  it('asks for models by name', () => {
    expect(compileText(text, { models: ['M'] }).models).toHaveLength(1);
    expect(codesIn(text, { models: ['N'] })).toEqual(['unknown-model']);
  });
});
