import { describe, expect, it } from 'vitest';
import { codesIn } from '../compiler/net.js';

const model = (line: string, input = '8x8x4'): string => `model M {\n  input ${input}\n  ${line}\n}\n`;

describe('a size or a count that can’t be', () => {
  it.each([
    ['input', '', '0x8x1', 'wrong-argument'],
    ['input', '', '8x8x9999999999', 'dimension-too-large'],
    ['input', '', '(-1)', 'wrong-argument'],
    ['input', '', '[8, 1.5, 3]', 'wrong-argument'],
    ['conv', 'conv 0 3x3', '8x8x4', 'wrong-argument'],
    ['conv', 'conv (-3) 3x3', '8x8x4', 'wrong-argument'],
    ['conv', 'conv 1.5 3x3', '8x8x4', 'not-whole'],
    ['conv', 'conv 3 0x3', '8x8x4', 'wrong-argument'],
    ['conv', 'conv 3 3x3 stride=0', '8x8x4', 'wrong-argument'],
    ['conv', 'conv 3 9x9', '8x8x4', 'window-too-large'],
    ['conv', 'conv 3 5x5 dilation=2', '8x8x4', 'window-too-large'],
    ['conv', 'conv 4 1x1 groups=3', '8x8x4', 'groups-do-not-divide'],
    ['conv', 'conv 4 3x3 pad=-1', '8x8x4', 'wrong-argument'],
    ['pool', 'pool max 9x9', '8x8x4', 'window-too-large'],
    ['pool', 'pool max 2x2 pad=2', '8x8x4', 'padding-too-large'],
    ['dropout', 'dropout 1.5', '8x8x4', 'wrong-argument'],
    ['flatten', 'flatten', '2000000000x2000000000x4', 'dimension-too-large'],
    ['reshape', 'reshape [1, 1, 1, 1, 1, 1, 1, 1, 256]', '8x8x4', 'rank-too-high'],
    ['slice', 'slice channels 3..9', '8x8x4', 'slice-out-of-range'],
    ['crop', 'crop 4', '8x8x4', 'crop-too-large'],
  ])('has one message: %s, `%s` on %s', (_, line, input, code) => {
    expect(codesIn(model(line, input))).toEqual([code]);
  });

  it('counts on exactly beyond what a double holds', () => {
    const text =
      'model M {\n  input 94906267x94906267x1\n  conv 1 1x1 bias=false\n  assert macs == 9007199515875289\n}\n';
    expect(codesIn(text)).toEqual([]);
    expect(codesIn(text.replace('875289', '875288'))).toEqual(['assertion-failed']);
  });
});
