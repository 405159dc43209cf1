import { succeed, type Outcome } from '../../outcome.js';
import { findNonFinite } from '../array-checks.js';
import { roundingNote } from '../number-types.js';
import { refuseWeights, showText, type Stored, type WeightFile } from '../weight-file.js';
import type { WeightArray } from '../weights.js';
import { hasHiddenTexts, textsOf } from './attributes.js';
import { readDataset } from './dataset.js';
import { checkOverlaps } from './extent.js';
import { byteAt, isRefusal, longAt, openHdf5, placeAt, refuse, wordAt, type Hdf5File } from './file.js';
import { isGroup, linksOf, type Link } from './links.js';
import { messagesAt, type Message } from './object-header.js';

/** What every HDF5 file begins with. */
const hdf5Signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Groups in groups go no deeper in any model. */
const maximumDepth = 32;

/** No file has more arrays. */
const maximumArrays = 100_000;

/** Where Keras keeps what only training needs. */
const optimizerGroups = ['optimizer_weights', 'optimizer'];

/**
 * Reads the arrays of an HDF5 file by a strict walk of our own: each structure once, each place within the file, no link
 * to names or other files, no value twice, nothing that is a program.
 */
export function decodeHdf5(bytes: Uint8Array): Outcome<WeightFile> {
  const walk: Walk = { file: openHdf5(bytes), weights: new Map(), stored: new Map(), notes: [] };
  try {
    readGroup(walk, messagesAt(walk.file, rootAt(walk.file)), [], []);
    checkOverlaps(walk.file);
  } catch (error) {
    if (isRefusal(error)) return refuseWeights(error.message, error.help);
    throw error;
  }
  const { weights, stored, notes } = walk;
  const infinite = findNonFinite(weights);
  if (infinite !== undefined) return refuseWeights(infinite);
  return succeed({ format: 'HDF5', weights, stored, metadata: new Map(), notes });
}

interface Walk {
  readonly file: Hdf5File;
  readonly weights: Map<string, WeightArray>;
  readonly stored: Map<string, Stored>;
  readonly notes: string[];
}

/** Where the header of the root group begins (HDF5 File Format Specification 3.0, II.A). */
function rootAt(file: Hdf5File): number {
  if (hdf5Signature.some((value, place) => byteAt(file, place) !== value)) refuse('it is no HDF5 file');
  const version = byteAt(file, 8);
  if (version > 3) refuse(`the file is of version ${String(version)}, which isn't read`);
  const isOld = version < 2;
  const [offsets, lengths] = isOld ? [13, 14] : [9, 10];
  if (byteAt(file, offsets) !== 8 || byteAt(file, lengths) !== 8)
    refuse('the file writes places in fewer or more than 8 bytes, which isn’t read');
  const baseAt = isOld ? 24 + 4 * version : 12;
  if (longAt(file, baseAt) !== 0) refuse('the file begins within another, which isn’t read');
  if (!isOld) return placeAt(file, 36);
  if (wordAt(file, baseAt + 32 + 16) > 1) refuse('the root of the file is a link');
  return placeAt(file, baseAt + 32 + 8);
}

function readGroup(
  walk: Walk,
  messages: readonly Message[],
  path: readonly string[],
  above: readonly string[],
): void {
  const { file } = walk;
  if (path.length > maximumDepth) refuse('groups are nested too deep');
  const named = [...textsOf(file, messages, 'layer_names'), ...textsOf(file, messages, 'weight_names')];
  const order = named.length > 0 ? named : above;
  if (hasHiddenTexts(file, messages)) {
    const name = path.length === 0 ? 'the file' : showText(path.join('/'));
    walk.notes.push(
      `${name} keeps its attributes in a heap, which isn’t read: its layers have the order of their names`,
    );
  }
  for (const { name, at } of inOrder(linksOf(file, messages), order)) {
    if (path.length === 0 && optimizerGroups.includes(name)) {
      walk.notes.push(`${name} holds the state of an optimizer, which is left aside`);
      continue;
    }
    const own = [...path, name];
    const inside = messagesAt(file, at);
    if (isGroup(inside)) readGroup(walk, inside, own, order);
    else readArray(walk, inside, own.join('/'));
  }
}

function readArray({ file, weights, stored, notes }: Walk, messages: readonly Message[], name: string): void {
  const dataset = readNamed(file, messages, name);
  if (dataset === undefined) return;
  if (weights.has(name)) refuse(`${showText(name)} is there twice`);
  if (weights.size >= maximumArrays) refuse(`the file has more than ${String(maximumArrays)} arrays`);
  const { shape, values, type, bytes, rounded } = dataset;
  weights.set(name, { shape, values });
  stored.set(name, { type, bytes });
  notes.push(...roundingNote(showText(name), type, rounded));
}

function readNamed(
  file: Hdf5File,
  messages: readonly Message[],
  name: string,
): ReturnType<typeof readDataset> {
  try {
    return readDataset(file, messages);
  } catch (error) {
    if (isRefusal(error)) refuse(`${showText(name)}: ${error.message}`, error.help);
    throw error;
  }
}

/** Layers as Keras lists them, since a group itself has its names in alphabetical order; what isn't listed stays behind. */
function inOrder(links: readonly Link[], order: readonly string[]): readonly Link[] {
  const places = new Map<string, number>();
  for (const [place, name] of order.entries()) {
    const [first = name] = name.split('/');
    if (!places.has(first)) places.set(first, place);
  }
  const placeOf = ({ name }: Link): number => places.get(name) ?? order.length;
  return links.toSorted((one, other) => placeOf(one) - placeOf(other));
}
