import { toDigits, type Exact } from '../compiler/values/exact.js';

/** What the reports write as JSON. Objects are maps, so that a user's name such as `__proto__` is a key like any other. */
export type Json = string | boolean | Exact | readonly Json[] | ReadonlyMap<string, Json>;

/** Makes an object with the given keys in their order; what is `undefined` is left out. */
export function jsonObject(fields: Readonly<Record<string, Json | undefined>>): ReadonlyMap<string, Json> {
  const object = new Map<string, Json>();
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) object.set(key, value);
  }
  return object;
}

/** Plain data as it stands: objects by their own keys, what is `undefined` left out. Anything else is our mistake. */
export function plainJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object': {
      if (Array.isArray(value)) return value.map(plainJson);
      const fields = Object.entries(value ?? {}).filter(([, field]) => field !== undefined);
      return new Map(fields.map(([key, field]) => [key, plainJson(field)]));
    }
    default:
      throw new Error(`a ${typeof value} is no JSON`);
  }
}

/**
 * Writes JSON with two spaces of indentation and a line end. Whole numbers have all their digits, also beyond 2^53;
 * so have decimals; open sizes and fractions without end are strings; numbers that JSON lacks (an infinite loss) are `null`.
 */
export function writeJson(json: Json): string {
  return `${textOf(json, '')}\n`;
}

function textOf(json: Json, indent: string): string {
  if (typeof json === 'string' || typeof json === 'boolean') return JSON.stringify(json);
  if (typeof json === 'number') return Number.isFinite(json) ? String(json) : 'null';
  if (isList(json)) return listText(json, indent);
  if (isObject(json)) return objectText(json, indent);
  return exactText(json);
}

function exactText(value: Exact): string {
  const digits = toDigits(value);
  return /^-?\d+(\.\d+)?$/.test(digits) ? digits : JSON.stringify(digits);
}

function listText(list: readonly Json[], indent: string): string {
  if (list.length === 0) return '[]';
  const deeper = `${indent}  `;
  const items = list.map((item) => textOf(item, deeper));
  if (list.every(isScalar)) return `[${items.join(', ')}]`;
  return `[\n${deeper}${items.join(`,\n${deeper}`)}\n${indent}]`;
}

function objectText(object: ReadonlyMap<string, Json>, indent: string): string {
  if (object.size === 0) return '{}';
  const deeper = `${indent}  `;
  const fields = [...object].map(([key, value]) => `${JSON.stringify(key)}: ${textOf(value, deeper)}`);
  return `{\n${deeper}${fields.join(`,\n${deeper}`)}\n${indent}}`;
}

function isScalar(json: Json): boolean {
  return !isList(json) && !isObject(json);
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json): json is ReadonlyMap<string, Json> {
  return json instanceof Map;
}
