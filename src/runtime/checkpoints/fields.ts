/** The fields of an object that was read from JSON; none where it is something else. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of a value of which nothing is known. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map();
}

/** A text. */
export function text(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** A number, or what stands in JSON for one that is infinite or none. */
export function number(fields: Fields, name: string): number | undefined {
  const value = fields.get(name);
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : undefined;
}

/** A whole number of at least 0 that has all its digits. */
export function whole(fields: Fields, name: string): number | undefined {
  const value = number(fields, name);
  return Number.isSafeInteger(value) && value !== undefined && value >= 0 ? value : undefined;
}

/** The items of a list; none where it is something else. */
export function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields.get(name);
  return Array.isArray(value) ? value : [];
}
