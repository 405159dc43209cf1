import type { HeldStretch, MemoryProfile } from '../../compiler/analyse/memory.js';
import { toNumber } from '../../compiler/values/exact.js';

/** Memory that is drawn in one piece, as it lies above what was made before it. */
export interface Band {
  /** What it begins with. */
  readonly stretch: HeldStretch;
  readonly cells: readonly Cell[];
}

/** What a band takes at one place of the time axis: bytes from `low` to `high`. */
export interface Cell {
  readonly place: number;
  readonly low: number;
  readonly high: number;
}

/** What is drawn: the steps that have a place on the time axis, and the bands above them. */
export interface Drawing {
  readonly steps: readonly number[];
  readonly bands: readonly Band[];
}

/** More places lie closer together than two of them can be told apart; more bands are thinner than a line. */
const most = { places: 800, bands: 1600 } as const;

/** Lays what is alive at each step on what was made before it. Every size must be closed. */
export function drawingOf({ bytes, stretches }: MemoryProfile): Drawing {
  const totals = bytes.map(toNumber);
  const steps = chosenSteps(totals);
  const bandOf = (index: number): number =>
    stretches.length <= most.bands ? index : Math.floor((index * most.bands) / stretches.length);
  const sizes = stretches.map((stretch) => toNumber(stretch.bytes));
  const starts = Array.from(stretches.keys()).sort((one, other) => from(one) - from(other));
  const cells = new Map<number, Cell[]>();
  let alive: readonly number[] = [];
  let next = 0;
  for (const [place, step] of steps.entries()) {
    const begun: number[] = [];
    for (; next < starts.length && from(starts[next] ?? 0) <= step; next += 1) begun.push(starts[next] ?? 0);
    alive = [...alive, ...begun].filter((index) => (stretches[index]?.until ?? 0) >= step);
    let low = 0;
    for (const index of alive) {
      const high = low + (sizes[index] ?? 0);
      extend(cells, bandOf(index), { place, low, high });
      low = high;
    }
  }
  const firsts = new Map(
    Array.from(stretches.keys())
      .reverse()
      .map((index) => [bandOf(index), index]),
  );
  const bands = Array.from(cells, ([band, own]): readonly Band[] => {
    const stretch = stretches[firsts.get(band) ?? -1];
    return stretch === undefined ? [] : [{ stretch, cells: own }];
  });
  return { steps, bands: bands.flat() };

  function from(index: number): number {
    return stretches[index]?.from ?? 0;
  }
}

/** Stretches that are drawn as one lie on each other. */
function extend(cells: Map<number, Cell[]>, band: number, cell: Cell): void {
  const own = cells.get(band);
  const last = own?.at(-1);
  if (own === undefined) cells.set(band, [cell]);
  else if (last?.place === cell.place) own.splice(-1, 1, { ...last, high: cell.high });
  else own.push(cell);
}

/** All steps where they have room; else of each stretch of steps the one that takes most, so that the peak stays. */
function chosenSteps(totals: readonly number[]): readonly number[] {
  if (totals.length <= most.places) return Array.from(totals.keys());
  return Array.from({ length: most.places }, (_, place) => {
    const begin = Math.floor((place * totals.length) / most.places);
    const end = Math.floor(((place + 1) * totals.length) / most.places);
    let chosen = begin;
    for (let step = begin; step < end; step += 1) {
      if ((totals[step] ?? 0) > (totals[chosen] ?? 0)) chosen = step;
    }
    return chosen;
  });
}
