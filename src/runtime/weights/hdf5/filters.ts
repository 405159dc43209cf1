import { byteAt, refuse, shortAt, type Hdf5File } from './file.js';
import type { Message } from './object-header.js';

/** What was done to the bytes of a chunk. */
export type Filter = 'deflate' | 'shuffle' | 'checksum';

const filters: ReadonlyMap<number, Filter> = new Map([
  [1, 'deflate'],
  [2, 'shuffle'],
  [3, 'checksum'],
]);

/** The filters of a pipeline message, in the order in which they were used (HDF5 File Format Specification 3.0, IV.A.2.l). */
export function filtersAt(file: Hdf5File, { at, length }: Message): readonly Filter[] {
  const version = byteAt(file, at);
  if (version !== 1 && version !== 2) refuse(`its filters have version ${String(version)}, which isn't read`);
  const result: Filter[] = [];
  let place = at + (version === 1 ? 8 : 2);
  for (let count = byteAt(file, at + 1); count > 0; count -= 1) {
    if (place + 8 > at + length) refuse('its filters end behind their message');
    const kind = shortAt(file, place);
    const filter = filters.get(kind);
    if (filter === undefined)
      return refuse(`its values are packed by filter ${String(kind)}, which isn't read`);
    result.push(filter);
    // Only the filters of the format itself come this far; version 2 leaves out their names.
    const named = version === 1 ? shortAt(file, place + 2) : 0;
    const parameters = shortAt(file, place + (version === 1 ? 6 : 4));
    const head = version === 1 ? 8 + Math.ceil(named / 8) * 8 : 6;
    const padding = version === 1 && parameters % 2 === 1 ? 4 : 0;
    place += head + 4 * parameters + padding;
  }
  return result;
}
