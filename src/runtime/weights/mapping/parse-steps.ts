import { showText } from '../weight-file.js';
import type { Transformation } from './mapping.js';
import type { Word } from './words.js';

/** What is wrong at a place of a line. */
interface StepMistake {
  readonly column: number;
  readonly message: string;
  readonly help: string;
}

const forms =
  'it is `OIHW->HWIO`, `rows CHW->HWC 512x7x7` or `reshape 3x3x32x1`, several with commas between';

/** Reads what stands behind `as`: transformations with commas between them. `end` is the column behind the line. */
export function parseSteps(
  words: readonly Word[],
  end: number,
): { readonly steps: readonly Transformation[] } | StepMistake {
  const steps: Transformation[] = [];
  const parts = splitAtCommas(words);
  for (const part of parts) {
    const [first] = part;
    if (first === undefined) return { column: end, message: 'a transformation is missing', help: forms };
    const step = parseStep(part.map(({ text }) => text));
    if (step === undefined) {
      const written = part.map(({ text }) => text).join(' ');
      return { column: first.column, message: `${showText(written)} is no transformation`, help: forms };
    }
    steps.push(step);
  }
  return { steps };
}

function splitAtCommas(words: readonly Word[]): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]];
  for (const word of words) {
    const text = word.text.replace(/,$/, '');
    if (text !== '') parts.at(-1)?.push({ ...word, text });
    if (text !== word.text) parts.push([]);
  }
  return parts;
}

function parseStep(words: readonly string[]): Transformation | undefined {
  const [first = '', second = '', third = ''] = words;
  if (first === 'reshape' && words.length === 2) {
    const shape = parseSizes(second);
    return shape === undefined ? undefined : { kind: 'reshape', shape };
  }
  if (first === 'rows' && words.length === 3) {
    const order = parseOrder(second);
    const sizes = parseSizes(third);
    if (order === undefined || sizes?.length !== order.from.length) return undefined;
    return { kind: 'rows', ...order, sizes };
  }
  const order = words.length === 1 ? parseOrder(first) : undefined;
  return order === undefined ? undefined : { kind: 'permute', ...order };
}

/** Two orders of the same letters, none of which stands twice. */
function parseOrder(text: string): { readonly from: string; readonly to: string } | undefined {
  const [, from = '', to = ''] = /^([A-Z]{2,8})->([A-Z]{2,8})$/.exec(text) ?? [];
  const letters = new Set(from);
  if (letters.size < 2 || letters.size !== from.length || from.length !== to.length) return undefined;
  return [...letters].every((letter) => to.includes(letter)) ? { from, to } : undefined;
}

function parseSizes(text: string): readonly number[] | undefined {
  if (!/^\d{1,10}(?:x\d{1,10}){0,7}$/.test(text)) return undefined;
  return text.split('x').map(Number);
}
