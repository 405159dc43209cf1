import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BuiltFile } from '../backends/backend.js';
import { ioFailure } from './failure.js';
import { makeFolder, removeFolders } from './make-folder.js';
import { statFile } from './stat-file.js';
import { writeFileAtomically } from './write-file.js';

/** Where a model is written, and what must stay. */
export interface ModelPlace {
  readonly folder: string;
  /** Whether a model that is there may be written over. */
  readonly force: boolean;
  /** Files that the model is made from: none of them may be written over. */
  readonly inputs: readonly string[];
}

/** Refuses a place before anything is computed: no folder, a model that is there, or a file that the model is made from. */
export function checkPlace({ folder, force, inputs }: ModelPlace, manifest: string): void {
  if (statFile(folder)?.isDirectory() === false)
    throw ioFailure(`"${folder}" is there and is no folder`, 'name another folder with -o');
  const target = join(folder, manifest);
  if (inputs.some((input) => isSameFile(input, target)))
    throw ioFailure(
      `"${target}" is an input of this build, which would be overwritten`,
      'name another folder with -o',
    );
  if (existsSync(target) && !force)
    throw ioFailure(`"${target}" is there already`, 'name another folder, or overwrite it with `--force`');
}

/**
 * Writes the files of a model, the last of which names the others: until it is replaced the old model is whole, from then
 * on the new one. Where writing fails, what was new is taken away again.
 */
export function writeModel({ folder, inputs }: ModelPlace, files: readonly BuiltFile[]): void {
  const fresh: string[] = [];
  const made = makeFolder(folder);
  try {
    for (const { path, bytes } of files) {
      const target = join(folder, path);
      if (inputs.some((input) => isSameFile(input, target)))
        throw ioFailure(`"${target}" is an input of this build`);
      if (!existsSync(target)) fresh.push(target);
      writeFileAtomically(target, bytes);
    }
  } catch (error) {
    for (const path of fresh) rmSync(path, { force: true });
    removeFolders(made);
    throw error;
  }
  removeOldWeights(folder, inputs, files);
}

/** Weights of the model that was there before; nothing else has such names. */
function removeOldWeights(folder: string, inputs: readonly string[], files: readonly BuiltFile[]): void {
  const written = new Set(files.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const isOld =
      weightsName.test(name) && !written.has(name) && !inputs.some((input) => isSameFile(input, path));
    if (isOld) rmSync(path, { force: true });
  }
}

const weightsName = /^weights-[0-9a-f]{16}-\d+of\d+\.bin$/;

function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statFile(one), statFile(other)];
  if (first === undefined || second === undefined) return false;
  return first.ino === second.ino && first.dev === second.dev;
}
