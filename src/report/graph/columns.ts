/**
 * Splits a row of lengths into so many parts in a row, so that none is much longer than another: the sum of their squares
 * is least. Tells how many lengths each part has.
 */
export function balanced(lengths: readonly number[], parts: number): readonly number[] {
  const count = Math.min(parts, lengths.length);
  const sums = [0];
  for (const length of lengths) sums.push((sums.at(-1) ?? 0) + length);
  // Of the first so many lengths in so many parts: what it costs, and where the last part begins.
  let costs = sums.map((_sum, end) => (end === 0 ? 0 : Infinity));
  const begins: (readonly number[])[] = [];
  for (let part = 0; part < count; part++) {
    const steps = sums.map((_sum, end) => cheapest(costs, sums, end));
    costs = steps.map(({ cost }) => cost);
    begins.push(steps.map(({ begin }) => begin));
  }
  const sizes: number[] = [];
  let end = lengths.length;
  for (const begin of begins.toReversed()) {
    const first = begin[end] ?? 0;
    sizes.unshift(end - first);
    end = first;
  }
  return sizes;
}

function cheapest(
  costs: readonly number[],
  sums: readonly number[],
  end: number,
): { readonly cost: number; readonly begin: number } {
  let best = { cost: Infinity, begin: 0 };
  for (let begin = end - 1; begin >= 0; begin--) {
    const last = ((sums[end] ?? 0) - (sums[begin] ?? 0)) ** 2;
    // The further back a part begins, the more it costs by itself.
    if (last >= best.cost) break;
    const cost = (costs[begin] ?? Infinity) + last;
    if (cost < best.cost) best = { cost, begin };
  }
  return best;
}
