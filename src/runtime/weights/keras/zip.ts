import { inflateSync } from 'fflate';
import { decodeUtf8 } from '../text-bytes.js';
import { showText } from '../weight-file.js';

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its own header begins. */
  readonly at: number;
}

/** What an archive holds, or why it is none. */
export type ZipListing = { readonly entries: readonly ZipEntry[] } | { readonly why: string };

/** No model has more files. */
const maximumEntries = 10_000;

/** Lists an archive by its directory (APPNOTE 6.3.10, §4.3.12 and §4.3.16): plain names, each once, nothing encrypted. */
export function listZip(bytes: Uint8Array): ZipListing {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(bytes, view);
  if (end === undefined) return { why: 'the archive has no directory at its end' };
  const count = view.getUint16(end + 10, true);
  const begin = view.getUint32(end + 16, true);
  if (count > maximumEntries) return { why: `the archive has ${String(count)} files` };
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = begin;
  for (let place = 0; place < count; place += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
      return { why: 'the archive’s directory is broken' };
    const nameSize = view.getUint16(at + 28, true);
    const next = at + 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = next > end ? undefined : decodeUtf8(bytes.subarray(at + 46, at + 46 + nameSize));
    if (name === undefined) return { why: 'the archive’s directory is broken' };
    if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..'))
      return { why: `the archive has a file ${showText(name)}, which leads out of it` };
    if (names.has(name)) return { why: `the archive has the file ${showText(name)} twice` };
    names.add(name);
    if (view.getUint16(at + 8, true) % 2 === 1) return { why: `${showText(name)} is encrypted` };
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return { entries };
}

/** The bytes of a file in an archive, no more than its directory says and than a limit; or why they can't be had. */
export function unzipEntry(bytes: Uint8Array, entry: ZipEntry, limit: number): Uint8Array | string {
  const { name, method, packed, unpacked, at } = entry;
  const shown = showText(name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50)
    return `${shown} has no header in the archive`;
  const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (begin + packed > bytes.length) return `${shown} ends behind the end of the archive`;
  if (unpacked > limit)
    return `${shown} unpacks to ${String(unpacked)} bytes: limit ${String(limit)} for this archive`;
  const content = bytes.subarray(begin, begin + packed);
  if (method === 0) return packed === unpacked ? content : `${shown} has two lengths`;
  if (method !== 8) return `${shown} is packed by method ${String(method)}, which isn't read`;
  try {
    // One byte more than there should be tells when there are more.
    const inflated = inflateSync(content, { out: new Uint8Array(unpacked + 1) });
    return inflated.length === unpacked ? inflated : `${shown} unpacks to another length than is said`;
  } catch {
    return `${shown} can’t be unpacked`;
  }
}

/** The last record of the archive, behind which only a comment may stand. */
function endOfDirectory(bytes: Uint8Array, view: DataView): number | undefined {
  const first = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50 && at + 22 + view.getUint16(at + 20, true) === bytes.length)
      return at;
  }
  return undefined;
}
