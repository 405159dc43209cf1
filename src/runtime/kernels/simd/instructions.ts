import { signed, unsigned } from './leb128.js';

/** Code of WebAssembly, byte by byte (WebAssembly Core Specification 2.0, §5.4). */
export type Code = readonly number[];

/** The types of values that our functions use. */
export type ValueType = 'i32' | 'f32' | 'v128';

/** A parameter or a variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** The value of a local. */
export function get({ index }: Local): Code {
  return [0x20, ...unsigned(index)];
}

/** Gives a local a value. */
export function set({ index }: Local, value: Code): Code {
  return [...value, 0x21, ...unsigned(index)];
}

/** A whole number. */
export function whole(value: number): Code {
  return [0x41, ...signed(value)];
}

/** The sum of two whole numbers. */
export function plus(a: Code, b: Code): Code {
  return [...a, ...b, 0x6a];
}

/** The product of two whole numbers. */
export function times(a: Code, b: Code): Code {
  return [...a, ...b, 0x6c];
}

/** The bits that are set in both. */
export function masked(value: Code, mask: number): Code {
  return [...value, ...whole(mask), 0x71];
}

/** A whole number times a power of two. */
export function doubled(value: Code, often: number): Code {
  return [...value, ...whole(often), 0x74];
}

/** A whole number that isn't negative, divided by a power of two and rounded down. */
export function halved(value: Code, often: number): Code {
  return [...value, ...whole(often), 0x76];
}

/** Adds to a whole number that a local holds. */
export function advance(local: Local, by: Code): Code {
  return set(local, plus(get(local), by));
}

/** Runs code as often as a local says, which is 0 behind it. */
export function repeat(counter: Local, body: Code): Code {
  const [block, loop, end, nothing] = [0x02, 0x03, 0x0b, 0x40];
  const [isZero, branchIf] = [0x45, 0x0d];
  return [
    ...[block, nothing, ...get(counter), isZero, branchIf, 0],
    ...[loop, nothing, ...body, ...advance(counter, whole(-1)), ...get(counter), branchIf, 0, end],
    end,
  ];
}
