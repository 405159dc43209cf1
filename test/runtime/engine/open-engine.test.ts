import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { getBackend, getKernel, memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compileTypeScript } from '../../../scripts/house/compile-typescript.mjs';
import { openEngine } from '../../../src/runtime/engine/open-engine.js';
import { wasmUnavailable } from '../../../src/runtime/engine/open-wasm.js';
import { ownKernels } from '../../../src/runtime/kernels/kernels.js';
import { nativePackage } from '../../../src/runtime/node/native-package.js';
import { openEngineInNode, wasmFolder } from '../../../src/runtime/node/open-engine.js';
import { open } from '../engines.js';

describe('an engine', () => {
  it.each(['wasm', 'cpu'] as const)('that is opened is the one in use: %s', async (name) => {
    const engine = await open(name);
    expect(engine.name).toBe(name);
    expect(getBackend()).toBe(name);
    expect(memory().numTensors).toBe(0);
  });

  it('is the native library where that is installed and nothing else is asked for, else WebAssembly', async () => {
    const engine = await openEngineInNode('auto');
    const name = nativePackage().ok ? 'node' : 'wasm';
    expect(engine).toMatchObject({ ok: true, value: { name } });
  });

  it('is plain JavaScript where WebAssembly is not there, and says why', async () => {
    const engine = await openEngine('auto', { findWasmFolder: () => wasmUnavailable('there is no file') });
    expect(engine).toMatchObject({ ok: true, value: { name: 'cpu' } });
    expect(engine.ok && engine.value.notes[0]).toBe("the engine `wasm` can't be used: there is no file");
  });

  it('that is asked for by name is not replaced by another one', async () => {
    const engine = await openEngine('wasm', { findWasmFolder: () => wasmUnavailable('there is no file') });
    expect(engine).toMatchObject({ ok: false, problems: [{ code: 'engine-unavailable' }] });
  });

  it('misses its files with their name and folder', () => {
    const outcome = wasmFolder('/nowhere');
    expect(!outcome.ok && outcome.problems[0]?.message).toBe(
      "the engine `wasm` can't be used: there is no tfjs-backend-wasm.wasm in /nowhere",
    );
  });

  it('that needs the optional native package says how to get it, or uses it', async () => {
    const engine = await openEngineInNode('node');
    const answer = engine.ok ? engine.value.name : engine.problems[0]?.help;
    expect(answer).toMatch(engine.ok ? /^node$/ : /npm run native/);
  });
});

describe('the kernels on WebAssembly', () => {
  it('that are absent or wrong in TensorFlow.js are ours, and named so', async () => {
    const { notes } = await open('wasm');
    for (const { config } of ownKernels) {
      expect(getKernel(config.kernelName, 'wasm')).toBe(config);
      expect(notes.join()).toContain(config.kernelName);
    }
    expect(notes.join()).toContain('kernels of cnnc');
  });

  it('are installed twice without harm', async () => {
    await open('wasm');
    const before = getKernel('MaxPoolGrad', 'wasm');
    await open('wasm');
    expect(getKernel('MaxPoolGrad', 'wasm')).toBe(before);
  });
});

describe('opening engines in a process of its own', () => {
  it('prints nothing, and leaves no handlers of errors behind', async () => {
    const compiled = await compileTypeScript('src/runtime/node/open-engine.ts');
    const script = `
      import { openEngineInNode } from ${JSON.stringify(pathToFileURL(compiled).href)};
      const handlers = () => ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
      const before = handlers().join();
      for (const name of ['wasm', 'cpu', 'auto', 'node']) await openEngineInNode(name);
      console.log(before, handlers().join());
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('0,0 0,0\n');
  });
});
