import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PNG } from 'pngjs';
import { onTestFinished } from 'vitest';

/** A folder that is there until the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-data-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes files by their paths below a folder, which are made. */
export function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** An IDX file of bytes. */
export function idx(sizes: readonly number[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + values.length);
  bytes.set([0, 0, 8, sizes.length]);
  sizes.forEach((size, place) => {
    new DataView(bytes.buffer).setUint32(4 + 4 * place, size);
  });
  bytes.set(values, 4 + 4 * sizes.length);
  return bytes;
}

/** A PNG file all of whose pixels have one colour. */
export function png(
  width: number,
  height: number,
  colour: readonly [number, number, number, number?],
): Uint8Array {
  const image = new PNG({ width, height });
  const [red, green, blue, opacity = 255] = colour;
  for (let pixel = 0; pixel < width * height; pixel += 1)
    image.data.set([red, green, blue, opacity], 4 * pixel);
  return PNG.sync.write(image);
}
