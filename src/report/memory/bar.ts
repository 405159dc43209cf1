/** A bar of so many cells of a terminal, to an eighth of a cell; whatever is there has at least the thinnest. */
export function bar(share: number, cells: number): string {
  const eighths = share > 0 ? Math.max(1, Math.round(share * cells * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + (parts[eighths % 8] ?? '');
}

const parts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
