import { succeed, type Outcome } from '../../outcome.js';
import { findNonFinite } from '../array-checks.js';
import { readNumbers, roundingNote } from '../number-types.js';
import { refuseWeights, showText, type Stored, type WeightFile } from '../weight-file.js';
import type { WeightArray } from '../weights.js';
import type { Quantisation, TfjsArray, TfjsGroup } from './manifest.js';

/** Reads the arrays of a group from its bytes, which they must fill exactly. */
export function decodeTfjsGroup(
  group: TfjsGroup,
  bytes: Uint8Array,
): Outcome<Pick<WeightFile, 'weights' | 'stored' | 'notes'>> {
  const { arrays, paths } = group;
  if (bytes.length !== group.bytes) {
    const files = paths.map(showText).join(', ');
    const message = `the arrays of ${files} take ${String(group.bytes)} bytes, but ${String(bytes.length)} are there`;
    return refuseWeights(message);
  }
  const weights = new Map<string, WeightArray>();
  const stored = new Map<string, Stored>();
  const notes: string[] = [];
  let begin = 0;
  for (const array of arrays) {
    const { values, rounded } = readNumbers(bytes.subarray(begin, begin + array.bytes), array.type);
    begin += array.bytes;
    if (array.quantisation !== undefined) dequantise(values, array.quantisation);
    weights.set(array.name, { shape: array.shape, values });
    stored.set(array.name, { type: typeText(array), bytes: array.bytes });
    notes.push(...roundingNote(showText(array.name), array.type, rounded));
  }
  const infinite = findNonFinite(weights);
  return infinite === undefined ? succeed({ weights, stored, notes }) : refuseWeights(infinite);
}

/** In double numbers, rounded once, as TensorFlow.js does it. */
function dequantise(values: Float32Array, { type, scale, min, isWhole }: Quantisation): void {
  if (type === 'float16') return;
  for (let place = 0; place < values.length; place += 1) {
    const value = (values[place] ?? 0) * scale + min;
    values[place] = isWhole ? Math.round(value) : value;
  }
}

function typeText({ type, quantisation }: TfjsArray): string {
  if (quantisation === undefined || quantisation.type === 'float16') return type;
  return `${type} · ${String(quantisation.scale)} + ${String(quantisation.min)}`;
}
