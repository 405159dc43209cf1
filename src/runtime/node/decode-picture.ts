import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { Picture } from '../images/picture.js';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';

/** More pixels than this no image may have: it takes 128 MiB while it is decoded. */
const maximumPixels = 2 ** 25;

/** Decodes a PNG or a JPEG; which one it is, its first bytes say. */
export function decodePicture(name: string, bytes: Uint8Array): Outcome<Picture> {
  if (startsWith(bytes, pngSignature)) return decodePng(name, bytes);
  if (startsWith(bytes, jpegSignature)) return decodeJpeg(name, bytes);
  return refuse(`${name} is neither a PNG nor a JPEG file`);
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];

function decodePng(name: string, bytes: Uint8Array): Outcome<Picture> {
  if (bytes.length < 33) return refuse(`${name} ends within the header of a PNG file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = checkSize(name, view.getUint32(16), view.getUint32(20));
  if (size !== undefined) return size;
  if (bytes[28] === 1) {
    // Its decoder would decompress without a bound.
    return refuse(`${name} is an interlaced PNG file, which isn't read`, 'save it without interlacing');
  }
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    return succeed(onWhite(height, width, data));
  } catch (error) {
    return refuse(`${name} is a broken PNG file: ${reasonOf(error)}`);
  }
}

function decodeJpeg(name: string, bytes: Uint8Array): Outcome<Picture> {
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: maximumPixels / 1e6,
      maxMemoryUsageInMB: 512,
    });
    return checkSize(name, width, height) ?? succeed(onWhite(height, width, data));
  } catch (error) {
    return refuse(`${name} is a broken JPEG file, or too large: ${reasonOf(error)}`);
  }
}

function checkSize(name: string, width: number, height: number): Failure | undefined {
  const size = `${name} is ${String(width)} pixels wide and ${String(height)} high`;
  if (width === 0 || height === 0) return refuse(size);
  if (width * height <= maximumPixels) return undefined;
  return refuse(`${size}: limit ${String(maximumPixels)} pixels, got ${String(width * height)}`);
}

/** Red, green and blue of pixels that may let white through. */
function onWhite(height: number, width: number, data: Uint8Array): Picture {
  const pixels = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const opacity = (data[4 * pixel + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = data[4 * pixel + channel] ?? 0;
      pixels[3 * pixel + channel] = Math.round(255 + (value - 255) * opacity);
    }
  }
  return { height, width, channels: 3, pixels };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((value, place) => bytes[place] === value);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refuse(message: string, help?: string): Failure {
  return failWith(problem('broken-image', message, help));
}
