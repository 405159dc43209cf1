import { compare, maximum, type Exact } from '../values/exact.js';

/** The most that any of a row of figures comes to, and where. */
export interface Largest {
  readonly value: Exact;
  /** The first place that has it; absent where open sizes decide which one does, or there is none. */
  readonly place: number | undefined;
}

/** Finds the largest of a row of figures: zero where there is none, and a formula where open sizes leave it undecided. */
export function largestOf(figures: readonly Exact[]): Largest {
  const [only, ...others] = unexceeded(figures);
  const value = others.reduce((most, place) => maximum(most, figures[place] ?? 0), figures[only ?? -1] ?? 0);
  return { value, place: others.length === 0 ? only : undefined };
}

/** The places whose figures no other is known to exceed. */
function unexceeded(figures: readonly Exact[]): readonly number[] {
  let candidates: readonly number[] = [];
  const holds = (one: number, other: number): boolean => {
    const order = compare(figures[one] ?? 0, figures[other] ?? 0);
    return order === 1 || order === 0;
  };
  figures.forEach((_, place) => {
    if (candidates.some((candidate) => holds(candidate, place))) return;
    candidates = [...candidates.filter((candidate) => !holds(place, candidate)), place];
  });
  return candidates;
}
