import {
  byteAt,
  bytesAt,
  expectOnce,
  longAt,
  numberAt,
  once,
  placeAt,
  refuse,
  shortAt,
  wordAt,
  type Hdf5File,
} from './file.js';

/** One message of an object's header: what kind it is, and where its content lies. */
export interface Message {
  readonly type: number;
  readonly at: number;
  readonly length: number;
}

/** The kinds of messages that are read. */
export const messageTypes = {
  dataspace: 0x1,
  linkInfo: 0x2,
  datatype: 0x3,
  link: 0x6,
  externalFiles: 0x7,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** No header has more messages: a thousand attributes or links. */
const maximumMessages = 70_000;

/** A stretch of a header that holds messages. */
interface Block {
  readonly begin: number;
  readonly end: number;
}

/** The messages of an object's header, of version 1 or 2 (HDF5 File Format Specification 3.0, IV.A). */
export function messagesAt(file: Hdf5File, at: number): readonly Message[] {
  const isOld = byteAt(file, at) === 1;
  const first = isOld ? oldBlock(file, at) : newBlock(file, at);
  const order = isOld ? 0 : (byteAt(file, at + 5) & 4) / 2;
  const blocks: Block[] = [first];
  const messages: Message[] = [];
  for (const block of blocks) {
    for (const message of isOld ? oldMessages(file, block) : newMessages(file, block, order)) {
      messages.push(message);
      if (messages.length > maximumMessages) refuse('an object has too many messages');
      if (message.type === messageTypes.continuation) blocks.push(continuedBlock(file, message, isOld));
    }
  }
  return messages;
}

function oldBlock(file: Hdf5File, at: number): Block {
  once(file, at);
  const length = wordAt(file, at + 8);
  bytesAt(file, at + 16, length);
  return { begin: at + 16, end: at + 16 + length };
}

function newBlock(file: Hdf5File, at: number): Block {
  expectOnce(file, at, 'OHDR');
  const version = byteAt(file, at + 4);
  if (version !== 2) refuse(`an object has a header of version ${String(version)}, which isn't read`);
  const flags = byteAt(file, at + 5);
  const sizeAt = at + 6 + ((flags & 0x20) === 0 ? 0 : 16) + ((flags & 0x10) === 0 ? 0 : 4);
  const width = 2 ** (flags & 3);
  const size = numberAt(file, sizeAt, width);
  if (size === undefined) return refuse('an object has a header without a length');
  bytesAt(file, sizeAt + width, size);
  return { begin: sizeAt + width, end: sizeAt + width + size };
}

function continuedBlock(file: Hdf5File, { at }: Message, isOld: boolean): Block {
  const begin = placeAt(file, at);
  const length = longAt(file, at + 8) ?? 0;
  bytesAt(file, begin, length);
  if (isOld) {
    once(file, begin);
    return { begin, end: begin + length };
  }
  expectOnce(file, begin, 'OCHK');
  return { begin: begin + 4, end: begin + length - 4 };
}

function* oldMessages(file: Hdf5File, { begin, end }: Block): Generator<Message> {
  let at = begin;
  while (at + 8 <= end) {
    const message = { type: shortAt(file, at), at: at + 8, length: shortAt(file, at + 2) };
    yield checked(message, end, byteAt(file, at + 4));
    at = message.at + message.length;
  }
}

function* newMessages(file: Hdf5File, { begin, end }: Block, orderBytes: number): Generator<Message> {
  let at = begin;
  const head = 4 + orderBytes;
  while (at + head <= end) {
    const message = { type: byteAt(file, at), at: at + head, length: shortAt(file, at + 1) };
    yield checked(message, end, byteAt(file, at + 3));
    at = message.at + message.length;
  }
}

/** A message that lies in its block, and whose content isn't kept elsewhere. */
function checked(message: Message, end: number, flags: number): Message {
  if (message.at + message.length > end)
    refuse(`a message at byte ${String(message.at)} ends behind its block`);
  const isRead = Object.values(messageTypes).some((type) => type === message.type);
  if (isRead && (flags & 2) !== 0) refuse('an object shares its description with another, which isn’t read');
  return message;
}
