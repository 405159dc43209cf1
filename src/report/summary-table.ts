import { shapeText } from '../compiler/ops/shape.js';
import type { ReceptiveField } from '../compiler/analyse/receptive-field.js';
import type { Column } from './columns.js';
import { bytesText, countText, pairText, shareText } from './quantities.js';
import { rowsOf, type Row } from './rows.js';
import type { Summary } from './summary.js';

/** The columns of the table of a model, for text and for markdown. */
export const summaryColumns: readonly Column[] = [
  { title: 'layer', align: 'left' },
  { title: 'as written', align: 'left' },
  { title: 'output', align: 'left' },
  { title: 'params', align: 'right' },
  { title: '%', align: 'right' },
  { title: 'macs', align: 'right' },
  { title: '%', align: 'right' },
  { title: 'activations', align: 'right' },
  { title: 'field', align: 'right' },
];

/** One line of the table, its cells as text; the indentation and the emphasis are the writer's. */
export interface TableLine {
  readonly kind: Row['kind'] | 'total';
  readonly level: number;
  readonly cells: readonly string[];
}

/** The table of a model, its totals last. */
export function summaryTable(summary: Summary, depth?: number): readonly TableLine[] {
  const { total } = summary;
  const lines = rowsOf(summary, depth).map((row): TableLine => lineOf(summary, row));
  const counts = [
    countText(total.params),
    share(summary, 'params'),
    countText(total.macs),
    share(summary, 'macs'),
  ];
  const cells = ['total', '', '', ...counts, '', ''];
  return [...lines, { kind: 'total', level: 0, cells }];
}

function share({ total }: Summary, figure: 'params' | 'macs'): string {
  return shareText(total[figure], total[figure]);
}

function lineOf({ total }: Summary, row: Row): TableLine {
  const { kind, level, name, written, shape, tally, field } = row;
  if (kind === 'heading') return { kind, level, cells: [name, written, '', '', '', '', '', '', ''] };
  const cells = [
    name,
    written,
    shapeText(shape),
    countText(tally.params),
    shareText(tally.params, total.params),
    countText(tally.macs),
    shareText(tally.macs, total.macs),
    bytesText(tally.activationBytes),
    field === undefined ? '' : fieldText(field, shape.length),
  ];
  return { kind, level, cells };
}

/** Behind a global layer, what has no rows and columns left sees the whole image; what has some, through a gate. */
function fieldText({ size, global }: ReceptiveField, rank: number): string {
  if (!global) return pairText(size);
  return rank === 3 ? `${pairText(size)}+` : 'all';
}
