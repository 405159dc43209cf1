import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/compiler/compare/comparison.js';
import { compared, comparedBodies } from './compared.js';

const plain = 'conv 4 3x3 same\nconv 8 3x3 same\nconv 16 3x3 same\ngap\ndense 10';

const blocks = (calls: string, body = 'conv f 3x3 same\nbn\nrelu'): string =>
  `block unit<f> {\n${body}\n}\nmodel Net {\n  input 8x8x3\n${calls}\n  gap\n}\n`;

/** What differs, each with its path. */
function told(found: Comparison): Readonly<Record<string, readonly string[]>> {
  return {
    added: found.added.map(({ path }) => path),
    removed: found.removed.map(({ path }) => path),
    direct: found.changed
      .filter((one) => one.arguments.length > 0 || one.inputs)
      .map(({ after }) => after.path),
    renamed: found.renamed.map(({ before, after }) => `${before.path} → ${after.path}`),
  };
}

const nothing = { added: [], removed: [], direct: [], renamed: [] };

describe('the comparison of two models', () => {
  it('finds a layer that was put in, and that those behind it have another name', () => {
    const found = comparedBodies(plain, plain.replace('conv 8', 'conv 4 5x5 same\nconv 8'));
    expect(told(found)).toEqual({
      ...nothing,
      added: ['conv2'],
      renamed: ['conv2 → conv3', 'conv3 → conv4'],
    });
  });

  it('finds a layer that was taken out', () => {
    const found = comparedBodies(plain, plain.replace('conv 8 3x3 same\n', ''));
    expect(told(found)).toEqual({ ...nothing, removed: ['conv2'], renamed: ['conv3 → conv2'] });
  });

  it('finds the change of an argument, and tells what follows from it apart', () => {
    const found = comparedBodies(plain, plain.replace('conv 8', 'conv 12'));
    expect(told(found)).toEqual({ ...nothing, direct: ['conv2'] });
    expect(found.changed.map(({ after }) => after.path)).toEqual(['conv2', 'conv3']);
    expect(found.changed[0]?.arguments).toEqual([{ name: 'filters', before: '8', after: '12' }]);
    expect(found.changed[0]?.shape).toEqual({ before: [16, 16, 8], after: [16, 16, 12] });
  });

  it('finds another activation in the line of a layer', () => {
    const found = comparedBodies('conv 4 3x3 relu', 'conv 4 3x3 tanh');
    expect(found.changed).toMatchObject([{ activation: { before: 'relu', after: 'tanh' } }]);
    expect(found.weights.loads).toBe(true);
  });

  it('finds the call of a block with other arguments', () => {
    const found = compared(blocks('unit<4>\nunit<8>'), blocks('unit<4>\nunit<16>'));
    const calls = found.calls.map(({ before, after }) => [before.scope.text, after.scope.text]);
    expect(calls).toEqual([['unit<8>', 'unit<16>']]);
    expect(told(found)).toEqual({ ...nothing, direct: ['unit2.conv1'] });
  });

  it('finds a block that was put in, as one', () => {
    const found = compared(blocks('unit<4>\nunit<8>'), blocks('unit<4>\nunit<4>\nunit<8>'));
    expect(told(found).added).toEqual(['unit2']);
    expect(told(found).renamed).toEqual([
      'unit2.conv1 → unit3.conv1',
      'unit2.bn1 → unit3.bn1',
      'unit2.relu1 → unit3.relu1',
    ]);
  });

  it('knows layers again that became a block', () => {
    const lines = blocks('conv 4 3x3 same\nbn\nrelu\nunit<8>');
    const found = compared(lines, blocks('unit<4>\nunit<8>'));
    expect(found.added).toEqual([]);
    expect(found.removed).toEqual([]);
    expect(told(found).renamed).toContain('conv1 → unit1.conv1');
  });

  it('goes by the names that `as` gave among layers that are alike', () => {
    const lines = ['conv 3 3x3 same as a', 'conv 3 3x3 same as b', 'conv 3 3x3 same as c'];
    const found = comparedBodies(lines.join('\n'), lines.filter((line) => !line.endsWith('b')).join('\n'));
    expect(told(found)).toEqual({ ...nothing, removed: ['b'] });
  });

  it('knows a layer again that has another name', () => {
    const found = comparedBodies('conv 4 3x3 as stem\ngap', 'conv 4 3x3 as first\ngap');
    expect(told(found)).toEqual({ ...nothing, renamed: ['stem → first'] });
    expect(found.weights.renamed.map(({ before, after }) => [before.name, after.name])).toEqual([
      ['stem.kernel', 'first.kernel'],
      ['stem.bias', 'first.bias'],
    ]);
  });

  it('sees that branches in another order join otherwise, and that weights would be exchanged', () => {
    const join = (first: string, second: string): string => `concat {\n| ${first}\n| ${second}\n}`;
    const [one, other] = ['conv 4 3x3 same relu', 'conv 4 3x3 same tanh'];
    const found = comparedBodies(join(one, other), join(other, one));
    expect(told(found)).toEqual({
      ...nothing,
      direct: ['concat1'],
      renamed: ['conv2 → conv1', 'conv1 → conv2'],
    });
    expect(found.weights).toMatchObject({ loads: false, missing: [], surplus: [], reshaped: [] });
    expect(found.weights.misplaced.map(({ before }) => before.name)).toContain('conv1.kernel');
  });

  it('sees a tensor that comes from elsewhere', () => {
    const body = (from: string): string =>
      `conv 4 3x3 same as a\nconv 4 3x3 same as b\nconv 4 1x1 as c\nfrom ${from}, c { add }`;
    const found = comparedBodies(body('a'), body('b'));
    expect(found.changed).toMatchObject([
      { after: { path: 'add1' }, inputs: { before: ['a', 'c'], after: ['b', 'c'] } },
    ]);
    expect(found.weights.loads).toBe(true);
  });

  it('counts what grew', () => {
    const { costs, field } = comparedBodies('conv 4 3x3 same', 'conv 4 5x5 same');
    expect(costs.params).toEqual({ before: 112, after: 304 });
    expect(costs.macs).toEqual({ before: 27_648, after: 76_800 });
    expect(costs.peakBytes.before).toBe(costs.peakBytes.after);
    expect(field).toEqual({ before: [3, 3], after: [5, 5] });
  });
});

