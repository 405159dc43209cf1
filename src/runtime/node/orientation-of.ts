import readExif from 'exif-reader';
import type { Orientation } from '../images/turn.js';

/** How the camera was held that took a JPEG image; upright where the file doesn't say so, or says what can't be. */
export function orientationOf(bytes: Uint8Array): Orientation {
  const segment = exifSegment(bytes);
  if (segment === undefined) return 1;
  try {
    const written = readExif(Buffer.from(segment)).Image?.Orientation;
    return orientations.find((one) => one === written) ?? 1;
  } catch {
    // The pixels are whole without it.
    return 1;
  }
}

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

const application1 = 0xe1;
const startOfScan = 0xda;

/** The first segment of EXIF before the pixels; that the segments lie in the file is known by then. */
function exifSegment(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let place = 2;
  while (place + 4 <= bytes.length && bytes[place + 1] !== startOfScan) {
    const length = bytes[place + 1] === 0xff ? -1 : view.getUint16(place + 2);
    const content = bytes.subarray(place + 4, place + 2 + Math.max(2, length));
    const isExif = String.fromCharCode(...content.subarray(0, 6)) === 'Exif\0\0';
    if (bytes[place + 1] === application1 && isExif) return content;
    place += 2 + length;
  }
  return undefined;
}
