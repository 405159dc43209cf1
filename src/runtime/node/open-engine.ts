import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Engine, EngineName, EngineProblem } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';

/** Opens an engine in Node: its files come from the installed package, never over a network. */
export async function openEngineInNode(name: EngineName | 'auto'): Promise<Engine | EngineProblem> {
  return withoutHandlers(() => openEngine(name, { wasmFolder: wasmFolder() }));
}

/** The folder of the WebAssembly files in the installed package. */
function wasmFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return join(dirname(manifest), 'dist') + sep;
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
