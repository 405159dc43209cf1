import type { WeightArray, Weights } from './weights.js';

/**
 * The weights as a safetensors file: the length of the header, the header as JSON, the values of all arrays. Sorted by name
 * and without anything that changes from day to day, so that the same weights give the same bytes.
 */
export function encodeSafetensors(
  weights: Weights,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  const entries = [...weights].sort(([one], [other]) => compareNames(one, other));
  const header = encodeHeader(entries, metadata);
  const length = entries.reduce((sum, [, { values }]) => sum + values.length * bytesPerValue, 0);
  const bytes = new Uint8Array(lengthBytes + header.length + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, lengthBytes);
  let offset = lengthBytes + header.length;
  for (const [, { values }] of entries) {
    for (const value of values) {
      view.setFloat32(offset, value, true);
      offset += bytesPerValue;
    }
  }
  return bytes;
}

/** How many bytes the length of the header takes. */
export const lengthBytes = 8;

/** Bytes of one float32. */
const bytesPerValue = 4;

/** The key under which the header keeps texts beside the arrays; no array can have this name. */
export const metadataKey = '__metadata__';

function encodeHeader(
  entries: readonly (readonly [string, WeightArray])[],
  metadata: ReadonlyMap<string, string>,
): Uint8Array {
  let offset = 0;
  const fields = metadata.size === 0 ? [] : [`${JSON.stringify(metadataKey)}:${encodeMetadata(metadata)}`];
  for (const [name, { shape, values }] of entries) {
    if (name === metadataKey) throw new Error(`no array of weights can be called ${metadataKey}`);
    const end = offset + values.length * bytesPerValue;
    const sizes = shape.join(',');
    const range = `${String(offset)},${String(end)}`;
    fields.push(`${JSON.stringify(name)}:{"dtype":"F32","shape":[${sizes}],"data_offsets":[${range}]}`);
    offset = end;
  }
  const text = new TextEncoder().encode(`{${fields.join(',')}}`);
  // Spaces up to a multiple of eight, as the format asks for, so that values lie at whole places.
  const header = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  header.set(text);
  return header;
}

function encodeMetadata(metadata: ReadonlyMap<string, string>): string {
  const fields = [...metadata]
    .sort(([one], [other]) => compareNames(one, other))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${fields.join(',')}}`;
}

/** By code units, which no locale changes. */
function compareNames(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
