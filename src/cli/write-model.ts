import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BuiltFile } from '../backends/backend.js';
import { ioFailure, type Failure } from './failure.js';
import { isSameFile } from './is-same-file.js';
import { finishWrites } from './journal.js';
import { statFile } from './stat-file.js';
import { writeFilesTogether } from './write-files.js';

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
  // A model that a killed run had decided on is there.
  finishWrites(folder);
  const target = join(folder, manifest);
  if (inputs.some((input) => isSameFile(input, target))) throw isInput(target);
  if (existsSync(target) && !force) throw isThereAlready(target);
}

/**
 * Writes the files of a model, all or none, the last of which names the others; weights of the model that was there before
 * go. Weights are named by what they hold, so that they can't be those of another.
 */
export function writeModel({ folder, force, inputs }: ModelPlace, files: readonly BuiltFile[]): void {
  for (const { path } of files) {
    const target = join(folder, path);
    if (inputs.some((input) => isSameFile(input, target))) throw isInput(target);
    if (!force && !weightsName.test(path) && existsSync(target)) throw isThereAlready(target);
  }
  const news = files.map(({ path, bytes }) => ({ path, content: bytes }));
  writeFilesTogether(folder, news, oldWeights(folder, inputs, files));
}

/** Weights of the model that was there before; nothing else has such names. */
function oldWeights(
  folder: string,
  inputs: readonly string[],
  files: readonly BuiltFile[],
): readonly string[] {
  const written = new Set(files.map(({ path }) => basename(path)));
  const names = statFile(folder) === undefined ? [] : readdirSync(folder);
  return names.filter(
    (name) =>
      weightsName.test(name) &&
      !written.has(name) &&
      !inputs.some((input) => isSameFile(input, join(folder, name))),
  );
}

const weightsName = /^weights-[0-9a-f]{16}-\d+of\d+\.bin$/;

function isInput(target: string): Failure {
  return ioFailure(
    `"${target}" is an input of this build, which would be overwritten`,
    'name another folder with -o',
  );
}

function isThereAlready(target: string): Failure {
  return ioFailure(`"${target}" is there already`, 'name another folder, or overwrite it with `--force`');
}
