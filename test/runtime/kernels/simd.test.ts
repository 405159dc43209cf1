import { backend, memory, tensor, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { simdOf } from '../../../src/runtime/kernels/simd-of.js';
import { signed, unsigned } from '../../../src/runtime/kernels/simd/leb128.js';
import { open } from '../engines.js';
import { distance, random, type Values } from './call.js';

describe('numbers in LEB128', () => {
  it('are those of the specification', () => {
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
  });

  it.each([
    { value: 0, bytes: [0] },
    { value: 63, bytes: [0x3f] },
    { value: 64, bytes: [0xc0, 0x00] },
    { value: -64, bytes: [0x40] },
    { value: -65, bytes: [0xbf, 0x7f] },
  ])('with a sign: $value', ({ value, bytes }) => {
    expect(signed(value)).toEqual(bytes);
  });

  it('without a sign begin a second byte at 128', () => {
    expect([unsigned(127), unsigned(128), unsigned(16_383), unsigned(16_384)]).toEqual([
      [0x7f],
      [0x80, 0x01],
      [0xff, 0x7f],
      [0x80, 0x80, 0x01],
    ]);
  });
});

describe('sums of products of vectors', () => {
  beforeAll(() => open('wasm'));

  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 20];

  it.each(sizes)('are exact for %i inputs and any number of outputs', (inputs) => {
    for (const outputs of sizes) {
      const given = { inputs, outputs, rows: 2, positions: 3 };
      expect(distance(accumulated(given), expected(given))).toBeLessThan(1e-6);
    }
  });

  it.each([
    { rows: 0, positions: 3 },
    { rows: 3, positions: 0 },
  ])('stay as they are for $rows rows of $positions positions', (lengths) => {
    const given = { inputs: 4, outputs: 9, ...lengths };
    expect(distance(accumulated(given), { shape: [4, 9], values: random([4, 9], 3).values })).toBe(0);
  });

  it('go on being right when the memory has grown', () => {
    const given = { inputs: 5, outputs: 10, rows: 1, positions: 6 };
    const before = accumulated(given);
    const large = zeros([64, 1024, 1024]);
    expect(distance(accumulated(given), before)).toBe(0);
    large.dispose();
    expect(memory().numTensors).toBe(0);
  });
});

interface Given {
  readonly inputs: number;
  readonly outputs: number;
  readonly rows: number;
  readonly positions: number;
}

/** Two floats lie unused between two positions, and three between two rows. */
function steps({ inputs, outputs, positions }: Given) {
  const [xStep, dyStep] = [inputs + 2, outputs + 2];
  return { xStep, dyStep, xRow: positions * xStep + 3, dyRow: positions * dyStep + 3 };
}

function operands(given: Given): readonly [Values, Values, Values] {
  const { rows, inputs, outputs } = given;
  const { xRow, dyRow } = steps(given);
  return [random([rows * xRow + 1], 1), random([rows * dyRow + 1], 2), random([inputs, outputs], 3)];
}

function accumulated(given: Given): Values {
  const wasm = backend();
  if (!(wasm instanceof BackendWasm)) throw new Error('not on WebAssembly');
  const { rows, positions, inputs, outputs } = given;
  const { xStep, dyStep, xRow, dyRow } = steps(given);
  const tensors = operands(given).map(({ values, shape }) => tensor(values, [...shape]));
  const addresses = tensors.map((each: Tensor) => wasm.getMemoryOffset(each.dataId));
  simdOf(wasm).accumulate(
    ...addresses,
    ...[rows, 4 * xRow, 4 * dyRow, positions, 4 * xStep, 4 * dyStep, inputs, outputs],
  );
  const values = tensors[2]?.dataSync<'float32'>() ?? new Float32Array();
  for (const each of tensors) each.dispose();
  return { shape: [inputs, outputs], values };
}

function expected(given: Given): Values {
  const { rows, positions, inputs, outputs } = given;
  const { xStep, dyStep, xRow, dyRow } = steps(given);
  const [x, dy, before] = operands(given);
  const values = Float32Array.from(before.values, (start, place) => {
    const [input, output] = [Math.floor(place / outputs), place % outputs];
    let sum = start;
    for (let row = 0; row < rows; row += 1) {
      for (let position = 0; position < positions; position += 1) {
        const seen = x.values[row * xRow + position * xStep + input] ?? Number.NaN;
        sum += seen * (dy.values[row * dyRow + position * dyStep + output] ?? Number.NaN);
      }
    }
    return sum;
  });
  return { shape: [inputs, outputs], values };
}
