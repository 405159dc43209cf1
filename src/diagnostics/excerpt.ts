import stringWidth from 'string-width';
import { escapeForTerminal } from './escape.js';

/** A stretch of one line, counted in UTF-16 units from its beginning, the end excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** As much of a line as fits, the way a terminal shows it. */
export interface Excerpt {
  readonly text: string;
  /** The part of the line that is shown. */
  readonly shown: Stretch;
  /** The columns, counted from 0, that a stretch of the line takes in `text`; at least one. */
  readonly columnsOf: (stretch: Stretch) => Stretch;
}

/** Shows a line whole if it fits into `columns`, else what stands around one place of it; `…` stands for the rest. */
export function excerptOf(line: string, around: number, columns: number): Excerpt {
  const reach = 2 * columns;
  const begin = wholeCharacter(line, Math.max(0, around - reach));
  const end = wholeCharacter(line, Math.min(line.length, around + reach));
  const cells = cellsOf(line.slice(begin, end), begin);
  const isWhole = begin === 0 && end === line.length && widthOf(cells) <= columns;
  const kept = isWhole ? cells : windowAround(cells, around, columns - 2 * ellipsis.length);
  const shown = { from: kept[0]?.from ?? begin, to: kept.at(-1)?.to ?? begin };
  const lead = shown.from > 0 ? ellipsis : '';
  const tail = shown.to < line.length ? ellipsis : '';
  return {
    text: `${lead}${kept.map(({ text }) => text).join('')}${tail}`,
    shown,
    columnsOf: (stretch) => {
      const from = lead.length + widthOf(kept.filter((cell) => cell.to <= stretch.from));
      const to = lead.length + widthOf(kept.filter((cell) => cell.from < stretch.to));
      return { from, to: Math.max(from + 1, to) };
    },
  };
}

const ellipsis = '…';
const tab = '    ';

/** One character as people see it, in the columns that it takes. */
interface Cell extends Stretch {
  readonly text: string;
  readonly width: number;
}

/** What nearly all sources are made of; measuring anything else takes a hundred times as long. */
const plain = /^[ -~]$/;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cellsOf(text: string, begin: number): readonly Cell[] {
  return [...graphemes.segment(text)].map(({ segment, index }) => {
    const from = begin + index;
    if (plain.test(segment)) return { text: segment, width: 1, from, to: from + 1 };
    const visible = escapeForTerminal(segment).replaceAll('\t', tab);
    return { text: visible, width: stringWidth(visible), from, to: from + segment.length };
  });
}

/** A place that doesn't divide the two halves of a character beyond U+FFFF. */
function wholeCharacter(line: string, place: number): number {
  const isHalf = place > 0 && (line.codePointAt(place - 1) ?? 0) > 0xffff;
  return isHalf ? place - 1 : place;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

/** A third of the columns before the place, the rest behind it; what one side doesn't need goes to the other. */
function windowAround(cells: readonly Cell[], around: number, columns: number): readonly Cell[] {
  const found = cells.findIndex(({ to }) => to > around);
  const place = found < 0 ? cells.length : found;
  const before = countWithin(cells.slice(0, place).reverse(), Math.floor(columns / 3));
  const behind = countWithin(cells.slice(place - before), columns);
  const end = place - before + behind;
  return cells.slice(end - countWithin(cells.slice(0, end).reverse(), columns), end);
}

function countWithin(cells: readonly Cell[], columns: number): number {
  let width = 0;
  const over = cells.findIndex((cell) => {
    width += cell.width;
    return width > columns;
  });
  return over < 0 ? cells.length : over;
}
