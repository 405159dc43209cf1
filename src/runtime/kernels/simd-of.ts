import { simdOn, type Simd, type WasmMemory } from './simd/simd.js';

/** Our functions on a backend's memory, made once for each; where that can't be, the engine was not to be opened. */
export function simdOf(backend: object): Simd {
  const simd = find(backend);
  if (simd === undefined)
    throw new Error('a backend without a memory on which four values can be worked on at once');
  return simd;
}

/** Whether our functions can work on a backend's memory. */
export function hasSimd(backend: object): boolean {
  return find(backend) !== undefined;
}

const known = new WeakMap<object, Simd>();

function find(backend: object): Simd | undefined {
  const before = known.get(backend);
  if (before !== undefined) return before;
  const memory = memoryOf(backend);
  const made = memory && simdOn(memory);
  if (made !== undefined) known.set(backend, made);
  return made;
}

/** The memory of the module that a backend has loaded: one of its exports, whose names are not those of its source. */
function memoryOf(backend: object): WasmMemory | undefined {
  const exports = memberOf(memberOf(backend, 'wasm'), 'asm');
  return exports === undefined ? undefined : Object.values(exports).find(isMemory);
}

function memberOf(value: object | undefined, name: string): object | undefined {
  const member: unknown = value === undefined ? undefined : Reflect.get(value, name);
  return typeof member === 'object' && member !== null ? member : undefined;
}

function isMemory(value: unknown): value is WasmMemory {
  return typeof value === 'object' && value !== null && 'buffer' in value && 'grow' in value;
}
