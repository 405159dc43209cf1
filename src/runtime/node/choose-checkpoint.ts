import { join } from 'node:path';
import type { Graph } from '../../compiler/ir/graph.js';
import { differences, type RunIdentity } from '../checkpoints/checkpoint.js';
import { misfit } from '../checkpoints/fit-checkpoint.js';
import { failWith, problem, succeed, type Outcome } from '../outcome.js';
import type { TrainingState } from '../training/state.js';
import { loadCheckpoint } from './load-checkpoint.js';

/** A state to go on from, with what people should know. */
export interface Chosen {
  readonly file: string;
  readonly state: TrainingState;
  /** What was left aside and why, and what differs without harm. */
  readonly notes: readonly string[];
}

/** Takes the first of the files, the newest first, that is whole, of this model and of the same run. */
export function chooseCheckpoint(
  folder: string,
  files: readonly string[],
  { graph, run }: { readonly graph: Graph; readonly run: RunIdentity },
): Outcome<Chosen> {
  const skipped: string[] = [];
  const differing: string[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const loaded = loadCheckpoint(path);
    const why = loaded.kind === 'broken' ? loaded.why : misfit(graph, loaded.checkpoint);
    if (loaded.kind === 'broken' || why !== undefined) {
      skipped.push(`skipped ${path}: ${why ?? ''}`);
      continue;
    }
    const { checkpoint } = loaded;
    const apart = differences(checkpoint.run, run);
    if (apart.length === 0) {
      const notes = [...skipped, ...engineNotes(checkpoint.run, run)];
      return succeed({ file: path, state: checkpoint.state, notes });
    }
    differing.push(`${path} is of another training: ${apart.join('; ')}`);
    skipped.push(`skipped ${path}: it is of another training: ${apart.join('; ')}`);
  }
  const [first] = differing;
  if (first !== undefined) {
    const help =
      'go on with the settings of then, or begin another run: `--weights` starts from what was learnt';
    return failWith(problem('checkpoint-differs', first, help));
  }
  return failWith(
    ...skipped.map((message) =>
      problem('broken-checkpoint', message.replace(/^skipped /, ''), 'begin anew with `--force`'),
    ),
  );
}

function engineNotes(before: RunIdentity, now: RunIdentity): readonly string[] {
  if (before.engine === now.engine) return [];
  return [
    `the checkpoint was written on the engine ${before.engine}, and goes on on ${now.engine}: the last digits will differ`,
  ];
}
