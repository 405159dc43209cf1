import type { Picture } from '../images/picture.js';
import type { Outcome } from '../outcome.js';
import { decodePicture } from './decode-picture.js';
import { readBytes } from './read-bytes.js';

/** No image file may be larger. */
const maximumBytes = 64 * 2 ** 20;

/** Reads a PNG or JPEG file. */
export function loadPicture(path: string): Outcome<Picture> {
  const bytes = readPictureFile(path);
  return bytes.ok ? decodePicture(path, bytes.value) : bytes;
}

/** Reads the bytes of such a file. */
export function readPictureFile(path: string): Outcome<Uint8Array> {
  return readBytes(path, maximumBytes);
}
