import { closeSync, mkdirSync, openSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ioFailure, systemCode, systemReason } from './failure.js';
import { statFile } from './stat-file.js';
import { temporaryName } from './temporary-name.js';

/**
 * Makes a folder with those that it stands in; gives the ones that were not there, the outermost first. Level by level:
 * Node's own way of making several tries for ever where one can't be made under a folder that is there, as in `/proc`.
 */
export function makeFolder(folder: string): readonly string[] {
  const made: string[] = [];
  try {
    for (const path of missingFolders(resolve(folder))) {
      if (makeOne(path)) made.push(path);
    }
  } catch (error) {
    removeFolders(made);
    throw ioFailure(`can't make the folder ${folder}: ${systemReason(error)}`);
  }
  return made;
}

/** Takes folders away again, the innermost first, as far as nothing has come to be in them. */
export function removeFolders(made: readonly string[]): void {
  try {
    for (const path of made.toReversed()) rmdirSync(path);
  } catch {
    // Something of another's is in it by now, which stays.
  }
}

/** Refuses a folder in which no file can be made. */
export function probeFolder(folder: string): void {
  const probe = join(folder, temporaryName('tmp'));
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  } catch (error) {
    throw ioFailure(`can't write into the folder ${folder}: ${systemReason(error)}`);
  }
}

function missingFolders(folder: string): readonly string[] {
  const missing: string[] = [];
  for (let at = folder; statFile(at) === undefined && at !== dirname(at); at = dirname(at))
    missing.unshift(at);
  return missing;
}

/** False where another made it meanwhile. */
function makeOne(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && statFile(path)?.isDirectory() === true) return false;
    throw error;
  }
}
