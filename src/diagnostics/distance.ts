/** Measures how far a text is from another; nothing where it is farther than the bound. */
export type DistanceTo = (other: string, bound: number) => number | undefined;

/**
 * Counts how many letters must be inserted, left out, replaced or swapped with their neighbour to make another text of
 * this one (Damerau 1964, each place touched once). Of the table only what can lie within the bound is computed, and its
 * three rows are made once for all texts that are compared with the first.
 */
export function distanceFrom(text: string): DistanceTo {
  const rows: Rows = { beforeLast: [], last: [], current: [] };
  return (other, bound) => {
    const difference = Math.abs(text.length - other.length);
    const reach = Math.min(bound, Math.max(text.length, other.length));
    if (difference > reach) return undefined;
    const from = sharedStart(text, other);
    const distance = fillTable(rows, text.slice(from), other.slice(from), reach);
    return distance > reach ? undefined : distance;
  };
}

/** How many letters are the same from the beginning. */
export function sharedStart(one: string, other: string): number {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  return place;
}

interface Rows {
  beforeLast: number[];
  last: number[];
  current: number[];
}

/** The last cell of the table, or more than `reach`. */
function fillTable(rows: Rows, one: string, other: string, reach: number): number {
  const far = reach + 1;
  for (let column = 0; column <= other.length; column += 1) rows.last[column] = column;
  let leastBefore = 0;
  for (let row = 1; row <= one.length; row += 1) {
    const { beforeLast, last, current } = rows;
    const begin = Math.max(1, row - reach);
    const end = Math.min(other.length, row + reach);
    const letter = one.charCodeAt(row - 1);
    current[begin - 1] = begin === 1 ? row : far;
    let least = current[begin - 1] ?? far;
    for (let column = begin; column <= end; column += 1) {
      const isSame = letter === other.charCodeAt(column - 1);
      let cost = (last[column - 1] ?? far) + (isSame ? 0 : 1);
      cost = Math.min(cost, (current[column - 1] ?? far) + 1, (last[column] ?? far) + 1);
      if (row > 1 && column > 1 && isSwap(one, row, other, column)) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? far) + 1);
      }
      current[column] = cost;
      least = Math.min(least, cost);
    }
    // Right of the band lies what an earlier text left there.
    if (end < other.length) current[end + 1] = far;
    // A swap reaches back over one row, so two rows beyond the bound are the end.
    if (least > reach && leastBefore > reach) return far;
    leastBefore = least;
    rows.beforeLast = last;
    rows.last = current;
    rows.current = beforeLast;
  }
  return rows.last[other.length] ?? far;
}

function isSwap(one: string, row: number, other: string, column: number): boolean {
  return (
    one.charCodeAt(row - 1) === other.charCodeAt(column - 2) &&
    one.charCodeAt(row - 2) === other.charCodeAt(column - 1)
  );
}
