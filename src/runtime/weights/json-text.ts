/**
 * A value of a JSON text; what is `null` there is undefined. Objects keep their fields in order, and may hold a name twice.
 */
export type JsonValue = string | number | boolean | undefined | JsonList | JsonObject;

/** A list. */
export interface JsonList {
  readonly kind: 'list';
  readonly items: readonly JsonValue[];
}

/** An object, told apart from a list by its kind. */
export interface JsonObject {
  readonly kind: 'object';
  readonly fields: readonly JsonField[];
}

/** One field of an object. */
export interface JsonField {
  readonly name: string;
  readonly value: JsonValue;
}

/** A text that was read, or why it is no JSON and at which character. */
export type ReadJson =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly why: string; readonly at: number };

/** What a format's texts can't exceed. */
export interface JsonForm {
  readonly maximumDepth: number;
  /** Fields of the outermost object that are passed over; they become undefined. */
  readonly skipped?: readonly string[];
}

/** More values than this no text of weights has; each takes up to 200 bytes while it is read. */
const maximumValues = 200_000;

/**
 * Reads JSON. Unlike `JSON.parse` it shows names that stand twice, `__proto__` is a name like others, and neither depth nor
 * number of values is without bounds.
 */
export function readJson(text: string, form: JsonForm): ReadJson {
  const cursor: Cursor = { text, form, at: 0, values: 0, why: undefined };
  const value = readValue(cursor, 1);
  skipSpace(cursor);
  if (cursor.why === undefined && cursor.at < text.length) refuse(cursor, 'something stands behind the end');
  return cursor.why === undefined ? { ok: true, value } : { ok: false, why: cursor.why, at: cursor.at };
}

/** The name that an object has twice. */
export function repeatedName(fields: readonly JsonField[]): string | undefined {
  const seen = new Set<string>();
  return fields.find(({ name }) => seen.size === seen.add(name).size)?.name;
}

/** Tells objects apart. */
export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value.kind === 'object';
}

/** The items of a list. */
export function itemsOf(value: JsonValue): readonly JsonValue[] | undefined {
  return typeof value === 'object' && value.kind === 'list' ? value.items : undefined;
}

/** The whole numbers of a list of nothing else. */
export function wholeNumbersOf(value: JsonValue): readonly number[] | undefined {
  const items = itemsOf(value);
  const numbers = items?.filter(
    (item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0,
  );
  return items?.length === numbers?.length ? numbers?.map(Number) : undefined;
}

interface Cursor {
  readonly text: string;
  readonly form: JsonForm;
  at: number;
  values: number;
  /** Why reading ended; set once. */
  why: string | undefined;
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  skipSpace(cursor);
  cursor.values += 1;
  if (cursor.values > maximumValues)
    return refuse(cursor, `it holds more than ${String(maximumValues)} values`);
  const first = cursor.text[cursor.at];
  if (first === '{' || first === '[') {
    if (depth > cursor.form.maximumDepth) return refuse(cursor, 'it is nested too deep');
    return first === '{' ? readObject(cursor, depth) : readList(cursor, depth);
  }
  if (first === '"') return readText(cursor);
  return readWord(cursor);
}

function readObject(cursor: Cursor, depth: number): JsonValue {
  const fields: JsonField[] = [];
  readItems(cursor, '}', () => {
    skipSpace(cursor);
    const name = readText(cursor);
    if (name === undefined || !expectCharacter(cursor, ':')) return;
    const isSkipped = depth === 1 && cursor.form.skipped?.includes(name) === true;
    if (isSkipped) skipValue(cursor);
    fields.push({ name, value: isSkipped ? undefined : readValue(cursor, depth + 1) });
  });
  return { kind: 'object', fields };
}

function readList(cursor: Cursor, depth: number): JsonValue {
  const items: JsonValue[] = [];
  readItems(cursor, ']', () => {
    items.push(readValue(cursor, depth + 1));
  });
  return { kind: 'list', items };
}

/** Reads what stands between a bracket and its end, separated by commas; every round reads at least one character. */
function readItems(cursor: Cursor, end: string, readItem: () => void): void {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === end) {
    cursor.at += 1;
    return;
  }
  while (cursor.why === undefined) {
    readItem();
    skipSpace(cursor);
    const next = cursor.text[cursor.at];
    if (next !== ',' && next !== end) {
      refuse(cursor, `\`,\` or \`${end}\` is expected`);
      return;
    }
    cursor.at += 1;
    if (next === end) return;
  }
}

/** Passes over a value without recursion: up to the bracket that closes the first one. */
function skipValue(cursor: Cursor): void {
  skipSpace(cursor);
  let depth = 0;
  for (;;) {
    const character = cursor.text[cursor.at];
    if (character === undefined) {
      refuse(cursor, 'it ends within a value');
      return;
    }
    if (character === '"') passText(cursor);
    else if (depth === 0 && !'{['.includes(character)) {
      readWord(cursor);
      return;
    } else {
      if ('{['.includes(character)) depth += 1;
      if ('}]'.includes(character)) depth -= 1;
      cursor.at += 1;
    }
    if (depth === 0) return;
  }
}

/** Reads a text by looking for its end: a pattern would go out of stack on a long one. What lies between, JSON checks. */
function readText(cursor: Cursor): string | undefined {
  const begin = cursor.at;
  if (cursor.text[begin] === '"') passText(cursor);
  const read = parseText(cursor.text.slice(begin, cursor.at));
  if (read !== undefined) return read;
  cursor.at = begin;
  return refuse(cursor, 'a text is expected');
}

function passText(cursor: Cursor): void {
  const { text } = cursor;
  let end = cursor.at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  cursor.at = Math.min(end + 1, text.length);
}

function parseText(written: string): string | undefined {
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Short enough that a pattern can take it; a number with more digits than this is none of a format. */
const wordForm = /true|false|null|-?(?:0|[1-9]\d{0,30})(?:\.\d{1,40})?(?:[eE][+-]?\d{1,4})?(?![\w.])/y;

function readWord(cursor: Cursor): JsonValue {
  wordForm.lastIndex = cursor.at;
  const [written] = wordForm.exec(cursor.text) ?? [];
  if (written === undefined) return refuse(cursor, 'a value is expected');
  cursor.at += written.length;
  if (written === 'null') return undefined;
  return written === 'true' || written === 'false' ? written === 'true' : Number(written);
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

/** Notes why reading ends; the first reason stays, and stops the cursor there. */
function refuse(cursor: Cursor, why: string): string | undefined {
  cursor.why ??= why;
  return undefined;
}
