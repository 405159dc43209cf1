/** What paths or names fit. */
export interface Pattern {
  /** As written. */
  readonly text: string;
  /** One for each choice of what stands between braces; it fits what any of them fits. */
  readonly alternatives: readonly string[];
}

/** A pattern, or what is wrong with it. */
export type ReadPattern =
  { readonly kind: 'pattern'; readonly pattern: Pattern } | { readonly kind: 'wrong'; readonly why: string };

/** So many choices nobody writes, and each is looked at. */
const maximumAlternatives = 1_000;

/**
 * Reads a pattern: `*` is anything within a segment, `?` one sign of it, a segment `**` any folders, and `{a,b}` either of
 * what stands between commas, also `/` and braces.
 */
export function readPattern(text: string): ReadPattern {
  // What was read at each level of braces: the alternatives before the last comma, and those that are being read.
  const levels: Level[] = [{ done: [], current: [''] }];
  for (const sign of text) {
    const level = levels.at(-1);
    if (level === undefined) break;
    const isInside = levels.length > 1;
    if (sign === '{') levels.push({ done: [], current: [''] });
    else if (sign === ',' && isInside) {
      level.done.push(...level.current);
      level.current = [''];
    } else if (sign === '}') {
      levels.pop();
      const outer = levels.at(-1);
      if (outer === undefined) return { kind: 'wrong', why: 'a `}` that closes nothing' };
      const chosen = [...level.done, ...level.current];
      if (level.done.length === 0) return { kind: 'wrong', why: 'nothing to choose from between braces' };
      if (outer.current.length * chosen.length > maximumAlternatives)
        return { kind: 'wrong', why: `more than ${String(maximumAlternatives)} choices` };
      outer.current = outer.current.flatMap((lead) => chosen.map((one) => lead + one));
    } else level.current = level.current.map((lead) => lead + sign);
  }
  const [outermost, inner] = levels;
  if (outermost === undefined || inner !== undefined)
    return { kind: 'wrong', why: 'a `{` that nothing closes' };
  return { kind: 'pattern', pattern: { text, alternatives: [...new Set(outermost.current)] } };
}

interface Level {
  readonly done: string[];
  current: string[];
}

/** Whether a path or a name fits a pattern. The time grows with the product of both lengths, whatever the pattern is. */
export function matches({ alternatives }: Pattern, path: string): boolean {
  return alternatives.some((alternative) => matchesOne(alternative, path));
}

function matchesOne(alternative: string, path: string): boolean {
  return fits(alternative.split('/'), path.split('/'), {
    isRun: (segment) => segment === '**',
    takes: (segment, part) =>
      fits(Array.from(segment), Array.from(part), {
        isRun: (sign) => sign === '*',
        takes: (sign, character) => sign === '?' || sign === character,
      }),
  });
}

/** For each choice, the part that names one folder or file: the segments before the first that is none by itself. */
export function fixedParts({ alternatives }: Pattern): readonly string[] {
  return alternatives.map((alternative) => {
    const segments = alternative.split('/');
    const first = segments.findIndex((segment) => /[*?]/.test(segment));
    return segments.slice(0, first < 0 ? segments.length : first).join('/');
  });
}

interface Rules {
  /** True of what stands for any number of items. */
  readonly isRun: (sign: string) => boolean;
  readonly takes: (sign: string, item: string) => boolean;
}

/** Whether items fit signs one by one: at each item, the places in the pattern that may be reached are kept. */
function fits(signs: readonly string[], items: readonly string[], { isRun, takes }: Rules): boolean {
  const behindRuns = (place: number): number => {
    let end = place;
    while (end < signs.length && isRun(signs[end] ?? '')) end += 1;
    return end;
  };
  const reach = (places: Iterable<number>): ReadonlySet<number> => {
    const all = new Set<number>();
    for (const place of places) {
      for (let here = place; here <= behindRuns(place); here += 1) all.add(here);
    }
    return all;
  };
  let reached = reach([0]);
  for (const item of items) {
    const next: number[] = [];
    for (const place of reached) {
      const sign = signs[place];
      if (sign === undefined) continue;
      if (isRun(sign)) next.push(place);
      else if (takes(sign, item)) next.push(place + 1);
    }
    reached = reach(next);
  }
  return reached.has(signs.length);
}
