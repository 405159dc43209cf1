import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { onWhite } from '../images/on-white.js';
import type { Picture } from '../images/picture.js';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { turnPicture } from '../images/turn.js';
import { orientationOf } from './orientation-of.js';
import { readJpegFrame } from './check-jpeg.js';
import { complaintOfPixels, readPngHeader, type PngHeader } from './check-png.js';

/** More pixels than this no image may have: it takes 128 MiB while it is decoded. */
const maximumPixels = 2 ** 25;

/** What decoding a JPEG may take, in MiB: its decoder keeps four bytes for each value. */
const maximumMemory = 512;

/** Decodes a PNG or a JPEG; which one it is, its first bytes say. */
export function decodePicture(name: string, bytes: Uint8Array): Outcome<Picture> {
  const header = checkHeader(name, bytes);
  if (!header.ok) return header;
  const { value } = header;
  return value.kind === 'png' ? decodePng(name, bytes, value.header) : decodeJpeg(name, bytes);
}

/** Says what stands against decoding a file by its header, and that of a JPEG by its end too: its pixels are not looked at. */
export function complaintOfHeader(name: string, bytes: Uint8Array): Failure | undefined {
  const header = checkHeader(name, bytes);
  return header.ok ? undefined : header;
}

type Header = { readonly kind: 'jpeg' } | { readonly kind: 'png'; readonly header: PngHeader };

function checkHeader(name: string, bytes: Uint8Array): Outcome<Header> {
  if (startsWith(bytes, pngSignature)) {
    const header = readPngHeader(bytes);
    if (header === undefined)
      return refuse(`${name} is a broken PNG file: it doesn’t begin with a header that such a file can have`);
    return checkSize(name, header) ?? succeed({ kind: 'png', header });
  }
  if (!startsWith(bytes, jpegSignature)) return refuse(`${name} is neither a PNG nor a JPEG file`);
  const frame = readJpegFrame(bytes);
  if (frame.kind === 'complaint') return refuse(`${name} can’t be read as a JPEG file: ${frame.complaint}`);
  return checkSize(name, frame) ?? checkAmount(name, bytes, frame) ?? succeed({ kind: 'jpeg' });
}

/**
 * A square of 8 × 8 pixels takes a bit or more in a JPEG, and its decoder takes memory for all of them before it reads
 * any.
 */
function checkAmount(
  name: string,
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Failure | undefined {
  const squares = Math.ceil(height / 8) * Math.ceil(width / 8);
  if (squares <= 8 * bytes.length) return undefined;
  const size = `${String(width)} × ${String(height)} pixels`;
  return refuse(
    `${name} can’t be read as a JPEG file: ${size} don’t fit into its ${String(bytes.length)} bytes`,
  );
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];

function decodePng(name: string, bytes: Uint8Array, header: PngHeader): Outcome<Picture> {
  const complaint = complaintOfPixels(bytes, header);
  if (complaint !== undefined) return refuse(`${name} is a broken PNG file: ${complaint}`);
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    return succeed(onWhite({ height, width, data }));
  } catch (error) {
    return refuse(`${name} is a broken PNG file: ${reasonOf(error)}`);
  }
}

function decodeJpeg(name: string, bytes: Uint8Array): Outcome<Picture> {
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      // Nothing of a JPEG lets white through.
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: maximumPixels / 1e6,
      maxMemoryUsageInMB: maximumMemory,
    });
    return succeed(turnPicture({ height, width, channels: 3, pixels: data }, orientationOf(bytes)));
  } catch (error) {
    if (error instanceof Error && error.message.includes('maxMemoryUsageInMB')) {
      return refuse(`${name} takes more than ${String(maximumMemory)} MiB to decode`);
    }
    return refuse(`${name} can’t be read as a JPEG file: its pixels can’t be decoded`);
  }
}

function checkSize(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
): Failure | undefined {
  const size = `${name} is ${String(width)} pixels wide and ${String(height)} high`;
  if (width === 0 || height === 0) return refuse(size);
  if (width * height <= maximumPixels) return undefined;
  return refuse(`${size}: limit ${String(maximumPixels)} pixels, got ${String(width * height)}`);
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((value, place) => bytes[place] === value);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refuse(message: string): Failure {
  return failWith(problem('broken-image', message));
}
