import { failWith, problem, type Outcome } from '../outcome.js';
import { decodeUtf8 } from '../weights/text-bytes.js';
import type { Mapping } from '../weights/mapping/mapping.js';
import { parseMapping } from '../weights/mapping/parse-mapping.js';
import { readBytes } from './read-bytes.js';

/** No mapping is longer: of a hundred thousand arrays. */
const maximumBytes = 16 * 2 ** 20;

/** Reads a mapping from a text file. */
export function loadMapping(path: string): Outcome<Mapping> {
  const bytes = readBytes(path, maximumBytes);
  if (!bytes.ok) return bytes;
  const text = decodeUtf8(bytes.value);
  if (text !== undefined) return parseMapping(path, text);
  return failWith(problem('broken-mapping', `${path} is no text in UTF-8`));
}
