import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ioFailure, systemCode, systemReason, usageFailure } from './failure.js';
import { weightsFile } from './read-weights.js';
import { statFile } from './stat-file.js';

/** The files of a run's folder, besides its weights. */
export const runFiles = {
  history: 'history.jsonl',
  curves: 'curves.svg',
  record: 'run.json',
  checkpoints: 'checkpoints',
  /** In the folder of checkpoints: the weights of the epoch that did best, as a plain file of weights. */
  best: 'best.safetensors',
} as const;

/** The name of the checkpoint of a step: names sort as steps do. */
export function checkpointName(step: number): string {
  return `step-${String(step).padStart(8, '0')}.safetensors`;
}

/** The checkpoints of a run, the newest first. */
export function checkpointsIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(join(folder, runFiles.checkpoints));
    return names
      .filter((name) => /^step-\d{8,}\.safetensors$/.test(name))
      .sort((one, other) => other.length - one.length || (one < other ? 1 : -1));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw ioFailure(`can't read ${join(folder, runFiles.checkpoints)}: ${systemReason(error)}`);
  }
}

/** What a run's folder may hold already, as the flags say. */
export interface RunFlags {
  readonly out: string;
  readonly force?: boolean;
  readonly resume?: boolean;
}

/** Looks a run's folder over: told before hours of training rather than after them. */
export function checkRunFolder({ out, force = false, resume = false }: RunFlags): void {
  if (force && resume) {
    throw usageFailure('`--resume` goes on with what `--force` would overwrite', 'give one of them');
  }
  if (statFile(out)?.isDirectory() === false) throw usageFailure(`"${out}" is there and is no folder`);
  for (const name of [weightsFile, runFiles.history, runFiles.curves, runFiles.record]) {
    const path = join(out, name);
    if (statFile(path)?.isDirectory() === true) throw ioFailure(`can't write ${path}: it is a folder`);
  }
  const folder = join(out, runFiles.checkpoints);
  if (statFile(folder)?.isDirectory() === false) throw ioFailure(`can't write ${folder}: it is no folder`);
  if (force) return;
  const hasWeights = statFile(join(out, weightsFile)) !== undefined;
  const hasCheckpoints = checkpointsIn(out).length > 0;
  if (resume) {
    if (!hasWeights || hasCheckpoints) return;
    throw usageFailure(
      `"${out}" holds weights, but no checkpoint to go on from`,
      `start a run in another folder from them with \`--weights ${out}\`, or overwrite them with \`--force\``,
    );
  }
  if (hasWeights) {
    const other = hasCheckpoints ? 'go on with `--resume`, choose another folder' : 'choose another folder';
    throw usageFailure(`"${out}" holds weights already`, `${other}, or overwrite them with \`--force\``);
  }
  if (hasCheckpoints) {
    throw usageFailure(
      `"${out}" holds checkpoints of a training that has not ended`,
      'go on with `--resume`, or begin anew with `--force`',
    );
  }
}

/** Takes files away that belong to an earlier state of a run; those that aren't there are no matter. */
export function removeFiles(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const path = join(folder, name);
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw ioFailure(`can't remove ${path}: ${systemReason(error)}`);
    }
  }
}
