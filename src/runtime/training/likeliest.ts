/** A class that an image may belong to, and the share that the model gives it. */
export interface Guess {
  readonly name: string;
  readonly share: number;
}

/** The likeliest classes of an image, the likeliest first; a class without a name has its number. */
export function likeliest(
  shares: ArrayLike<number>,
  classes: readonly string[],
  top: number,
): readonly Guess[] {
  return Array.from(shares, (share, place) => ({ name: classes[place] ?? String(place), share }))
    .sort((one, other) => other.share - one.share)
    .slice(0, top);
}
