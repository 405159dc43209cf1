import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { printGraph } from '../../src/compiler/ir/print.js';
import { codesIn, graphOf, graphOfBody, pathsOf, shapeAt } from '../compiler/net.js';

describe('a file', () => {
  it('is read as the table in the paper', () => {
    const graph =
      graphOf(`/// LeNet-5 (LeCun et al., 1998), with the fully connected C3 that later versions use.
model LeNet5<classes = 10> {
  input 32x32x1
  conv 6 5x5 valid tanh
  pool avg 2x2
  conv 16 5x5 valid tanh
  pool avg 2x2
  conv 120 5x5 valid tanh
  flatten
  dense 84 tanh
  dense classes softmax

  assert params == 61_706
  assert macs == 416_520
}
`);
    expect(shapeAt(graph)).toBe('10');
    const { params, macs } = totalOf(figuresOf(graph));
    expect([params, macs]).toEqual([61_706, 416_520]);
  });

  it('ends a statement with a line or `;`, goes on in brackets and behind `->`, and knows comments', () => {
    const graph = graphOf(`// a comment
/* over
   lines */ model M {
  input [
    8, 8,
    4
  ]; conv 2 3x3
  -> relu
  pool max 2x2; flatten
}`);
    expect(pathsOf(graph)).toEqual(['input', 'conv1', 'relu1', 'pool1', 'flatten1']);
  });

  it('may declare things in any order', () => {
    expect(codesIn('model M { input 8x8x1; b<>; conv n 1x1 }\nblock b { relu }\nlet n = 2\n')).toEqual([]);
  });
});

describe('a layer', () => {
  it.each([
    ['conv 64 3x3', '6×6×64'],
    ['conv 64 3x3/2 same relu', '4×4×64'],
    ['conv 64 [1, 7] pad=[0, 3]', '8×8×64'],
    ['conv 256 3x3 groups=4 dilation=2 bias=false init=he_normal l2=1e-4', '4×4×256'],
    ['let filters = 3; conv (4 * filters) 1x1', '8×8×12'],
    ['pool max 3x3/2 same', '4×4×4'],
    ['pool max 3x3', '2×2×4'],
    ['pool max 3x3 ceil=true', '3×3×4'],
    ['gap', '4'],
    ['gap -> dense 1000 softmax', '1000'],
    ['dropout 40%', '8×8×4'],
    ['bn -> relu', '8×8×4'],
    ['dwconv 3x3 multiplier=2', '6×6×8'],
    ['slice channels 0..3', '8×8×3'],
    ['shuffle 2', '8×8×4'],
    ['normalize mean=[0.4, 0.5, 0.6, 0.7] std=0.2', '8×8×4'],
    ['scale init=1e-6', '8×8×4'],
    ['let k = 3; conv 4 kernel=k', '6×6×4'],
    ['conv 4 3x3/2 pad=1', '4×4×4'],
    ['conv 4 3x3 same stride=[2, 1]', '4×8×4'],
  ])('`%s` gives %s', (line, shape) => {
    expect(shapeAt(graphOfBody(line))).toBe(shape);
  });

  it('has the defaults of Keras: `valid`, stride 1, a bias', () => {
    expect(printGraph(graphOfBody('conv 2 3x3'))).toContain(
      'conv1 = conv filters=2 kernel=3 (input) : 6×6×2',
    );
    expect(totalOf(figuresOf(graphOfBody('conv 2 3x3'))).params).toBe(3 * 3 * 4 * 2 + 2);
  });

  it('takes other defaults from `default`, to the end of the braces and not in the blocks that are called', () => {
    const graph = graphOf(`block inner { conv 2 3x3 }
model M {
  input 8x8x4
  if 1 == 1 {
    default conv same bias=false
    conv 2 3x3
    conv 2 3x3 valid bias=true
    inner<>
  }
  conv 2 3x3
}`);
    expect(graph.nodes.map((node) => shapeAt(graph, node.path))).toEqual([
      '8×8×4',
      '8×8×2',
      '6×6×2',
      '4×4×2',
      '2×2×2',
    ]);
    expect(graph.nodes.map(({ weights }) => weights.length)).toEqual([0, 1, 2, 2, 2]);
  });

  it('sets an activation by `default`, which another one at the layer replaces', () => {
    const graph = graphOfBody('default conv relu\nconv 2 1x1\nconv 2 1x1 tanh');
    expect(pathsOf(graph)).toEqual(['input', 'conv1', 'conv1.relu', 'conv2', 'conv2.tanh']);
  });

  it('pads in three ways', () => {
    expect(shapeAt(graphOfBody('conv 1 3x3/2 same', '7x7x1'))).toBe('4×4×1');
    expect(shapeAt(graphOfBody('conv 1 3x3/2 valid', '7x7x1'))).toBe('3×3×1');
    expect(shapeAt(graphOfBody('conv 1 3x3/2 pad=[2, 1]', '7x7x1'))).toBe('5×4×1');
    expect(shapeAt(graphOfBody('pool max 2x2/2 ceil=true', '7x7x1'))).toBe('4×4×1');
  });
});

describe('a number', () => {
  it.each([
    ['1_000 == 1000'],
    ['1e-4 == 1 / 10_000'],
    ['40% == 0.4'],
    ['2.5M == 2_500_000'],
    ['1.5G == 1_500_000_000'],
    ['64KiB == 65536'],
    ['8GiB == 8 * 1024 ^ 3'],
    ['94906267 ^ 2 == 9007199515875289'],
    ['9007199254740993 - 9007199254740992 == 1'],
    ['0.1 + 0.2 == 0.3'],
    ['2 ^ 3 ^ 2 == 512'],
    ['-2 ^ 2 == -4'],
    ['floor(-7 / 2) == -4 and ceil(-7 / 2) == -3 and round(2.5) == 3'],
  ])('is exact: %s', (condition) => {
    expect(codesIn(`model M {\n  input 8x8x1\n  assert ${condition}\n}`)).toEqual([]);
  });
});

describe('open sizes', () => {
  const graph = graphOf('model M {\n  input ?x?x3\n  conv 64 3x3/2 same\n  pool max 2x2/2 same\n}');

  it('are carried as formulas', () => {
    expect(shapeAt(graph, 'conv1')).toBe('⌈h/2⌉ × ⌈w/2⌉ × 64');
    expect(graph.openSizes).toEqual(['h', 'w']);
  });

  it('say what waits for them where a number is needed', () => {
    const text = 'model M {\n  input ?x?x3 as image\n  if image.height > 100 { relu }\n  gap\n}';
    expect(codesIn(text)).toEqual(['needs-size']);
    expect(codesIn(text, { input: '224x224x3' })).toEqual([]);
    expect(codesIn('model M {\n  input ?x?x3\n  flatten\n  dense 10\n}')).toEqual(['open-size-needed']);
  });

  it('let hold what holds for every size', () => {
    expect(
      codesIn(
        'model M {\n  input ?x?x3\n  conv 4 3x3 same\n  assert params == 112\n  assert output.channels == 4\n}',
      ),
    ).toEqual([]);
  });
});
