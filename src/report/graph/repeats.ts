import type { Link } from './picture.js';

/** Boxes in a row of which one is drawn: the first of them, and how many they are. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly times: number;
}

/** The children of a block as runs of equal boxes, each fed by the one before it alone, and the links that stay. */
export function withRepeats(
  ids: readonly number[],
  links: readonly Link[],
  kindOf: (id: number) => number,
): { readonly runs: readonly Run[]; readonly links: readonly Link[] } {
  const { arriving, leaving } = byBox(links);
  const follows = (before: number, id: number): boolean => {
    const [only, ...others] = leaving.get(before) ?? [];
    if (only?.to !== id || others.length > 0 || (arriving.get(id) ?? []).length !== 1) return false;
    return (
      kindOf(before) === kindOf(id) && (arriving.get(before) ?? []).length === 1 && givesOne(leaving.get(id))
    );
  };
  const runs: Run[] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run !== undefined && follows(run.last, id))
      runs[runs.length - 1] = { ...run, last: id, times: run.times + 1 };
    else runs.push({ first: id, last: id, times: 1 });
  }
  if (runs.length === ids.length) return { runs, links };
  const kept = new Map(runs.map((run) => [run.last, run]));
  const shown = new Set(runs.map(({ first }) => first));
  return {
    runs,
    links: links.flatMap((link) => {
      if (link.to !== 'exit' && !shown.has(link.to)) return [];
      if (link.from === 'entry') return [link];
      const run = kept.get(link.from);
      if (run === undefined) return [];
      // What the last one gives leaves the drawn one as its own tensor, which its inside knows.
      const own = leaving.get(run.first)?.[0]?.tensor;
      return [{ ...link, from: run.first, tensor: run.times === 1 ? link.tensor : (own ?? link.tensor) }];
    }),
  };
}

function givesOne(links: readonly Link[] = []): boolean {
  return links.length > 0 && links.every(({ tensor }) => tensor === links[0]?.tensor);
}

function byBox(links: readonly Link[]): {
  readonly arriving: ReadonlyMap<number, readonly Link[]>;
  readonly leaving: ReadonlyMap<number, readonly Link[]>;
} {
  const arriving = new Map<number, Link[]>();
  const leaving = new Map<number, Link[]>();
  for (const link of links) {
    if (link.to !== 'exit') append(arriving, link.to, link);
    if (link.from !== 'entry') append(leaving, link.from, link);
  }
  return { arriving, leaving };
}

function append(links: Map<number, Link[]>, id: number, link: Link): void {
  const known = links.get(id);
  if (known === undefined) links.set(id, [link]);
  else known.push(link);
}
