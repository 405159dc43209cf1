import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { codesIn, compileText } from '../compiler/net.js';

const small = (assertion: string): string => `model Small {
  input 28x28x1 as image
  conv 6 5x5 same relu as c
  gap
  dense 10 softmax
  assert ${assertion}
}
`;

describe('an assertion', () => {
  it.each([
    'params == 226',
    'params <= 25M and trainable == params',
    'macs == 117_660',
    'flops > 2 * macs',
    'weight_bytes == 4 * params',
    'output == 10',
    'output.channels == 10 and output.shape == [10]',
    'input == 28x28x1 and input.height == 28',
    'memory.inference <= 64KiB',
    'receptive_field >= 5',
    'receptive_field == 5x5',
    'c.channels == 6',
    'c.params == 156 and c.macs == 117_600',
    'image.params == 0',
    'params in [226, 227], "two sizes are known"',
  ])('holds: %s', (assertion) => {
    const { models, diagnostics } = compileText(small(assertion));
    expect(diagnostics).toEqual([]);
    expect(models[0]?.assertions.map(({ passed }) => passed)).toEqual([true]);
  });

  it.each([
    ['params <= 200', 'assertion-failed'],
    ['output == 11', 'assertion-failed'],
    ['params', 'not-a-condition'],
    ['parms == 226', 'unknown-name'],
    ['params.large == 1', 'unknown-member'],
    ['memory.inferense <= 1', 'unknown-member'],
    ['memory <= 1', 'assertion-unknown'],
    ['output.height == 1', 'assertion-unknown'],
    ['params / 0 == 1', 'division-by-zero'],
    ['0 / 0 == 0', 'division-by-zero'],
    ['params == "226"', 'assertion-failed'],
    ['params < "226"', 'wrong-operands'],
    ['1 == 2, "why not"', 'assertion-failed'],
  ])('has one message where it does not: %s', (assertion, code) => {
    const { models, diagnostics } = compileText(small(assertion));
    expect(diagnostics.map((found) => found.code)).toEqual([code]);
    expect(models[0]?.assertions.some(({ passed }) => passed)).toBe(false);
  });

  it('shows both sides, the difference, and who has the largest share', () => {
    expect(renderDiagnostics(compileText(small('params <= 200, "for the watch"')).diagnostics))
      .toBe(`error[assertion-failed]: \`params <= 200\` does not hold: \`params\` is 226, 26 more than 200 (for the watch)
  ┌─ test.cnn:6:3
3 │   conv 6 5x5 same relu as c
  │   ------------------------- \`c\` has 156
5 │   dense 10 softmax
  │   ---------------- \`dense1\` has 70
6 │   assert params <= 200, "for the watch"
  │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`);
  });

  it('keeps both sides as values', () => {
    const [assertion] = compileText(small('params <= 200')).models[0]?.assertions ?? [];
    expect(assertion).toMatchObject({ text: 'params <= 200', actual: 226, limit: 200, passed: false });
  });

  it('in a block is about the block, at every call', () => {
    const text = (limit: number): string =>
      `block unit<n> { conv n 1x1; assert params <= ${String(limit)} and output.channels == n }\nmodel M { input 8x8x4; unit<2>; unit<30> }\n`;
    expect(codesIn(text(100))).toEqual([]);
    const { diagnostics } = compileText(text(50));
    expect(diagnostics.map(({ code, trail }) => [code, trail.map((step) => step.text)])).toEqual([
      ['assertion-failed', ['unit<30>']],
    ]);
  });

  it('never passes because nothing was there', () => {
    const broken = compileText('model M { input 8x8x1; convv 3; assert params == 0; assert macs == 0 }');
    expect(broken.diagnostics.map(({ code }) => code)).toEqual(['unknown-layer']);
    expect(broken.models.flatMap(({ assertions }) => assertions).filter(({ passed }) => passed)).toEqual([]);
    const open = compileText('model M { input ?x?x3; conv 4 3x3; assert macs <= 1G }');
    expect(open.diagnostics.map(({ code }) => code)).toEqual(['needs-size']);
    expect(open.models[0]?.assertions.map(({ passed }) => passed)).toEqual([false]);
  });

  it.each([
    // The image and the result of the convolution, 784 and 4,704 values; weights are 226.
    ['memory.inference', 4 * (784 + 4704)],
    ['memory.inference(dtype=float16)', 2 * (784 + 4704)],
    ['memory.inference(weights=true)', 4 * (784 + 4704 + 226)],
    ['memory.inference(order=best)', 4 * (784 + 4704)],
    // relu writes over what the convolution gave, unless it may not.
    ['memory.inference(inplace=false)', 4 * (4704 + 4704)],
    ['memory.inference(fold=false)', 4 * (784 + 4704)],
    // All that is ever made stays: the image, the convolution's, the mean, what dense gives and the softmax.
    ['memory.inference(free=false)', 4 * (784 + 4704 + 6 + 10 + 10)],
    // Weights, two slots each, the gradients of dense, and of each image itself, its class, what relu gave, and for its
    // gradient the one that arrives, the slope, and their product.
    ['memory.training(batch=32, optimizer=adam)', 4 * (3 * 226 + 70 + 32 * (784 + 1 + 4 * 4704))],
    ['memory.training(batch=32, optimizer=sgd)', 4 * (226 + 70 + 32 * (784 + 1 + 4 * 4704))],
    ['memory.training(batch=1, optimizer=momentum, dtype=float16)', 2 * (2 * 226 + 70 + 784 + 4 * 4704) + 4],
  ])('knows %s', (figure, bytes) => {
    expect(codesIn(small(`${figure} == ${String(bytes)}`))).toEqual([]);
  });

  it.each([
    ['memory.training', '`batch` is a whole number of images'],
    ['memory.training(batch=0, optimizer=adam)', '`batch` is a whole number of images, not the number 0'],
    [
      'memory.training(batch=1, optimizer=adamm)',
      '`optimizer` is one of sgd, momentum, nesterov, adam, adamw, rmsprop, adagrad, not the word `adamm`',
    ],
    ['memory.inference(dtype=float64)', '`dtype` is one of float32, float16, int8, not the word `float64`'],
    [
      'memory.inference(batch=2)',
      '`memory.inference` has no setting `batch`: there are `dtype`, `weights`, `order`, `inplace`, `fold`, `free`',
    ],
    ['memory.inference(weights=1)', '`weights` is true or false, not the number 1'],
    ['memory.inference(inplace=no)', '`inplace` is true or false, not the word `no`'],
  ])('never passes with settings that mean nothing: %s', (figure, why) => {
    const { diagnostics } = compileText(small(`${figure} <= 8GiB`));
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['assertion-unknown', `\`${figure} <= 8GiB\` can’t be evaluated: ${why}`],
    ]);
  });

  it('about a figure stands in an `assert` only', () => {
    expect(codesIn('model M { input 8x8x1; if params > 3 { relu } }')).toEqual(['misplaced']);
    expect(codesIn('model M { input 8x8x1; let params = 3; conv params 1x1; assert params == 3 }')).toEqual(
      [],
    );
  });
});

