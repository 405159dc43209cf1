import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { File, ready, type Group } from 'h5wasm/node';

/**
 * An HDF5 file that the reference library writes, through its build for WebAssembly; in the oldest format that will do, as
 * Keras has it, or in the newest.
 */
export async function hdf5File(
  fill: (root: Group) => void,
  libver: 'earliest' | 'latest' = 'earliest',
): Promise<Uint8Array> {
  await ready;
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-hdf5-'));
  try {
    const path = join(folder, 'file.h5');
    const file = new File(path, 'w', { libver: libver === 'earliest' ? ['earliest', 'latest'] : 'latest' });
    fill(file);
    file.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A model as Keras 2 saves it: two layers, listed in the order in which they compute. */
export function kerasModel(): Promise<Uint8Array> {
  return hdf5File((root) => {
    const top = root.create_group('model_weights');
    top.create_attribute('layer_names', ['second', 'first'], [2], 'S6');
    root.create_group('optimizer_weights').create_dataset({ name: 'rate', data: Float32Array.of(1) });
    for (const [layer, start] of [
      ['first', 10],
      ['second', 20],
    ] as const) {
      const group = top.create_group(layer).create_group(layer);
      group.create_dataset({
        name: 'kernel:0',
        data: Float32Array.from({ length: 6 }, (_, place) => start + place),
        shape: [2, 3],
      });
      group.create_dataset({ name: 'bias:0', data: Float32Array.of(start, -start, 0.5) });
    }
  });
}

/** A copy with other bytes at a place. */
export function patched(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

/** Where bytes or letters first stand, from a place on. */
export function placeOf(bytes: Uint8Array, wanted: string | readonly number[], from = 0): number {
  const pattern = typeof wanted === 'string' ? Array.from(wanted, (letter) => letter.charCodeAt(0)) : wanted;
  for (let at = from; at + pattern.length <= bytes.length; at += 1) {
    if (pattern.every((value, place) => bytes[at + place] === value)) return at;
  }
  throw new Error(`${String(wanted)} is not in the file`);
}
