/** A value of the JSON that headers are made of: objects keep their fields in order, and may hold a name twice. */
export type HeaderValue =
  | { readonly kind: 'object'; readonly fields: readonly HeaderField[] }
  | { readonly kind: 'array'; readonly items: readonly number[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number };

/** One field of an object. */
export interface HeaderField {
  readonly name: string;
  readonly value: HeaderValue;
}

/** A header that was read, or why it is none and at which character. */
export type ReadHeader =
  | { readonly ok: true; readonly value: HeaderValue }
  | { readonly ok: false; readonly why: string; readonly at: number };

/** Deeper than this no header of the format goes: the whole, an array's entry, its list. */
const maximumDepth = 3;

/** No list of the format is longer by far: those of sizes and those of two offsets. */
const maximumItems = 64;

/**
 * Reads the part of JSON that the format uses: objects, lists of numbers, texts and whole numbers. Unlike `JSON.parse` it
 * shows names that stand twice, and `__proto__` is a name like others.
 */
export function readHeaderText(text: string): ReadHeader {
  const cursor: Cursor = { text, at: 0, why: undefined };
  const value = readValue(cursor, 1);
  skipSpace(cursor);
  if (value !== undefined && cursor.at < text.length) refuse(cursor, 'something stands behind the end');
  return value === undefined || cursor.why !== undefined
    ? { ok: false, why: cursor.why ?? 'nothing is there', at: cursor.at }
    : { ok: true, value };
}

interface Cursor {
  readonly text: string;
  at: number;
  /** Why reading ended; set once. */
  why: string | undefined;
}

function readValue(cursor: Cursor, depth: number): HeaderValue | undefined {
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  if (depth > maximumDepth) return refuse(cursor, 'it is nested too deep');
  if (first === '{') return readObject(cursor, depth);
  if (first === '[') return readArray(cursor);
  if (first === '"') {
    const text = readText(cursor);
    return text === undefined ? undefined : { kind: 'text', text };
  }
  const value = readNumber(cursor, 'a whole number, a text, `[` or `{` is expected');
  return value === undefined ? undefined : { kind: 'number', value };
}

function readObject(cursor: Cursor, depth: number): HeaderValue | undefined {
  const fields: HeaderField[] = [];
  const isRead = readItems(cursor, '}', () => {
    skipSpace(cursor);
    const name = readText(cursor);
    if (name === undefined || !expectCharacter(cursor, ':')) return false;
    const value = readValue(cursor, depth + 1);
    if (value !== undefined) fields.push({ name, value });
    return value !== undefined;
  });
  return isRead ? { kind: 'object', fields } : undefined;
}

function readArray(cursor: Cursor): HeaderValue | undefined {
  const items: number[] = [];
  const isRead = readItems(cursor, ']', () => {
    skipSpace(cursor);
    const item = items.length < maximumItems ? readNumber(cursor, 'a whole number is expected') : undefined;
    if (item === undefined) refuse(cursor, `a list has more than ${String(maximumItems)} numbers`);
    else items.push(item);
    return item !== undefined;
  });
  return isRead ? { kind: 'array', items } : undefined;
}

/** Reads what stands between a bracket and its end, separated by commas; every round reads at least one character. */
function readItems(cursor: Cursor, end: string, readItem: () => boolean): boolean {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === end) {
    cursor.at += 1;
    return true;
  }
  for (;;) {
    if (!readItem()) return false;
    skipSpace(cursor);
    const next = cursor.text[cursor.at];
    if (next !== ',' && next !== end) {
      refuse(cursor, `\`,\` or \`${end}\` is expected`);
      return false;
    }
    cursor.at += 1;
    if (next === end) return true;
  }
}

/** Reads a text by looking for its end: a pattern would go out of stack on a long one. What lies between, JSON checks. */
function readText(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  const read = text[at] === '"' ? parseText(text.slice(at, end + 1)) : undefined;
  if (read === undefined) refuse(cursor, 'a text is expected');
  else cursor.at = end + 1;
  return read;
}

function parseText(written: string): string | undefined {
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

const numberForm = /(?:0|[1-9]\d{0,15})(?![\d.eE])/y;

function readNumber(cursor: Cursor, otherwise: string): number | undefined {
  numberForm.lastIndex = cursor.at;
  const [written] = numberForm.exec(cursor.text) ?? [];
  const value = Number(written);
  if (written === undefined || !Number.isSafeInteger(value)) {
    refuse(cursor, otherwise);
    return undefined;
  }
  cursor.at += written.length;
  return value;
}

function expectCharacter(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] === character) {
    cursor.at += 1;
    return true;
  }
  refuse(cursor, `\`${character}\` is expected`);
  return false;
}

function skipSpace(cursor: Cursor): void {
  while (' \t\r\n'.includes(cursor.text[cursor.at] ?? '-')) cursor.at += 1;
}

/** Notes why reading ends; the first reason stays. Gives the value of what could not be read. */
function refuse(cursor: Cursor, why: string): HeaderValue | undefined {
  cursor.why ??= why;
  return undefined;
}
