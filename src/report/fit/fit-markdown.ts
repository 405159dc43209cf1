import type { Fit } from '../../compiler/fit/fit.js';
import { escapeForMarkdown, tableRow } from '../markdown.js';
import { fitTables, fitTitles } from './fit-tables.js';

/** A fit as markdown, for a comment on a change. */
export function fitMarkdown(fit: Fit): string {
  const { verdict, subject, parts, contributors, waysOut } = fitTables(fit);
  return [
    `### ${escapeForMarkdown(fit.graph.name)}\n`,
    `${fit.fits ? '✅' : '❌'} ${escapeForMarkdown(plainly(verdict))}\n`,
    `#### ${escapeForMarkdown(plainly(subject))}\n`,
    table(fitTitles.parts, parts),
    '#### What holds most\n',
    table(fitTitles.contributors, contributors),
    ...(waysOut.length === 0 ? [] : ['#### Ways out, each tried\n', table(fitTitles.waysOut, waysOut)]),
  ].join('\n');
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = titles.map((title, place) => (place === 0 || title === 'as' ? '---' : '--:'));
  const lines = rows.map((row) => row.map((cell) => escapeForMarkdown(plainly(cell))));
  return `${[titles, rule, ...lines].map(tableRow).join('\n')}\n`;
}

function plainly(text: string): string {
  return text.replaceAll('`', '');
}
