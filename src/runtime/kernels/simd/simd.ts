import { accumulateChannels } from './accumulate-channels.js';
import { accumulate } from './accumulate.js';
import { encodeModule } from './encode-module.js';
import { hyperbolicTangent } from './hyperbolic-tangent.js';
import { giveToAll, giveToFirst } from './pool-gradients.js';

/** The memory of a WebAssembly module. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

/** The global of that name, as far as it is used here: TypeScript describes it only together with all of a page's. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** A function of our module; its parameters are documented where it is defined. */
type Run = (...numbers: number[]) => void;

/** The functions that work on four float32 of a memory at once. */
export interface Simd {
  readonly accumulate: Run;
  readonly accumulateChannels: Run;
  readonly giveToFirst: Run;
  readonly giveToAll: Run;
  readonly hyperbolicTangent: Run;
}

/** Makes the functions for a memory, which may grow later; `undefined` where WebAssembly can't compute with four lanes. */
export function simdOn(memory: WasmMemory): Simd | undefined {
  const bytes = encodeModule({
    accumulate: accumulate(),
    accumulateChannels: accumulateChannels(),
    giveToFirst: giveToFirst(),
    giveToAll: giveToAll(),
    hyperbolicTangent: hyperbolicTangent(),
  });
  if (!WebAssembly.validate(bytes)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return {
    accumulate: functionIn(exports, 'accumulate'),
    accumulateChannels: functionIn(exports, 'accumulateChannels'),
    giveToFirst: functionIn(exports, 'giveToFirst'),
    giveToAll: functionIn(exports, 'giveToAll'),
    hyperbolicTangent: functionIn(exports, 'hyperbolicTangent'),
  };
}

function functionIn(exports: Readonly<Record<string, unknown>>, name: keyof Simd): Run {
  const value = exports[name];
  if (!isRun(value)) throw new Error(`${name} was not exported`);
  return value;
}

function isRun(value: unknown): value is Run {
  return typeof value === 'function';
}
