import { decodeUtf8 } from '../text-bytes.js';
import { dataspaceAt, datatypeAt } from './datatype.js';
import { byteAt, bytesAt, longAt, shortAt, type Hdf5File } from './file.js';
import { messageTypes, type Message } from './object-header.js';

/** The texts of the attribute of this name, where its texts have a fixed length, as Keras lists its layers. */
export function textsOf(file: Hdf5File, messages: readonly Message[], wanted: string): readonly string[] {
  for (const message of messages) {
    if (message.type !== messageTypes.attribute) continue;
    const texts = textsAt(file, message, wanted);
    if (texts !== undefined) return texts;
  }
  return [];
}

/** Whether attributes are kept in a heap, where they are not looked for (HDF5 File Format Specification 3.0, IV.A.2.v). */
export function hasHiddenTexts(file: Hdf5File, messages: readonly Message[]): boolean {
  return messages.some(({ type, at }) => {
    if (type !== messageTypes.attributeInfo) return false;
    const flags = byteAt(file, at + 1);
    return longAt(file, at + 2 + ((flags & 1) === 0 ? 0 : 2)) !== undefined;
  });
}

/** Attribute message (HDF5 File Format Specification 3.0, IV.A.2.m); up to version 1 its parts are padded. */
function textsAt(file: Hdf5File, { at, length }: Message, wanted: string): readonly string[] | undefined {
  const version = byteAt(file, at);
  if (version < 1 || version > 3) return undefined;
  const padded = (size: number): number => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const nameSize = shortAt(file, at + 2);
  const nameAt = at + (version === 3 ? 9 : 8);
  if (decodeUtf8(bytesAt(file, nameAt, nameSize))?.replace(/\0+$/, '') !== wanted) return undefined;
  const typeAt = nameAt + padded(nameSize);
  const spaceAt = typeAt + padded(shortAt(file, at + 4));
  const valueAt = spaceAt + padded(shortAt(file, at + 6));
  const type = datatypeAt(file, typeAt);
  const shape = dataspaceAt(file, spaceAt);
  if (type.kind !== 'text' || shape === undefined) return undefined;
  const count = shape.reduce((product, size) => product * size, 1);
  if (valueAt + count * type.size > at + length) return undefined;
  return Array.from({ length: type.size === 0 ? 0 : count }, (_, place) => {
    const bytes = bytesAt(file, valueAt + place * type.size, type.size);
    return (
      decodeUtf8(bytes)
        ?.replace(/\0[^]*$/, '')
        .trimEnd() ?? ''
    );
  });
}
