import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../diagnostics/render.js';
import { positionOf, type Span } from '../diagnostics/source.js';
import { countsOf, shownOf, type CheckedFile, type CheckResult } from './checked.js';
import { counted, outcomeText, whatWasChecked } from './check-text.js';
import { escapeForMarkdown, tableRow } from './markdown.js';
import { uriOf } from './uri.js';

/**
 * A check as a comment for a pull request: what was checked, the problems with links, and the details folded. `linkBase`
 * stands before the links' paths: the address of the files of one commit.
 */
export function checkMarkdown(checked: CheckResult, linkBase = ''): string {
  const { diagnostics, omitted } = shownOf(checked);
  const counts = countsOf(checked);
  const lines = [
    `### cnnc: ${outcomeText(counts)}`,
    '',
    `${whatWasChecked(counts)}.`,
    '',
    tableRow(['file', 'models', 'variants', 'assertions', 'problems']),
    tableRow(['---', '---:', '---:', '---:', '---:']),
    ...fileRows(checked.files, diagnostics),
    ...problemLines(diagnostics, omitted, linkBase),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A long table hides what it is about: files without problems are counted when there are many. */
function fileRows(files: readonly CheckedFile[], shown: readonly Diagnostic[]): readonly string[] {
  const problemsIn = ({ name }: CheckedFile): number =>
    shown.filter(({ span }) => span.source.name === name).length;
  const assertionsIn = ({ models }: CheckedFile): number =>
    models.reduce((sum, { assertions }) => sum + assertions.length, 0);
  const variantsIn = ({ models }: CheckedFile): number =>
    models.filter(({ variant }) => variant !== undefined).length;
  const failing = files.filter((file) => problemsIn(file) > 0);
  const well = files.filter((file) => problemsIn(file) === 0);
  const listed = files.length <= mostRows ? files : failing.slice(0, mostRows);
  const rows = listed.map((file) =>
    tableRow([
      escapeForMarkdown(file.name),
      String(file.models.length - variantsIn(file)),
      String(variantsIn(file)),
      String(assertionsIn(file)),
      String(problemsIn(file)),
    ]),
  );
  const missing = files.length - listed.length;
  if (missing === 0) return rows;
  const hidden =
    missing === well.length
      ? `${counted(missing, 'file')} without problems`
      : `${counted(missing, 'file')} more`;
  return [...rows, tableRow([hidden, '', '', '', ''])];
}

const mostRows = 20;

function problemLines(shown: readonly Diagnostic[], omitted: number, linkBase: string): readonly string[] {
  if (shown.length === 0) return [];
  const rest = omitted > 0 ? [`- and ${String(omitted)} more`] : [];
  return [
    '',
    ...shown.map((diagnostic) => problemLine(diagnostic, linkBase)),
    ...rest,
    '',
    '<details>',
    '<summary>details</summary>',
    '',
    ...fenced(renderDiagnostics(shown, { limit: shown.length })),
    '',
    '</details>',
  ];
}

function problemLine({ severity, code, message, span, help }: Diagnostic, linkBase: string): string {
  const sign = severity === 'error' ? '**error**' : 'warning';
  const advice = help === undefined ? '' : `; help: ${escapeForMarkdown(help)}`;
  return `- ${sign} ${linkTo(span, linkBase)} ${escapeForMarkdown(code)}: ${escapeForMarkdown(message)}${advice}`;
}

function linkTo({ source, start }: Span, linkBase: string): string {
  const { line } = positionOf(source, start);
  const text = `${escapeForMarkdown(source.name)}:${String(line)}`;
  return `[${text}](${linkBase}${uriOf(source.name).replace(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}#L${String(line)})`;
}

/** A fence that is longer than any within. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [fence, text.trimEnd(), fence];
}
