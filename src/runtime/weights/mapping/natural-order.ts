/** Whether names differ in their numbers only: `block2.conv1` and `block10.conv1`, `conv2d` and `conv2d_1`. */
export function differInNumbers(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.replace(/_\d+(?=$|[/.])/g, '').replace(/\d+/g, '0'))).size === 1;
}

/** Compares names as people count: 2 before 10. */
export function compareNaturally(one: string, other: string): number {
  const [ones, others] = [piecesOf(one), piecesOf(other)];
  for (const [place, piece] of ones.entries()) {
    const against = others[place];
    if (against === undefined) return 1;
    const difference = comparePieces(piece, against);
    if (difference !== 0) return difference;
  }
  return ones.length - others.length;
}

/** Whether names stand in alphabetical order, as programs leave them that know no other. */
export function isSorted(names: readonly string[]): boolean {
  const inOrder = (compare: (one: string, other: string) => number): boolean =>
    names.every((name, place) => place === 0 || compare(names[place - 1] ?? '', name) <= 0);
  return inOrder(comparePieces) || inOrder(compareNaturally);
}

function piecesOf(name: string): readonly string[] {
  return name.split(/(\d+)/).filter((piece) => piece !== '');
}

function comparePieces(one: string, other: string): number {
  const isCount = /^\d+$/.test(one) && /^\d+$/.test(other);
  const difference = isCount ? Number(one) - Number(other) : 0;
  if (difference !== 0 || one === other) return difference;
  return one < other ? -1 : 1;
}
