import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Tape } from '../tape.js';
import { scaleBy } from './constants.js';

/** Sets each value to zero with this probability and scales the others up; the same seed drops the same values. */
export function dropout(x: Tensor, rate: number, seed: number, tape?: Tape): Tensor {
  return scaleBy(x, tensor(mask(x.size, rate, seed), x.shape), tape);
}

/** Zeros and 1 / (1 - rate), drawn by a counter through a hash (Steele, Lea & Flood 2014, SplitMix, in 32 bits). */
function mask(size: number, rate: number, seed: number): Float32Array {
  const values = new Float32Array(size);
  const kept = 1 / (1 - rate);
  const limit = rate * 2 ** 32;
  let state = seed | 0;
  for (let place = 0; place < size; place += 1) {
    state = (state + 0x9e3779b9) | 0;
    if (mixed(state) >= limit) values[place] = kept;
  }
  return values;
}

/** A 32-bit number all of whose bits depend on all bits of the given one (MurmurHash3's last step). */
function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