describe('the figures of a named block', () => {
  it('are those of its layers alone', () => {
    const text = `block pair<n> { conv n 3x3; conv n 3x3 }
model Small {
  input 8x8x1
  pair<2> as stage1
  gap
  dense 3
  assert stage1.params == 58
  assert stage1.macs <= 1
}
`;
    const { models, diagnostics } = compileText(text);
    expect(models[0]?.assertions.map(({ passed, actual }) => [passed, actual])).toEqual([
      [true, 58],
      [false, 1224],
    ]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`stage1.macs <= 1` does not hold: `stage1.macs` is 1,224, 1,223 more than 1',
    ]);
  });

  it('names who has the largest shares of what an assertion asked for, and no other layer', () => {
    const labels = (assertion: string): unknown => {
      const text = `block pair<n> { conv n 3x3 same; conv n 3x3 same }
model Small { input 8x8x1; pair<2> as stage1; pair<4> as stage2; conv 90 3x3 as last; assert ${assertion} }\n`;
      return compileText(text).diagnostics.map(({ related }) => related.map(({ label }) => label));
    };
    const first = ['`stage1.conv2` has 38', '`stage1.conv1` has 20'];
    expect(labels('stage1.params <= 1')).toEqual([first]);
    expect(labels('last.params <= 1')).toEqual([['`last` has 3,330']]);
    const both = ['`stage2.conv2` has 148', '`stage2.conv1` has 76', '`stage1.conv2` has 38'];
    expect(labels('stage1.params + stage2.params <= 1')).toEqual([both]);
    expect(labels('(stage1.params <= 58 and stage2.params <= 1)')).toEqual([both]);
    expect(labels('memory.inference <= 1')).toEqual([['`last` has 12,960', '`stage2.conv2` has 1,024']]);
    expect(labels('memory.training(batch=1, optimizer=sgd) <= 1')).toEqual([[]]);
  });
});
