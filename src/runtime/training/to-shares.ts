/** How the values of an output become shares of classes. */
export interface ShareRule {
  /** How many values an image has: one for each class, or a single one, the share of the second of two classes. */
  readonly values: number;
  /** What makes shares of logits; absent where the values are shares. */
  readonly maker?: 'softmax' | 'sigmoid';
}

/** The shares of the classes, image after image. */
export function toShares(output: ArrayLike<number>, { values, maker }: ShareRule): Float64Array {
  const shares = Float64Array.from(output);
  if (maker === 'softmax') softmaxInPlace(shares, values);
  if (maker === 'sigmoid') shares.forEach((value, place) => (shares[place] = 1 / (1 + Math.exp(-value))));
  return values === 1 ? asTwo(shares) : shares;
}

function softmaxInPlace(values: Float64Array, classes: number): void {
  for (let first = 0; first < values.length; first += classes) {
    const row = values.subarray(first, first + classes);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    row.forEach((value, place) => (row[place] = Math.exp(value - largest)));
    const whole = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, place) => (row[place] = value / whole));
  }
}

/** A single value is the share of the second class. */
function asTwo(values: Float64Array): Float64Array {
  const both = new Float64Array(2 * values.length);
  values.forEach((value, place) => {
    both[2 * place] = 1 - value;
    both[2 * place + 1] = value;
  });
  return both;
}
