import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineUnavailable } from '../engine/engine.js';
import { succeed, type Outcome } from '../outcome.js';

/**
 * What loads tfjs-node: that which `npm run native` has put beside the package, else that which is installed as an optional
 * package. The process is made ready for it: which functions are there and what is logged can't be said afterwards.
 */
export function nativePackage(root = ownFolder()): Outcome<() => void> {
  const built = join(root, '.cache', 'native');
  const [entry] = [built, root].flatMap(entryIn);
  if (entry === undefined) {
    return engineUnavailable(
      'node',
      'the optional package @tensorflow/tfjs-node is not installed',
      nativeHelp,
    );
  }
  return succeed(() => {
    prepareProcess();
    const quietly = quietlyIn(built);
    quietly(() => {
      createRequire(entry)(entry);
    });
  });
}

const nativeHelp =
  '`npm run native` in a checkout of cnnc, `npm install @tensorflow/tfjs-node` elsewhere, or use `--engine wasm`';

/** The nearest folder above this file that is a package: cnnc's own, bundled or not. */
function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function entryIn(folder: string): readonly string[] {
  try {
    return [createRequire(join(folder, 'package.json')).resolve('@tensorflow/tfjs-node')];
  } catch {
    return [];
  }
}

/**
 * What `npm run native` has built to load the library without the notice that it writes on standard error before it can be
 * told not to; the library of the optional package can be told.
 */
function quietlyIn(folder: string): (action: () => void) => void {
  const path = join(folder, 'quietly.node');
  const quietly: unknown = existsSync(path) ? createRequire(path)(path) : undefined;
  return (action) => {
    if (typeof quietly === 'function') Reflect.apply(quietly, undefined, [action]);
    else action();
  };
}

function prepareProcess(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // Node 23 took this function away, which the package calls.
  const util: unknown = createRequire(import.meta.url)('node:util');
  if (typeof util === 'object' && util !== null && !Reflect.has(util, 'isNullOrUndefined')) {
    Reflect.set(util, 'isNullOrUndefined', (value: unknown) => value === undefined || value === null);
  }
}
