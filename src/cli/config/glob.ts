/**
 * Whether a path or a name fits a pattern: `*` is anything within a segment, `?` one sign of it, and a segment `**` any
 * folders. The time grows with the product of both lengths, whatever the pattern is.
 */
export function matches(pattern: string, path: string): boolean {
  return fits(pattern.split('/'), path.split('/'), {
    isRun: (segment) => segment === '**',
    takes: (segment, part) =>
      fits(Array.from(segment), Array.from(part), {
        isRun: (sign) => sign === '*',
        takes: (sign, character) => sign === '?' || sign === character,
      }),
  });
}

/** The part of a pattern that names one folder or file: the segments before the first that is none by itself. */
export function fixedPart(pattern: string): string {
  const segments = pattern.split('/');
  const first = segments.findIndex((segment) => /[*?]/.test(segment));
  return segments.slice(0, first < 0 ? segments.length : first).join('/');
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
