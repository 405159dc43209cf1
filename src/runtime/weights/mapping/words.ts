/** A word of a line of a mapping. */
export interface Word {
  readonly text: string;
  /** Where it begins, from 1, in UTF-16 units. */
  readonly column: number;
  readonly isQuoted: boolean;
}

/** The words of a line, up to a comment; or what is wrong with one. */
export function wordsOf(
  line: string,
): { readonly words: readonly Word[] } | { readonly column: number; readonly message: string } {
  const words: Word[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(line[at] ?? '-')) at += 1;
    const first = line[at];
    if (first === undefined || first === '#') return { words };
    const end = first === '"' ? endOfQuoted(line, at) : endOfPlain(line, at);
    const text = first === '"' ? unquote(line.slice(at, end)) : line.slice(at, end);
    if (text === undefined)
      return { column: at + 1, message: 'a name in quotes doesn’t end, or is no text of JSON' };
    words.push({ text, column: at + 1, isQuoted: first === '"' });
    at = end;
  }
}

function endOfPlain(line: string, begin: number): number {
  let end = begin;
  while (end < line.length && !/\s/.test(line[end] ?? ' ')) end += 1;
  return end;
}

function endOfQuoted(line: string, begin: number): number {
  let end = begin + 1;
  while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
  return end + 1;
}

function unquote(written: string): string | undefined {
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
