import { statSync } from 'node:fs';
import type { DataSet } from '../data/data-set.js';
import type { Outcome } from '../outcome.js';
import { loadClassFolders, usualHeldBytes } from './load-class-folders.js';
import { findIdx, loadIdxFolder, missingIdx, type Target } from './load-idx.js';
import { loadMnist } from './load-mnist.js';
import { reasonOf, unreadable } from './read-bytes.js';

/**
 * Loads a data set with all images in the size that a model takes: `mnist`, a folder of IDX files, or a folder with one
 * folder of PNG or JPEG files for each class, of which more than `heldBytes` are read as they are needed.
 */
export function loadDataSet(
  name: string,
  target: Target,
  heldBytes: number = usualHeldBytes,
): Outcome<DataSet> {
  if (name === 'mnist') return loadMnist(target);
  try {
    if (!statSync(name).isDirectory()) return unreadable(name, 'it is no folder');
  } catch (error) {
    return unreadable(name, reasonOf(error));
  }
  const missing = missingIdx(name);
  if (missing !== undefined) return missing;
  return findIdx(name) === undefined
    ? loadClassFolders(name, name, { target, heldBytes })
    : loadIdxFolder(name, name, target);
}
