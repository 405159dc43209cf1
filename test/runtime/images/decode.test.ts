import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../src/runtime/node/decode-picture.js';
import { loadPicture } from '../../../src/runtime/node/load-picture.js';
import { png, temporaryFolder, writeFiles } from '../data/files.js';

describe('decodePicture', () => {
  it('reads a PNG, what is transparent in front of white', () => {
    expect(decodePicture('a.png', png(1, 1, [200, 100, 0]))).toEqual({
      ok: true,
      value: { height: 1, width: 1, channels: 3, pixels: Uint8Array.of(200, 100, 0) },
    });
    const clear = decodePicture('a.png', png(1, 1, [0, 0, 0, 51]));
    expect(clear.ok && [...clear.value.pixels]).toEqual([204, 204, 204]);
  });

  it('reads a grey PNG and one of 16 bits', () => {
    const image = new PNG({ width: 2, height: 1 });
    image.data.set([9, 9, 9, 255, 250, 250, 250, 255]);
    const bytes = PNG.sync.write(image, { colorType: 0 });
    const read = decodePicture('a.png', bytes);
    expect(read.ok && [...read.value.pixels]).toEqual([9, 9, 9, 250, 250, 250]);
    const deep = decodePicture(
      'a.png',
      PNG.sync.write(image, { colorType: 2, bitDepth: 16, inputHasAlpha: true }),
    );
    expect(deep.ok).toBe(true);
  });

  it('reads a JPEG', () => {
    const { data } = jpeg.encode({ width: 8, height: 4, data: new Uint8Array(128).fill(120) }, 100);
    const read = decodePicture('a.jpg', data);
    expect(read.ok && [read.value.height, read.value.width]).toEqual([4, 8]);
    expect(read.ok && Math.abs((read.value.pixels[0] ?? 0) - 120) < 3).toBe(true);
  });

  const fine = png(3, 3, [1, 2, 3]);
  const withBytes = (place: number, ...values: number[]): Uint8Array => {
    const changed = Uint8Array.from(fine);
    changed.set(values, place);
    return changed;
  };

  it.each([
    ['text', new TextEncoder().encode('hello'), 'neither a PNG nor a JPEG'],
    ['nothing', new Uint8Array(), 'neither a PNG nor a JPEG'],
    ['a PNG that ends within its header', fine.subarray(0, 20), 'header'],
    ['a PNG that ends within its pixels', fine.subarray(0, 45), 'broken PNG'],
    ['a PNG with a wrong checksum', withBytes(45, 0xff), 'broken PNG'],
    ['a PNG of no width', withBytes(16, 0, 0, 0, 0), 'is 0 pixels wide'],
    [
      'a PNG of 2^32 pixels, before anything is allocated',
      withBytes(16, 0, 1, 0, 0, 0, 1, 0, 0),
      'limit 33554432 pixels, got 4294967296',
    ],
    ['a JPEG of three bytes', Uint8Array.of(0xff, 0xd8, 0xff), 'as a JPEG file'],
  ])('refuses %s', (_, bytes, why) => {
    const read = decodePicture('a', bytes);
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'broken-image' }] });
    expect(read.ok ? '' : read.problems[0]?.message).toContain(why);
  });

  it('never throws, whatever was changed in a file', () => {
    const { data } = jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256).fill(90) }, 50);
    fc.assert(
      fc.property(fc.boolean(), fc.nat(), fc.nat(255), fc.nat(3), (isPng, where, value, cut) => {
        const bytes = Uint8Array.from(isPng ? fine : data);
        bytes[where % bytes.length] = value;
        const read = decodePicture('a', cut === 0 ? bytes.subarray(0, where % bytes.length) : bytes);
        expect(read.ok || read.problems.length === 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('loadPicture', () => {
  it('names the file that it can’t read', () => {
    const folder = writeFiles(temporaryFolder(), { 'a.png': 'text' });
    const why = (path: string): string | undefined => {
      const read = loadPicture(path);
      return read.ok ? undefined : read.problems[0]?.message;
    };
    expect(why(join(folder, 'a.png'))).toBe(`${join(folder, 'a.png')} is neither a PNG nor a JPEG file`);
    expect(why(join(folder, 'b.png'))).toBe(`can't read ${join(folder, 'b.png')}: no such file or folder`);
    expect(why(folder)).toBe(`can't read ${folder}: it is no regular file`);
  });
});
