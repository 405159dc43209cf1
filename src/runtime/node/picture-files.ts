import { createHash } from 'node:crypto';
import { heldExamples, type Examples } from '../data/data-set.js';
import { fitPicture } from '../images/fit.js';
import { pictureBytes } from '../images/picture.js';
import { failWith, problem, succeed, type Failure, type Outcome, type RuntimeProblem } from '../outcome.js';
import { complaintOfHeader, decodePicture } from './decode-picture.js';
import type { Target } from './load-idx.js';
import { loadPicture, readPictureFile } from './load-picture.js';

/** A PNG or JPEG file and its class. */
export interface PictureFile {
  readonly path: string;
  readonly label: number;
}

/** Reads all pictures in the size that a model takes, and holds them in memory; every one that can't be read is named. */
export function holdPictures(files: readonly PictureFile[], target: Target): Outcome<Examples> {
  const { shape, fit } = target;
  const size = pictureBytes(shape);
  const pixels = new Uint8Array(files.length * size);
  const problems = files.flatMap(({ path }, index): readonly RuntimeProblem[] => {
    const picture = loadPicture(path);
    if (!picture.ok) return picture.problems;
    pixels.set(fitPicture(picture.value, shape, fit).pixels, index * size);
    return [];
  });
  return problems.length === 0
    ? succeed(heldExamples(shape, pixels, labelsOf(files)))
    : failWith(...problems);
}

/**
 * Reads pictures as they are needed. Their files are read once before, for their headers and digests; what has another
 * digest later is refused. The first ones that are decoded are held, as far as the bytes suffice: of shuffled images, which
 * all come once in an epoch, any others would be as good.
 */
export function followPictures(
  files: readonly PictureFile[],
  target: Target,
  heldBytes: number,
): Outcome<Examples> {
  const checked = digestsOf(files);
  if (!checked.ok) return checked;
  const digests = checked.value;
  const identityOf = (index: number): Uint8Array =>
    digests.subarray(index * digestBytes, (index + 1) * digestBytes);
  const mostHeld = Math.floor(heldBytes / pictureBytes(target.shape));
  const held = new Map<number, Uint8Array>();
  const pixelsOf = (index: number): Outcome<Uint8Array> => {
    const known = held.get(index);
    if (known !== undefined) return succeed(known);
    const pixels = readAgain(files[index]?.path ?? '', identityOf(index), target);
    if (pixels.ok && held.size < mostHeld) held.set(index, pixels.value);
    return pixels;
  };
  return succeed({ ...target.shape, count: files.length, labels: labelsOf(files), pixelsOf, identityOf });
}

/** One after the other, the SHA-256 of each file. */
function digestsOf(files: readonly PictureFile[]): Outcome<Uint8Array> {
  const digests = new Uint8Array(files.length * digestBytes);
  const problems = files.flatMap(({ path }, index): readonly RuntimeProblem[] => {
    const bytes = readPictureFile(path);
    const complaint = bytes.ok ? complaintOfHeader(path, bytes.value) : bytes;
    if (complaint !== undefined) return complaint.problems;
    if (bytes.ok) digests.set(digestOf(bytes.value), index * digestBytes);
    return [];
  });
  return problems.length === 0 ? succeed(digests) : failWith(...problems);
}

function readAgain(path: string, digest: Uint8Array, { shape, fit }: Target): Outcome<Uint8Array> {
  const bytes = readPictureFile(path);
  if (!bytes.ok) return bytes;
  if (digestOf(bytes.value).compare(digest) !== 0) return changed(path);
  const picture = decodePicture(path, bytes.value);
  return picture.ok ? succeed(fitPicture(picture.value, shape, fit).pixels) : picture;
}

function changed(path: string): Failure {
  return failWith(
    problem(
      'data-changed',
      `${path} is another picture than when the data set was opened`,
      'leave the pictures of a data set as they are while it is read',
    ),
  );
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

const digestBytes = 32;

function labelsOf(files: readonly PictureFile[]): Int32Array {
  return Int32Array.from(files, ({ label }) => label);
}
