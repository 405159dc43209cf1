/** Names longer than this are not compared: nobody mistypes one of them. */
const maximumLength = 64;

/** The candidate that was most likely meant, if one is near enough: at most a third of the letters differ. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > maximumLength) return undefined;
  const wanted = name.toLowerCase();
  const bound = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = bound + 1;
  for (const candidate of candidates) {
    if (candidate === name || candidate.length > maximumLength) continue;
    const distance = distanceWithin(wanted, candidate.toLowerCase(), Math.min(bound, least));
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** How many letters must be inserted, left out, replaced or swapped with their neighbour (Damerau 1964), up to a bound. */
function distanceWithin(first: string, second: string, bound: number): number {
  if (Math.abs(first.length - second.length) > bound) return bound + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: second.length + 1 }, (_, place) => place);
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= second.length; column += 1) {
      const same = first[row - 1] === second[column - 1];
      const isSwap =
        row > 1 &&
        column > 1 &&
        first[row - 1] === second[column - 2] &&
        first[row - 2] === second[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[second.length] ?? bound + 1;
}
