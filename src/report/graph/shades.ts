/** Where one shade of the shares of work ends and the next begins, in percent; the first shade is that of no work. */
export const shadeBorders = [0, 1, 3, 10, 30, 100] as const;

/** The number of the shade for a share of 0 to 1: 0 for none, 5 for the largest. */
export function shadeOf(share: number): number {
  if (share === 0) return 0;
  return shadeBorders.slice(1, -1).filter((border) => 100 * share >= border).length + 1;
}
