import { describe, expect, it } from 'vitest';
import { adviceProblems } from '../../src/compiler/advise/problems.js';
import { compileText } from '../compiler/net.js';

const advice = new Set(adviceProblems.map(({ code }) => code));

/** The advice on a model with this body, each with its line in the body. */
function adviceOn(body: string, input = '32x32x8'): readonly string[] {
  const { diagnostics } = compileText(`model Test {\n  input ${input}\n${body}\n}\n`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return diagnostics.filter(({ code }) => advice.has(code)).map(({ code, message }) => `${code}: ${message}`);
}

describe('two activations in a row', () => {
  it('are one too many, also where one stands in the line of a layer', () => {
    expect(adviceOn('conv 8 3x3 relu\nsigmoid')).toEqual([
      'repeated-activation: `sigmoid` follows another activation, `relu`',
    ]);
  });

  it('are none where the tensor between them is read elsewhere too', () => {
    expect(adviceOn('conv 8 3x3 relu\nmul {\n| identity\n| sigmoid\n}')).toEqual([]);
  });
});

describe('a bias before batch normalisation', () => {
  it('is told of with the number of its weights', () => {
    expect(adviceOn('dense 1000\nbn', '16')).toEqual([
      'bias-before-batch-norm: the 1,000 biases of this `dense` are taken away again by the `bn` behind it',
    ]);
  });

  it('is needed where an activation or another reader stands between', () => {
    expect(adviceOn('conv 8 3x3 relu\nbn')).toEqual([]);
    expect(adviceOn('conv 8 3x3 as c\nadd {\n| bn\n| identity\n}')).toEqual([]);
  });
});

describe('dropout before batch normalisation', () => {
  it('is told of through convolutions, activations and views', () => {
    expect(adviceOn('dropout 50%\nconv 8 3x3 relu\nflatten\nbn')).toEqual([
      'dropout-before-batch-norm: this dropout stands before a batch normalisation, `bn1`',
    ]);
  });

  it('is none behind the last one, at a rate of 0, or where a mean over the image lies between', () => {
    expect(adviceOn('bn\ndropout 50%')).toEqual([]);
    expect(adviceOn('repeat 1 { dropout 0 }\nbn')).toEqual([]);
    expect(adviceOn('dropout 50%\ngap\nbn')).toEqual([]);
  });
});

describe('pixels that nothing sees', () => {
  it.each([
    ['conv 8 1x1/2', 'a stride of 2 over a kernel of 1 never sees 3 of 4 pixels'],
    ['pool max 2x2/3', 'a stride of 3 over a kernel of 2 never sees 5 of 9 pixels'],
    ['conv 8 [3, 1] stride=2', 'a stride of 2 over a kernel of 3x1 never sees 1 of 2 pixels'],
    // Cells 0 and 2 of a period of 2 are the same rows.
    ['conv 8 2x2/2 dilation=2', 'a stride of 2 over a kernel of 2 never sees 3 of 4 pixels'],
  ])('%s', (line, message) => {
    expect(adviceOn(line)).toEqual([`unseen-pixels: ${message}`]);
  });

  it('are none where another reader of the tensor sees them, or where the window stands at one place only', () => {
    expect(adviceOn('add {\n| conv 8 1x1/2\n| conv 8 3x3/2 pad=1\n}')).toEqual([]);
    expect(
      adviceOn(
        'identity as whole\nconv 8 1x1/2 as c\nfrom whole { gap; output pooled }\nfrom c { gap; output other }',
      ),
    ).toEqual([]);
    expect(adviceOn('conv 8 30x30/32 pad=0')).toEqual([]);
  });

  it('are seen where two readers share them between each other', () => {
    const other = (pad: number) =>
      adviceOn(
        `identity as whole\nconv 8 1x1/2 as c\ngap\nfrom whole { conv 8 1x1/2 pad=${String(pad)} -> gap; output other }`,
      );
    expect(other(0)).toHaveLength(1);
    expect(other(1)).toEqual([]);
  });
});

describe('`same`', () => {
  it('is lopsided around an even kernel that moves by one pixel, dilated or not', () => {
    expect(adviceOn('conv 8 4x4 same')).toHaveLength(1);
    expect(adviceOn('conv 8 2x2 same dilation=2')).toEqual([]);
    expect(adviceOn('conv 8 4x4/2 same')).toEqual([]);
    expect(adviceOn('conv 8 4x4 pad=[1, 2, 1, 2]')).toEqual([]);
  });
});

describe('a layer without effect', () => {
  it.each([
    'dropout 0',
    'pad 0',
    'crop 0',
    'pool avg 1x1',
    'upsample 1',
    'shuffle 1',
    'reshape 32x32x8',
    'slice channels 0..8',
  ])('is told of: %s', (line) => {
    expect(adviceOn(line)).toEqual([
      `idle-layer: this \`${/\w+/.exec(line)?.[0] ?? ''}\` gives exactly what arrives at it`,
    ]);
  });

  it('is none that does something, nor one in a loop, where an argument may be 1 at times', () => {
    for (const line of [
      'dropout 1%',
      'pad 1',
      'upsample 2',
      'shuffle 2',
      'slice channels 0..4',
      'pool max 1x1/2',
    ])
      expect(adviceOn(line).filter((text) => text.startsWith('idle'))).toEqual([]);
    expect(adviceOn('repeat 2 as i { upsample (i + 1) }')).toEqual([]);
  });
});

describe('groups', () => {
  it('that fill no whole number of lanes are told of, channels before filters', () => {
    expect(adviceOn('conv 24 3x3 groups=4')).toEqual([
      'ragged-groups: each of 4 groups has 2 channels, and processors take 4 at once: 2 of 4 places stay empty',
    ]);
    expect(adviceOn('conv 12 3x3 groups=2')).toEqual([
      'ragged-groups: each of 2 groups has 6 filters, and processors take 4 at once: 2 of 8 places stay empty',
    ]);
  });

  it('of one channel are a depthwise convolution, which goes over places', () => {
    expect(adviceOn('conv 8 3x3 groups=8')).toEqual([]);
    expect(adviceOn('conv 64 3x3 groups=2')).toEqual([]);
  });
});

describe('branches', () => {
  it('whose places lie a step apart are misaligned; half a step is what `same` does', () => {
    expect(adviceOn('concat {\n| conv 8 5x5\n| crop [4, 0, 4, 0]\n}')).toEqual([
      'misaligned-branches: `concat` joins branches whose places lie 2 pixels of the image apart along its height',
    ]);
    expect(adviceOn('concat {\n| conv 8 5x5\n| crop [2, 2, 4, 0]\n}')).toEqual([
      'misaligned-branches: `concat` joins branches whose places lie 2 pixels of the image apart along its width',
    ]);
    expect(adviceOn('concat {\n| conv 8 5x5\n| crop 2\n}')).toEqual([]);
    expect(adviceOn('add {\n| conv 8 3x3/2 same\n| conv 8 1x1/2 same\n}')).toEqual([]);
  });

  it('of a gate see the whole image, which is aligned with everything', () => {
    expect(adviceOn('mul {\n| crop [4, 0, 4, 0]\n| gap -> dense 8 sigmoid\n}')).toEqual([]);
  });
});

describe('a receptive field', () => {
  it('of many times the image is told of once, at the first layer that exceeds it', () => {
    const body = 'repeat 6 { conv 8 3x3/2 same }\nconv 8 3x3 same\nconv 8 3x3 same\ngap';
    expect(adviceOn(body, '8x8x8')).toEqual([
      'field-exceeds-image: one place here looks at 255 pixels, more than 16 times the 8 of the image',
    ]);
    expect(adviceOn(body, '16x16x8')).toEqual([
      'field-exceeds-image: one place here looks at 383 pixels, more than 16 times the 16 of the image',
    ]);
    expect(adviceOn(body, '32x32x8')).toEqual([]);
    expect(adviceOn(body, '?x?x8')).toEqual([]);
  });
});

describe('advice on the standard library', () => {
  it('is given at the call, and shows the line that it is about', () => {
    const { diagnostics } = compileText(
      'import { bottleneck } from "std/blocks"\nmodel Test {\n  input 8x8x8\n  bottleneck<8, stride = 2, stride_first = true>\n}\n',
    );
    expect(diagnostics.map(({ code, span }) => [code, span.source.name])).toEqual([
      ['unseen-pixels', 'test.cnn'],
    ]);
    expect(diagnostics[0]?.related.map(({ label, span }) => [span.source.name, label])).toEqual([
      ['std/blocks.cnn', 'here'],
      ['std/blocks.cnn', 'reads the same tensor, at the same places'],
    ]);
  });
});
