import type { Engine, EngineName, EngineOptions, EngineProblem } from './engine.js';
import { openCpu } from './open-cpu.js';
import { openNative } from './open-native.js';
import { openWasm } from './open-wasm.js';
import { silently } from './silently.js';

/**
 * Opens an engine and makes it the one in use; what it needs is loaded only now. `auto` is the fastest that runs anywhere:
 * WebAssembly, else plain JavaScript.
 */
export async function openEngine(
  name: EngineName | 'auto',
  options: EngineOptions = {},
): Promise<Engine | EngineProblem> {
  return silently(() => (name === 'auto' ? openBest(options) : openers[name](options)));
}

type Opener = (options: EngineOptions) => Promise<Engine | EngineProblem>;

const openers: Readonly<Record<EngineName, Opener>> = { wasm: openWasm, cpu: openCpu, node: openNative };

async function openBest(options: EngineOptions): Promise<Engine | EngineProblem> {
  const wasm = await openWasm(options);
  if (wasm.kind === 'engine') return wasm;
  const cpu = await openCpu();
  if (cpu.kind === 'engine-problem') return cpu;
  return { ...cpu, notes: [`not wasm, since ${wasm.message}`, ...cpu.notes] };
}
