import { decodeUtf8 } from '../text-bytes.js';
import {
  byteAt,
  bytesAt,
  expectOnce,
  longAt,
  numberAt,
  placeAt,
  refuse,
  refuseNew,
  shortAt,
  wordAt,
  type Hdf5File,
} from './file.js';
import { messageTypes, type Message } from './object-header.js';

/** A name in a group and the object that it means. */
export interface Link {
  readonly name: string;
  /** Where the object's header begins. */
  readonly at: number;
}

/** The links of a group, in the order of the file; only those to objects of this file are followed. */
export function linksOf(file: Hdf5File, messages: readonly Message[]): readonly Link[] {
  const links: Link[] = [];
  for (const message of messages) {
    if (message.type === messageTypes.link) links.push(linkAt(file, message));
    if (message.type === messageTypes.linkInfo) refuseHeap(file, message);
    if (message.type !== messageTypes.symbolTable) continue;
    const heap = heapAt(file, placeAt(file, message.at + 8));
    links.push(...symbolsIn(file, placeAt(file, message.at), heap, undefined));
  }
  const names = new Set<string>();
  for (const { name } of links) {
    if (names.has(name)) refuse(`a group has the name \`${name}\` twice`);
    names.add(name);
  }
  return links;
}

/** A group is one that has links, or a place for them. */
export function isGroup(messages: readonly Message[]): boolean {
  const { symbolTable, link, linkInfo } = messageTypes;
  return messages.some(({ type }) => type === symbolTable || type === link || type === linkInfo);
}

/** Link message (HDF5 File Format Specification 3.0, IV.A.2.g). */
function linkAt(file: Hdf5File, { at, length }: Message): Link {
  const flags = byteAt(file, at + 1);
  let place = at + 2;
  const kind = (flags & 8) === 0 ? 0 : byteAt(file, place);
  place += ((flags & 8) === 0 ? 0 : 1) + ((flags & 4) === 0 ? 0 : 8) + ((flags & 16) === 0 ? 0 : 1);
  const width = 2 ** (flags & 3);
  const size = numberAt(file, place, width) ?? length + 1;
  if (size > length) refuse('a link has a name longer than itself');
  const name = nameOf(bytesAt(file, place + width, size));
  if (kind === 64) refuse(`\`${name}\` is a link to another file, which is not opened`);
  if (kind !== 0) refuse(`\`${name}\` is a link to a name, which is not followed`);
  return { name, at: placeAt(file, place + width + size) };
}

/** Many links are kept in a heap of their own by newer libraries. */
function refuseHeap(file: Hdf5File, { at }: Message): void {
  const flags = byteAt(file, at + 1);
  if (longAt(file, at + 2 + ((flags & 1) === 0 ? 0 : 8)) !== undefined)
    refuseNew('a group keeps its links in a heap, which isn’t read');
}

interface Heap {
  readonly begin: number;
  readonly end: number;
}

function heapAt(file: Hdf5File, at: number): Heap {
  expectOnce(file, at, 'HEAP');
  const length = longAt(file, at + 8) ?? 0;
  const begin = placeAt(file, at + 24);
  bytesAt(file, begin, length);
  return { begin, end: begin + length };
}

/** The names below a node of a group's tree (III.A.1 and III.B). */
function* symbolsIn(file: Hdf5File, at: number, heap: Heap, level: number | undefined): Generator<Link> {
  expectOnce(file, at, 'TREE');
  const own = byteAt(file, at + 5);
  if (byteAt(file, at + 4) !== 0 || (level !== undefined && own !== level) || own > 16)
    refuse('a tree of names has a node that doesn’t belong there');
  for (let entry = 0; entry < shortAt(file, at + 6); entry += 1) {
    const child = placeAt(file, at + 24 + 8 + entry * 16);
    if (own > 0) yield* symbolsIn(file, child, heap, own - 1);
    else yield* symbolsOf(file, child, heap);
  }
}

function* symbolsOf(file: Hdf5File, at: number, heap: Heap): Generator<Link> {
  expectOnce(file, at, 'SNOD');
  for (let symbol = 0; symbol < shortAt(file, at + 6); symbol += 1) {
    const entry = at + 8 + symbol * 40;
    const offset = longAt(file, entry) ?? 0;
    const begin = heap.begin + offset;
    if (begin >= heap.end) refuse('a name lies outside of its heap');
    const end = file.bytes.indexOf(0, begin);
    if (end < 0 || end >= heap.end) refuse('a name doesn’t end in its heap');
    const name = nameOf(file.bytes.subarray(begin, end));
    // A link to a name, or to another file, has no object; its cache says so.
    if (wordAt(file, entry + 16) === 2) refuse(`\`${name}\` is a link to a name, which is not followed`);
    yield { name, at: placeAt(file, entry + 8) };
  }
}

function nameOf(bytes: Uint8Array): string {
  const name = decodeUtf8(bytes);
  return name ?? refuse('a name is not UTF-8');
}
