import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { GraphLoader, LayersLoader } from '../verify/loaders.js';
import type { Found, Loaders } from '../verify/target-runners.js';

/** Looks for the packages that load built models where cnnc is installed and in the current folder. */
export function findLoaders(places: readonly string[] = usualPlaces()): Loaders {
  return {
    layers: find('@tensorflow/tfjs-layers', places, isLayersLoader),
    graph: find('@tensorflow/tfjs-converter', places, isGraphLoader),
  };
}

function usualPlaces(): readonly string[] {
  return [import.meta.url, join(process.cwd(), 'package.json')];
}

function find<Loader>(
  name: string,
  places: readonly string[],
  isLoader: (loaded: unknown) => loaded is Loader,
): Found<Loader> {
  let why = `the package ${name} is not installed`;
  for (const place of places) {
    const path = pathFrom(place, name);
    if (path === undefined) continue;
    // With a core of its own it would not run on the engine that is open.
    if (pathFrom(path, core) === pathFrom(import.meta.url, core)) {
      const loaded: unknown = createRequire(place)(name);
      if (isLoader(loaded)) return { kind: 'found', loader: loaded };
    }
    why = `the package ${name} there has another ${core} than cnnc`;
  }
  return { kind: 'absent', why: `${why} (\`npm install ${name}@4.22.0\` where cnnc is installed)` };
}

const core = '@tensorflow/tfjs-core';

function pathFrom(place: string, name: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    return undefined;
  }
}

function isLayersLoader(loaded: unknown): loaded is LayersLoader {
  return typeof loaded === 'object' && loaded !== null && 'loadLayersModel' in loaded;
}

function isGraphLoader(loaded: unknown): loaded is GraphLoader {
  return typeof loaded === 'object' && loaded !== null && 'loadGraphModel' in loaded;
}
