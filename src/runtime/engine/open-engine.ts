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
  const reasons: string[] = [];
  if (options.findNativePackage !== undefined) {
    const native = await openNative(options);
    if (native.ok) return native;
    reasons.push(...native.problems.map(({ message }) => message));
  }
  const wasm = await openWasm(options);
  if (wasm.ok) return succeed({ ...wasm.value, notes: [...reasons, ...wasm.value.notes] });
  reasons.push(...wasm.problems.map(({ message }) => message));
  const cpu = await openCpu();
  return cpu.ok ? succeed({ ...cpu.value, notes: [...reasons, ...cpu.value.notes] }) : cpu;
}
