/** Random numbers that depend on nothing but the seed: the same on every machine and in every run. */
export interface Generator {
  /** 32 random bits as a whole number from 0 to 2^32 - 1. */
  bits(): number;
  /** A number of at least 0 and less than 1, of 53 random bits. */
  uniform(): number;
  /** A number of a normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /** A whole number of at least 0 and less than `end`, each equally often; `end` is at most 2^32. */
  below(end: number): number;
  /**
   * A generator of its own for a purpose: it depends on this one's seed and the label, never on what was drawn before, so
   * that a purpose more or less changes nothing for the others.
   */
  fork(label: string): Generator;
}

type State = readonly [number, number, number, number];

/** Makes the generator of a seed, which may be any number. */
export function makeGenerator(seed: number): Generator {
  return fromKey(hashed([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x510e527f], String(seed)));
}

/** xoshiro128** (Blackman & Vigna 2018). */
function fromKey(key: State): Generator {
  let [a, b, c, d] = key;
  let spare: number | undefined;

  const bits = (): number => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
  const uniform = (): number => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;

  return {
    bits,
    uniform,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      // Marsaglia & Bray 1964: a point in the unit circle gives two independent numbers.
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const square = x * x + y * y;
        if (square === 0 || square >= 1) continue;
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    },
    below(end) {
      // What lies beyond the last whole multiple of `end` would favour small numbers.
      const limit = 2 ** 32 - (2 ** 32 % end);
      for (;;) {
        const drawn = bits();
        if (drawn < limit) return drawn % end;
      }
    },
    fork: (label) => fromKey(hashed(key, label)),
  };
}

/** Four numbers of 32 bits that depend on every letter and on the key, never all zero. */
function hashed(key: State, text: string): State {
  let [a, b, c, d] = key;
  for (let place = 0; place < text.length; place += 1) {
    const letter = text.charCodeAt(place) + 1;
    a = mixed(a ^ letter);
    b = mixed(b ^ a);
    c = mixed(c ^ b);
    d = mixed(d ^ c);
    a ^= d;
  }
  a = mixed(a ^ text.length);
  b = mixed(b ^ a);
  c = mixed(c ^ b);
  d = mixed(d ^ c);
  return (a | b | c | d) === 0 ? [1, 2, 3, 4] : [a, b, c, d];
}

/** The finalizer of MurmurHash3 behind a step of Weyl's sequence. */
function mixed(value: number): number {
  let x = (value + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