describe('the weights of an old checkpoint', () => {
  it('load where no name and no shape is another', () => {
    const found = comparedBodies(plain, plain.replace('gap', 'dropout 0.5\ngap'));
    expect(found.weights).toMatchObject({ loads: true, counts: { before: 8, after: 8 } });
  });

  it('are missing, surplus, or of another shape', () => {
    const found = comparedBodies(
      'conv 4 3x3 as a\nconv 4 3x3 as b',
      'conv 8 3x3 as a\nconv 4 3x3 bias=false as c',
    );
    expect(found.weights.loads).toBe(false);
    expect(found.weights.missing.map(({ name }) => name)).toEqual(['c.kernel']);
    expect(found.weights.surplus.map(({ name }) => name)).toEqual(['b.kernel', 'b.bias']);
    expect(found.weights.reshaped).toEqual([
      { name: 'a.kernel', before: [3, 3, 3, 4], after: [3, 3, 3, 8] },
      { name: 'a.bias', before: [4], after: [8] },
    ]);
  });
});

describe('the interface', () => {
  const outputs = 'conv 4 3x3 same as a -> conv 2 3x3 same as b';

  it('is the same where a layer inside changes', () => {
    const found = comparedBodies('conv 4 3x3 same\nconv 2 3x3', 'conv 4 5x5 same\nconv 2 3x3');
    expect(found).toMatchObject({ isSameInterface: true, interface: [] });
  });

  it('differs in the size of an input', () => {
    const found = compared(
      'model Net {\n  input 8x8x3\n  gap\n}\n',
      'model Net {\n  input 16x8x3\n  gap\n}\n',
    );
    expect(found.isSameInterface).toBe(false);
    expect(found.interface).toEqual([
      { of: 'input', kind: 'reshaped', name: 'input', before: '8×8×3', after: '16×8×3' },
    ]);
  });

  it('differs in an output more', () => {
    const found = comparedBodies(`${outputs}\noutput b`, `${outputs}\noutput a\noutput b`);
    expect(found.interface).toMatchObject([{ of: 'output', kind: 'added', name: 'a' }]);
  });

  it('differs in the order of outputs', () => {
    const found = comparedBodies(`${outputs}\noutput a\noutput b`, `${outputs}\noutput b\noutput a`);
    expect(found.interface).toEqual([
      { of: 'output', kind: 'order', name: 'outputs', before: 'a, b', after: 'b, a' },
    ]);
  });

  it('is the same from outside where another share of the loss is', () => {
    const found = comparedBodies(`${outputs}\noutput b`, `${outputs}\noutput b weight=0.5`);
    expect(found.interface).toMatchObject([{ kind: 'loss-weight', before: '1', after: '0.5' }]);
    expect(found).toMatchObject({ isSameInterface: true, isSame: false });
  });
});

describe('open sizes', () => {
  it('are compared as formulas', () => {
    const found = comparedBodies('conv 4 3x3 same', 'conv 4 3x3', 'input ?x?x3');
    expect(found.isSame).toBe(false);
    expect(comparedBodies('conv 4 3x3', 'conv 4 3x3', 'input ?x?x3').isSame).toBe(true);
  });
});
