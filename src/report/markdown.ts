/** Whatever markdown or HTML could read as more than text is escaped; so is `@`, which would call somebody. */
export function escapeForMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()<>#|&!~@]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** A row of a table; its cells must be escaped. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
