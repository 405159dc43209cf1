import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import { makeSource, type Source } from '../diagnostics/source.js';
import { notText } from './problems.js';

/** A text out of the bytes of a file, or why they are none. */
export type Decoded =
  | { readonly kind: 'decoded'; readonly source: Source }
  | { readonly kind: 'not-text'; readonly diagnostic: Diagnostic };

/** Reads bytes as UTF-8: a byte order mark is skipped, and whatever is no text gets one message with its offset. */
export function decode(bytes: Uint8Array, name: string): Decoded {
  const why = reasonAgainst(bytes);
  if (why !== undefined) {
    return { kind: 'not-text', diagnostic: report(notText, nowhere(name), { name, ...why }) };
  }
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return { kind: 'decoded', source: makeSource(name, text) };
}

/** Without a text there is no place in it either: the message stands at the beginning of the file. */
function nowhere(name: string): Diagnostic['span'] {
  return { source: makeSource(name, ''), start: 0, end: 0 };
}

interface Reason {
  readonly why: string;
  readonly hint?: string;
}

function reasonAgainst(bytes: Uint8Array): Reason | undefined {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isWide) return { why: 'it is UTF-16', hint: 'save it as UTF-8' };
  const known = signatures.find(({ start }) => start.every((byte, place) => bytes[place] === byte));
  if (known !== undefined) return { why: `it is ${known.what}` };
  const zero = bytes.indexOf(0);
  if (zero >= 0) return { why: `byte ${String(zero)} is 0, which no text has` };
  const broken = firstBrokenByte(bytes);
  return broken === undefined
    ? undefined
    : { why: `byte ${String(broken)} fits no character`, hint: 'save it as UTF-8' };
}

const signatures: readonly { readonly start: readonly number[]; readonly what: string }[] = [
  { start: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { start: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
  { start: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive' },
  { start: [0x1f, 0x8b], what: 'compressed with gzip' },
  { start: [0x89, 0x48, 0x44, 0x46], what: 'an HDF5 file' },
  { start: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
];

/** The offset of the first byte that is no UTF-8 (RFC 3629, §4), one pass over the bytes. */
function firstBrokenByte(bytes: Uint8Array): number | undefined {
  let place = 0;
  while (place < bytes.length) {
    const length = sequenceLength(bytes, place);
    if (length === 0) return place;
    place += length;
  }
  return undefined;
}

function sequenceLength(bytes: Uint8Array, place: number): number {
  const lead = bytes[place] ?? 0;
  if (lead < 0x80) return 1;
  const row = leads.find(({ from, to }) => lead >= from && lead <= to);
  if (row === undefined) return 0;
  const second = bytes[place + 1] ?? 0;
  if (second < row.low || second > row.high) return 0;
  for (let next = 2; next < row.length; next += 1) {
    const byte = bytes[place + next] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return row.length;
}

/** What may follow each first byte: neither overlong forms, nor surrogates, nor anything beyond U+10FFFF. */
const leads = [
  { from: 0xc2, to: 0xdf, low: 0x80, high: 0xbf, length: 2 },
  { from: 0xe0, to: 0xe0, low: 0xa0, high: 0xbf, length: 3 },
  { from: 0xe1, to: 0xec, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xed, to: 0xed, low: 0x80, high: 0x9f, length: 3 },
  { from: 0xee, to: 0xef, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xf0, to: 0xf0, low: 0x90, high: 0xbf, length: 4 },
  { from: 0xf1, to: 0xf3, low: 0x80, high: 0xbf, length: 4 },
  { from: 0xf4, to: 0xf4, low: 0x80, high: 0x8f, length: 4 },
] as const;
