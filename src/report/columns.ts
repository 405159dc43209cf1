import stringWidth from 'string-width';

/** A column of a table for people. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table as text: columns two blanks apart, no blanks at the end of a line. The first line has the titles. */
export function alignColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_column, index) => widest(lines, index));
  return lines.map((cells) => {
    const padded = columns.map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align));
    return padded.join('  ').trimEnd();
  });
}

/** Shortens a text to a width in terminal cells, with an ellipsis where something is left out. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** The cells of a terminal that a text takes; most texts hold nothing of special width, and are as wide as long. */
function widthOf(text: string): number {
  return /^[ -~×·–…⌈⌉]*$/.test(text) ? text.length : stringWidth(text);
}

function widest(lines: readonly (readonly string[])[], column: number): number {
  let width = 0;
  for (const cells of lines) width = Math.max(width, widthOf(cells[column] ?? ''));
  return width;
}

function pad(text: string, width: number, align: Column['align']): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
