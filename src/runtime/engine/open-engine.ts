import { succeed, type Outcome } from '../outcome.js';
import type { Engine, EngineName, EngineOptions } from './engine.js';
import { openCpu } from './open-cpu.js';
import { openNative } from './open-native.js';
import { openWasm } from './open-wasm.js';
import { silently } from './silently.js';

/**
 * Opens an engine and makes it the one in use; what it needs is loaded only now. `auto` is the best that is there:
 * TensorFlow's native library, else WebAssembly, else plain JavaScript.
 */
export async function openEngine(
  name: EngineName | 'auto',
  options: EngineOptions = {},
): Promise<Outcome<Engine>> {
  return silently(() => (name === 'auto' ? openBest(options) : openers[name](options)));
}

type Opener = (options: EngineOptions) => Promise<Outcome<Engine>>;

const openers: Readonly<Record<EngineName, Opener>> = { wasm: openWasm, cpu: openCpu, node: openNative };

async function openBest(options: EngineOptions): Promise<Outcome<Engine>> {
  const native = await openNative(options);
  if (native.ok) return native;
  const wasm = await openWasm(options);
  if (wasm.ok) return wasm;
  const cpu = await openCpu();
  if (!cpu.ok) return cpu;
  const reasons = wasm.problems.map(({ message }) => message);
  return succeed({ ...cpu.value, notes: [...reasons, ...cpu.value.notes] });
}
