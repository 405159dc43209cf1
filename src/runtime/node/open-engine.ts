import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Engine, EngineName } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { wasmUnavailable } from '../engine/open-wasm.js';
import { succeed, type Outcome } from '../outcome.js';
import { nativePackage } from './native-package.js';

/** Opens an engine in Node: its files come from the installed package, never over a network. */
export async function openEngineInNode(name: EngineName | 'auto'): Promise<Outcome<Engine>> {
  return withoutHandlers(() =>
    openEngine(name, { findWasmFolder: () => wasmFolder(), findNativePackage: () => nativePackage() }),
  );
}

/** The files of which TensorFlow.js chooses one. */
const wasmFiles = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

/** The folder of the WebAssembly files, if all of them are there. */
export function wasmFolder(folder = packageFolder()): Outcome<string> {
  const absent = wasmFiles.find((file) => !existsSync(join(folder, file)));
  return absent === undefined ? succeed(folder + sep) : wasmUnavailable(`there is no ${absent} in ${folder}`);
}

/** Where the installed package keeps what it has built. */
function packageFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return join(dirname(manifest), 'dist');
}

/**
 * Takes away the handlers of uncaught errors that the WebAssembly module puts into the process when it starts: with them
 * every error of the program would be shown as one of theirs.
 */
async function withoutHandlers<T>(action: () => Promise<T>): Promise<T> {
  const exceptions = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  try {
    return await action();
  } finally {
    for (const listener of process.listeners('uncaughtException')) {
      if (!exceptions.includes(listener)) process.off('uncaughtException', listener);
    }
    for (const listener of process.listeners('unhandledRejection')) {
      if (!rejections.includes(listener)) process.off('unhandledRejection', listener);
    }
  }
}
