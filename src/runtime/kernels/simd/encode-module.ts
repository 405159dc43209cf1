import type { SimdFunction } from './function.js';
import type { ValueType } from './instructions.js';
import { unsigned } from './leb128.js';

type Bytes = readonly number[];

/** A WebAssembly module that works on the memory `env.memory` and exports these functions (Core Specification 2.0, §5.5). */
export function encodeModule(functions: Readonly<Record<string, SimdFunction>>): Uint8Array<ArrayBuffer> {
  const named = Object.entries(functions);
  const bodies = named.map(([, each]) => each);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      bodies.map(({ parameters }) => [0x60, ...vector(parameters.map(typeOf)), 0]),
    ),
    // A memory of at least one page.
    ...section(2, [[...text('env'), ...text('memory'), 0x02, 0x00, 1]]),
    ...section(
      3,
      bodies.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      named.map(([name], index) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(
      10,
      bodies.map((each) => sized(bodyOf(each))),
    ),
  ]);
}

function bodyOf({ variables, code }: SimdFunction): Bytes {
  return [...vector(variables.map((type) => [1, ...typeOf(type)])), ...code, 0x0b];
}

function typeOf(type: ValueType): Bytes {
  return [{ i32: 0x7f, f32: 0x7d, v128: 0x7b }[type]];
}

function section(id: number, items: readonly Bytes[]): Bytes {
  return [id, ...sized(vector(items))];
}

function vector(items: readonly Bytes[]): Bytes {
  return [...unsigned(items.length), ...items.flat()];
}

function sized(bytes: Bytes): Bytes {
  return [...unsigned(bytes.length), ...bytes];
}

function text(value: string): Bytes {
  return sized([...new TextEncoder().encode(value)]);
}
