import { describe, expect, it } from 'vitest';
import { applyMapping } from '../../../src/runtime/weights/mapping/apply-mapping.js';
import { parseMapping } from '../../../src/runtime/weights/mapping/parse-mapping.js';
import { printMapping } from '../../../src/runtime/weights/mapping/print-mapping.js';
import type { Mapping } from '../../../src/runtime/weights/mapping/mapping.js';
import { fileOf } from './weight-file.js';

describe('a mapping as text', () => {
  it('is read as it is printed, names with spaces and signs included', () => {
    const mapping: Mapping = {
      entries: [
        {
          theirs: 'layer1.0.conv1.weight',
          ours: 'conv1.kernel',
          steps: [{ kind: 'permute', from: 'OIHW', to: 'HWIO' }],
        },
        {
          theirs: 'fc.weight',
          ours: 'dense1.kernel',
          steps: [
            { kind: 'permute', from: 'OI', to: 'IO' },
            { kind: 'rows', from: 'CHW', to: 'HWC', sizes: [512, 7, 7] },
          ],
        },
        { theirs: 'dw', ours: 'dwconv1.kernel', steps: [{ kind: 'reshape', shape: [3, 3, 32, 1] }] },
        { theirs: 'a name, "quoted" # here', ours: '__proto__', steps: [] },
        { theirs: 'ignore', ours: 'as', steps: [] },
        { theirs: '->', ours: 'x:0', steps: [] },
      ],
      ignored: ['*.num_batches_tracked', 'a b'],
    };
    expect(parseMapping('m.map', printMapping(mapping))).toEqual({ ok: true, value: mapping });
  });

  it('may have comments, empty lines, a byte order mark and any line ends', () => {
    const text = '\ufeff# by hand\r\n\r\na -> b # why\n  ignore c\r';
    expect(parseMapping('m.map', text)).toEqual({
      ok: true,
      value: { entries: [{ theirs: 'a', ours: 'b', steps: [] }], ignored: ['c'] },
    });
  });

  it.each([
    ['a = b', '1:3: `->` is expected, but `=` stands there'],
    ['a', '1:2: `->` is expected, but the line ends'],
    ['a ->', '1:5: the name of the model’s array is missing'],
    ['# one\na -> b\na -> c', '3:1: `a` stands in line 2 already'],
    ['a -> b\nc -> b', '2:6: `b` stands in line 1 already'],
    ['a -> b OIHW->HWIO', '1:8: `as` is expected, but `OIHW->HWIO` stands there'],
    ['a -> b as', '1:10: a transformation is missing'],
    ['a -> b as OIHW->HWI', '1:11: `OIHW->HWI` is no transformation'],
    ['a -> b as OIHW->OIHH', '1:11: `OIHW->OIHH` is no transformation'],
    ['a -> b as OI->IO,', '1:18: a transformation is missing'],
    ['a -> b as OI->IO, rows CHW->HWC', '1:19: `rows CHW->HWC` is no transformation'],
    ['a -> b as rows CHW->HWC 7x7', '1:11: `rows CHW->HWC 7x7` is no transformation'],
    ['a -> b as reshape 3x-3', '1:11: `reshape 3x-3` is no transformation'],
    ['ignore', '1:7: the name that is ignored is missing'],
    ['ignore a b', '1:10: `b` is too much behind the name'],
    ['"a -> b', '1:1: a name in quotes doesn’t end, or is no text of JSON'],
  ])('tells where `%s` is wrong', (text, message) => {
    const read = parseMapping('m.map', text);
    expect(read.ok ? [] : read.problems.map((one) => one.message)).toEqual([`m.map:${message}`]);
  });

  it('tells all mistakes at once', () => {
    const read = parseMapping('m.map', 'a\nb\nc');
    expect(read.ok ? 0 : read.problems.length).toBe(3);
  });
});

describe('a mapping of arrays', () => {
  const changed = (shape: readonly number[], how: string): unknown => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length: count }, (_, place) => place);
    const mapped = applyMapping(mappingOf(`a -> b as ${how}`), fileOf({ a: { shape, values } }));
    const array = mapped.ok ? mapped.value.weights.get('b') : undefined;
    return array === undefined ? mapped : [array.shape, [...array.values]];
  };

  it('orders dimensions anew', () => {
    expect(changed([2, 3], 'OI->IO')).toEqual([
      [3, 2],
      [0, 3, 1, 4, 2, 5],
    ]);
    // Two outputs, one input, one row, three columns.
    expect(changed([2, 1, 1, 3], 'OIHW->HWIO')).toEqual([
      [1, 3, 1, 2],
      [0, 3, 1, 4, 2, 5],
    ]);
  });

  it('orders the rows of a kernel behind a flattening', () => {
    // Two channels of 1 × 2 pixels: c0x0 c0x1 c1x0 c1x1 become x0c0 x0c1 x1c0 x1c1.
    expect(changed([4, 1], 'rows CHW->HWC 2x1x2')).toEqual([
      [4, 1],
      [0, 2, 1, 3],
    ]);
  });

  it('gives another shape, after what stands before it', () => {
    expect(changed([4, 1, 1, 1], 'OIHW->HWIO, reshape 1x1x2x2')).toEqual([
      [1, 1, 2, 2],
      [0, 1, 2, 3],
    ]);
  });

  it.each([
    ['OIHW->HWIO', '`a` has 2 sizes, but `OIHW` names 4'],
    ['rows CHW->HWC 2x2x2', '`a` has 2 rows, but 2x2x2 are 8'],
    ['reshape 7', '`a` has 6 values, but 7 are 7'],
  ])('refuses %s where it doesn’t fit', (how, message) => {
    expect(changed([2, 3], how)).toMatchObject({
      ok: false,
      problems: [{ code: 'weights-misshapen', message }],
    });
  });

  it('names what is missing, with the nearest name, and what is neither mapped nor ignored', () => {
    const one = { shape: [1], values: Float32Array.of(1) };
    const file = fileOf({ 'conv.weight': one, 'bn.num_batches_tracked': one, extra: one });
    const read = applyMapping(mappingOf('conv.weigth -> a\nignore *.num_batches_tracked'), file);
    expect(read).toMatchObject({
      ok: false,
      problems: [
        { code: 'weights-missing', help: 'did you mean `conv.weight`?' },
        { code: 'weights-surplus', message: '`conv.weight` of 1 is neither mapped nor ignored' },
        { code: 'weights-surplus', message: '`extra` of 1 is neither mapped nor ignored' },
      ],
    });
  });

  it.each([
    ['a*', 'abc', true],
    ['*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*b*c', 'a.b.b.c', true],
    ['a*a', 'a', false],
    ['*', 'x', true],
    ['b*', 'abc', false],
    ['a*x*c', 'abc', false],
  ])('ignores by `%s`: `%s` is %s', (pattern, name, isIgnored) => {
    const file = fileOf({ [name]: { shape: [1], values: Float32Array.of(1) } });
    expect(applyMapping(mappingOf(`ignore ${pattern}`), file).ok).toBe(isIgnored);
  });
});

function mappingOf(text: string): Mapping {
  const read = parseMapping('m.map', text);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.value;
}
