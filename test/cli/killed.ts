import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cnnc, folderWith, program } from './cnnc.js';
import { sidesData, sidesModel } from './sides.js';

/** The arguments of a training that writes into `run`. */
export const run = ['train', 'sides.cnn', '--data', 'data', '-o', 'run', '--quiet', '--engine', 'wasm'];

/** Those that write a checkpoint every few steps. */
export const every = ['--checkpoint-every', '3'];

/** Dropout, changes of images, moving statistics, a split and early stopping: all that a state has to hold. */
const source = sidesModel
  .replace('  flatten\n', '  conv 2 3x3 same bias=false -> bn -> relu\n  flatten -> dropout 30%\n')
  .replace('epochs 2', 'epochs 4; augment { shift 20% }; schedule plateau patience=1; stop 3');

/** A folder with the model and its data. */
export function trainingFolder(): string {
  return folderWith({ 'sides.cnn': source, ...sidesData() });
}

/** The bytes of the weights that a run has written. */
export function weightsIn(cwd: string): string {
  return readFileSync(join(cwd, 'run', 'weights.safetensors')).toString('hex');
}

let whole: string | undefined;

/** The weights of a training that was never ended. */
export async function wholeWeights(): Promise<string> {
  if (whole !== undefined) return whole;
  const cwd = trainingFolder();
  const { code, err } = await cnnc(run, { cwd });
  if (code !== 0) throw new Error(err);
  whole = weightsIn(cwd);
  return whole;
}

/** Ends a training by a signal once so many checkpoints have come to be, and perhaps a little later. */
export async function endedAfter(
  cwd: string,
  checkpoints: number,
  signal: NodeJS.Signals,
  turns = 0,
): Promise<void> {
  const args = [program, ...run, '--checkpoint-every', '1', '--resume'];
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const seen = new Set<string>();
  for (let left = turns; child.exitCode === null && (seen.size < checkpoints || left > 0);) {
    if (seen.size >= checkpoints) left -= 1;
    for (const name of namesIn(join(cwd, 'run', 'checkpoints'))) {
      if (name.startsWith('step-')) seen.add(name);
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  child.kill(signal);
  await ended;
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
