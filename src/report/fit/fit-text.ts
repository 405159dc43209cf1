import type { Fit } from '../../compiler/fit/fit.js';
import { alignColumns, type Column } from '../columns.js';
import type { Emphasis } from '../emphasis.js';
import { fitTables, fitTitles } from './fit-tables.js';

/** A fit as text for people. */
export function fitText(fit: Fit, { bold, dim }: Emphasis): string {
  const { verdict, subject, parts, contributors, waysOut } = fitTables(fit);
  const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string => {
    const [first = '', ...lines] = alignColumns(titles.map(columnOf), rows);
    return [dim(first), ...lines].map((line) => `  ${line}`).join('\n');
  };
  const section = (title: string, body: string): string => `\n${bold(title)}\n${body}\n`;
  return [
    `${bold(inPlain(verdict))}\n`,
    section(`What ${inPlain(subject)}`, table(fitTitles.parts, parts)),
    section('What holds most', table(fitTitles.contributors, contributors)),
    waysOut.length === 0
      ? ''
      : section(
          'Ways out, each tried',
          table(
            fitTitles.waysOut,
            waysOut.map((row) => row.map(inPlain)),
          ),
        ),
  ].join('');
}

function columnOf(title: string, place: number): Column {
  return { title, align: place === 0 || title === 'as' ? 'left' : 'right' };
}

/** Without the ticks that markdown sets. */
function inPlain(text: string): string {
  return text.replaceAll('`', '');
}
