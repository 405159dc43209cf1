import { nodeAt, type Graph } from '../ir/graph.js';
import type { Layout } from './buffers.js';

/** The nodes between two cuts, as a small problem of its own: places count from 0 in the order of the source. */
export interface Region {
  readonly ids: Int32Array;
  placeOf(id: number): number;
  /** Places that must have run before this one. */
  readonly before: readonly (readonly number[])[];
  /** Places that read what this one gives. */
  readonly after: readonly (readonly number[])[];
  /** The bytes that begin to be held when this one runs. */
  takes(place: number): number;
  /** For each place the stretches of memory that it reads or writes: where all have run, the memory is free. */
  readonly uses: readonly (readonly number[])[];
  /** For each of these stretches the bytes, how many places use it, and whether it outlives the region. */
  readonly stretches: readonly Stretch[];
  begin(): Running;
}

/** One stretch of memory as a region sees it. */
export interface Stretch {
  readonly bytes: number;
  readonly users: number;
  readonly lasts: boolean;
  /** True where it was there before the region began. */
  readonly arrives: boolean;
}

/** A region while it runs. */
export interface Running {
  /** The bytes that are held between two steps, without what the region doesn't touch. */
  held(): number;
  /** Runs one place. */
  run(place: number): void;
}

/** Cuts an order of the source where of all that was made or read so far at most one stretch of memory is still read. */
export function regionsOf(graph: Graph, { bufferOf }: Layout, source: Int32Array): readonly Int32Array[] {
  const firstUse = new Map<number, number>();
  const lastUse = new Map<number, number>();
  source.forEach((id, step) => {
    const { inputs } = nodeAt(graph, id);
    // An input that nothing has read yet ties nothing together.
    const touched = inputs.length === 0 ? [] : [id, ...inputs];
    for (const one of touched) {
      const buffer = bufferOf[one] ?? -1;
      if (!firstUse.has(buffer)) firstUse.set(buffer, step);
      lastUse.set(buffer, step);
    }
  });
  const changes = new Int32Array(source.length);
  for (const [buffer, step] of firstUse) {
    const last = lastUse.get(buffer) ?? step;
    changes[step] = (changes[step] ?? 0) + 1;
    changes[last] = (changes[last] ?? 0) - 1;
  }
  const regions: Int32Array[] = [];
  let begin = 0;
  let held = 0;
  source.forEach((_, step) => {
    held += changes[step] ?? 0;
    if (held > 1 && step < source.length - 1) return;
    regions.push(source.subarray(begin, step + 1));
    begin = step + 1;
  });
  return regions;
}

/** Makes the small problem of one region. */
export function regionOf(graph: Graph, layout: Layout, ids: Int32Array): Region {
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  const before = Array.from(ids, (id) => [
    ...new Set(nodeAt(graph, id).inputs.flatMap((input) => places.get(input) ?? [])),
  ]);
  const after = Array.from(ids, (): number[] => []);
  before.forEach((needed, place) => {
    for (const one of needed) after[one]?.push(place);
  });
  const { uses, stretches } = stretchesOf(graph, layout, ids);
  const takes = Array.from(ids, (id) => {
    const buffer = layout.buffers[layout.bufferOf[id] ?? -1];
    const isFirst = buffer?.first === id && nodeAt(graph, id).inputs.length > 0;
    return isFirst ? numberOf(buffer.bytes) : 0;
  });
  return {
    ids,
    placeOf: (id) => places.get(id) ?? -1,
    before,
    after,
    takes: (place) => takes[place] ?? 0,
    uses,
    stretches,
    begin() {
      const left = stretches.map(({ users }) => users);
      let held = stretches.reduce((sum, { bytes, arrives }) => sum + (arrives ? bytes : 0), 0);
      return {
        held: () => held,
        run(place) {
          held += takes[place] ?? 0;
          for (const stretch of uses[place] ?? []) {
            const rest = (left[stretch] ?? 0) - 1;
            left[stretch] = rest;
            const one = stretches[stretch];
            if (rest === 0 && one?.lasts === false) held -= one.bytes;
          }
        },
      };
    },
  };
}

function stretchesOf(graph: Graph, layout: Layout, ids: Int32Array): Pick<Region, 'uses' | 'stretches'> {
  const inside = new Set(ids);
  const numbers = new Map<number, number>();
  const found: { bytes: number; users: number; lasts: boolean; arrives: boolean }[] = [];
  const uses = Array.from(ids, (id) => {
    const { inputs } = nodeAt(graph, id);
    const touched = new Set([id, ...inputs].map((one) => layout.bufferOf[one] ?? -1));
    return Array.from(touched, (buffer) => {
      const { bytes = 0, first = -1 } = layout.buffers[buffer] ?? {};
      const isInput = nodeAt(graph, first).inputs.length === 0;
      const number = numbers.get(buffer) ?? found.length;
      numbers.set(buffer, number);
      const stretch = (found[number] ??= {
        bytes: numberOf(bytes),
        users: 0,
        lasts: false,
        arrives: isInput || !inside.has(first),
      });
      stretch.users += 1;
      return number;
    });
  });
  for (const [buffer, number] of numbers) {
    const stretch = found[number];
    if (stretch !== undefined) stretch.lasts = outlives(buffer);
  }
  return { uses, stretches: found };

  /** Whether something behind the region uses a stretch too, or the model gives it. */
  function outlives(buffer: number): boolean {
    return !inside.has(layout.lastUser[buffer] ?? -1);
  }
}

/** A size that is known; the search begins only where all are. */
function numberOf(bytes: unknown): number {
  return typeof bytes === 'number' ? bytes : 0;
}
