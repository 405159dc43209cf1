import { complaintOfShape } from '../array-checks.js';
import { readNumbers, type ReadNumbers } from '../number-types.js';
import { readChunks } from './chunks.js';
import { dataspaceAt, datatypeAt } from './datatype.js';
import { take, type Extent } from './extent.js';
import { byteAt, bytesAt, longAt, refuse, refuseNew, shortAt, type Hdf5File } from './file.js';
import { messageTypes, type Message } from './object-header.js';

/** An array of a file. */
export interface Dataset extends ReadNumbers {
  readonly shape: readonly number[];
  readonly type: string;
  /** How many bytes its values take, unpacked. */
  readonly bytes: number;
}

/** Reads a dataset of numbers; nothing where it holds texts or other things, which are no weights. */
export function readDataset(file: Hdf5File, messages: readonly Message[]): Dataset | undefined {
  const find = (type: number): Message | undefined => messages.find((message) => message.type === type);
  if (find(messageTypes.externalFiles) !== undefined)
    refuse('its values lie in other files, which are not opened');
  const [space, kind, layout] = [messageTypes.dataspace, messageTypes.datatype, messageTypes.layout].map(
    find,
  );
  if (space === undefined || kind === undefined || layout === undefined) return undefined;
  const datatype = datatypeAt(file, kind.at);
  const shape = dataspaceAt(file, space.at);
  if (datatype.kind !== 'number' || shape === undefined) return undefined;
  const count = shape.reduce((product, size) => product * BigInt(size), 1n);
  const bytes = count * BigInt(datatype.size);
  if (bytes > 2n ** 31n - 1n) refuse(`it takes ${String(bytes)} bytes, more than ${String(2 ** 31 - 1)}`);
  const extent: Extent = { shape, datatype, bytes: Number(bytes) };
  const complaint = complaintOfShape(shape, datatype.size, extent.bytes);
  if (complaint !== undefined) refuse(`it ${complaint}`);
  const numbers = readValues(file, layout, extent, find(messageTypes.filters));
  return { shape, type: datatype.type, bytes: extent.bytes, ...numbers };
}

/** Data layout message (HDF5 File Format Specification 3.0, IV.A.2.i): compact, in one piece, or in chunks. */
function readValues(
  file: Hdf5File,
  { at }: Message,
  extent: Extent,
  filters: Message | undefined,
): ReadNumbers {
  const version = byteAt(file, at);
  const kind = byteAt(file, at + 1);
  if (version !== 3 && version !== 4)
    return refuse(`its layout has version ${String(version)}, which isn't read`);
  const { type, littleEndian } = extent.datatype;
  if (kind === 0) {
    if (shortAt(file, at + 2) !== extent.bytes)
      refuse('its compact values have another length than its sizes');
    return readNumbers(bytesAt(file, at + 4, extent.bytes), type, littleEndian);
  }
  if (kind === 1) {
    const place = longAt(file, at + 2);
    const length = longAt(file, at + 10);
    if (extent.bytes === 0) return { values: new Float32Array(), rounded: 0 };
    if (place === undefined) return refuse('its values were never written');
    if (length !== extent.bytes)
      refuse(`its sizes take ${String(extent.bytes)} bytes, but ${String(length)} are given`);
    const values = bytesAt(file, place, extent.bytes);
    take(file, place, extent.bytes);
    return readNumbers(values, type, littleEndian);
  }
  if (kind !== 2) return refuse('its values are kept in a way that isn’t read');
  if (version !== 3) return refuseNew('its chunks are listed in a way that isn’t read');
  return readChunks(file, at, extent, filters);
}
