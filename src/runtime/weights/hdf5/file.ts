/** The bytes of an HDF5 file, read with every place checked. What can't be is thrown, and caught where reading begins. */
export interface Hdf5File {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Places of structures that were read: each is read once, so that no circle and no alias makes more of a file than it is. */
  readonly seen: Set<number>;
  /** Stretches of the file that hold values, as `[begin, end)`. */
  readonly taken: [number, number][];
  /** How many bytes of float32 may still be made of chunks, which may be compressed. */
  budget: number;
}

/** What a file is refused for. */
export interface Refusal extends Error {
  readonly refusal: true;
  /** How the file can be written so that it is read. */
  readonly help: string | undefined;
}

/** Refuses the file. */
export function refuse(message: string, help?: string): never {
  throw Object.assign(new Error(message), { refusal: true, help } as const);
}

/** Refuses what only the newest versions of the format have, which the library writes where it is told to. */
export function refuseNew(message: string): never {
  return refuse(
    message,
    'write the file without `libver="latest"`, as Keras does; or as safetensors: `safetensors.numpy.save_file({"name": dataset[()]}, "model.safetensors")`',
  );
}

/** Tells a refusal from a mistake of ours. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'refusal' in error;
}

/** Opens the bytes of a file. */
export function openHdf5(bytes: Uint8Array): Hdf5File {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, seen: new Set(), taken: [], budget: 2 * bytes.length + 32 * 2 ** 20 };
}

/** Bytes at a place, all of which must lie in the file. */
export function bytesAt({ bytes }: Hdf5File, at: number, length: number): Uint8Array {
  if (at + length > bytes.length)
    refuse(
      `something of ${String(length)} bytes begins at byte ${String(at)}, but the file has ${String(bytes.length)}`,
    );
  return bytes.subarray(at, at + length);
}

/** One byte. */
export function byteAt(file: Hdf5File, at: number): number {
  return bytesAt(file, at, 1)[0] ?? 0;
}

/** A whole number of two bytes. */
export function shortAt(file: Hdf5File, at: number): number {
  bytesAt(file, at, 2);
  return file.view.getUint16(at, true);
}

/** A whole number of four bytes. */
export function wordAt(file: Hdf5File, at: number): number {
  bytesAt(file, at, 4);
  return file.view.getUint32(at, true);
}

/** A length or a place of eight bytes; undefined where all bits are set, which means that there is none. */
export function longAt(file: Hdf5File, at: number): number | undefined {
  bytesAt(file, at, 8);
  const value = file.view.getBigUint64(at, true);
  if (value === 2n ** 64n - 1n) return undefined;
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    refuse(`byte ${String(at)} begins a number of ${String(value)}`);
  return Number(value);
}

/** A whole number of 1, 2, 4 or 8 bytes. */
export function numberAt(file: Hdf5File, at: number, width: number): number | undefined {
  if (width === 1) return byteAt(file, at);
  if (width === 2) return shortAt(file, at);
  return width === 4 ? wordAt(file, at) : longAt(file, at);
}

/** A place in the file, which must be one. */
export function placeAt(file: Hdf5File, at: number): number {
  const place = longAt(file, at);
  if (place === undefined || place >= file.bytes.length)
    return refuse(`byte ${String(at)} should name a place in the file, and names ${String(place ?? 'none')}`);
  return place;
}

/** Whether these four letters stand at a place; a structure that begins there is read only once. */
export function expectOnce(file: Hdf5File, at: number, signature: string): void {
  const found = String.fromCharCode(...bytesAt(file, at, 4));
  if (found !== signature) refuse(`${signature} is expected at byte ${String(at)}`);
  once(file, at);
}

/** Notes that a structure is read, which must not have been before. */
export function once(file: Hdf5File, at: number): void {
  if (file.seen.has(at))
    refuse(`what begins at byte ${String(at)} is there under two names, or leads back to itself`);
  file.seen.add(at);
}
