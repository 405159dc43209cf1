import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { finishWrites } from '../../src/cli/journal.js';
import type { Checkpoint } from '../../src/runtime/checkpoints/checkpoint.js';
import { decodeCheckpoint } from '../../src/runtime/checkpoints/decode-checkpoint.js';
import { decodeSafetensors } from '../../src/runtime/weights/decode-safetensors.js';
import { buildCnnc, cnnc, folderWith } from '../cli/cnnc.js';
import { changesOf, contentOf, faulty, filesOf, modelIn, type Files } from '../cli/faulty.js';
import { sidesData, sidesModel } from '../cli/sides.js';

beforeAll(buildCnnc);

/** Each kill is a process of its own: in continuous integration all of them, elsewhere some. */
const most = Number(process.env['CNNC_FUZZ'] ?? '500') >= 20_000 ? Number.POSITIVE_INFINITY : 3;

/** Steps from the first to one that is not there any more, evenly apart where there are too many. */
function stepsUpTo(last: number): readonly number[] {
  const apart = Math.max(1, last / most);
  const count = Math.ceil(last / apart);
  return [...Array.from({ length: count }, (_, place) => 1 + Math.floor(place * apart)), last + 1];
}

/** Kills a command at its steps, two processes at a time; the last step is beyond its end. */
async function killAtSteps(
  args: readonly string[],
  files: Files,
  look: (cwd: string, step: number) => Promise<void> | void,
): Promise<void> {
  const last = await changesOf(args, files);
  const steps = [...stepsUpTo(last)];
  const work = async (): Promise<void> => {
    for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
      const cwd = folderWith(files);
      const { code } = await faulty(args, cwd, step, 'SIGKILL');
      expect([step, code]).toEqual([step, step > last ? 0 : -1]);
      await look(cwd, step);
    }
  };
  await Promise.all([work(), work()]);
}

describe('a folder for js that is built over another model’s', () => {
  it('has the old network or the new one at every kill, and is the old folder or the new one afterwards', async () => {
    const named = (classes: number): string => `/// Tells ${String(classes)} sides apart.\n${sidesModel}`;
    const build = ['build', 'a.cnn', '--to', 'js', '-o', 'out', '--force'];
    const folderOf = async (source: string, before: Files): Promise<ReadonlyMap<string, string>> => {
      const cwd = folderWith({ 'a.cnn': source, ...before });
      expect((await cnnc(build, { cwd })).code).toBe(0);
      return contentOf(join(cwd, 'out'));
    };
    const source = named(3).replace('classes = 2', 'classes = 3');
    const old = await folderOf(named(2), {});
    const renewed = await folderOf(source, filesOf('out', old));
    const changed = [...renewed].filter(([name, content]) => old.has(name) && old.get(name) !== content);
    expect(changed.map(([name]) => name)).toEqual([
      'README.md',
      'index.d.ts',
      'index.html',
      'model.json',
      'package.json',
    ]);
    await killAtSteps(build, { 'a.cnn': source, ...filesOf('out', old) }, (cwd, step) => {
      const left = modelIn(contentOf(join(cwd, 'out')));
      expect([modelIn(old), modelIn(renewed)], String(step)).toContainEqual(left);
      finishWrites(join(cwd, 'out'));
      expect([old, renewed], String(step)).toContainEqual(contentOf(join(cwd, 'out')));
    });
  }, 600_000);
});

describe('a training that begins anew over another', () => {
  const source = sidesModel.replace('epochs 2', 'epochs 2; validation 20%');
  const data = { 'a.cnn': source, ...sidesData(40, 4) };
  const train = (seed: number, ...others: readonly string[]): readonly string[] => [
    ...['train', 'a.cnn', '--data', 'data', '-o', 'run', '--quiet', '--engine', 'cpu'],
    ...['--checkpoint-every', '1', '--seed', String(seed), ...others],
  ];
  const runOf = async (seed: number): Promise<ReadonlyMap<string, string>> => {
    const cwd = folderWith(data);
    expect((await cnnc(train(seed), { cwd })).code).toBe(0);
    return contentOf(join(cwd, 'run'));
  };

  it('leaves the whole old run or one moment of the new one at every kill, from which it goes on', async () => {
    const [old, whole] = [await runOf(1), await runOf(3)];
    const weights = whole.get('weights.safetensors');
    await killAtSteps(train(3, '--force'), { ...data, ...filesOf('run', old) }, async (cwd, step) => {
      const folder = join(cwd, 'run');
      finishWrites(folder);
      const left = contentOf(folder);
      const isOld = left.get('run.json') === old.get('run.json');
      if (isOld) expect(left, String(step)).toEqual(old);
      else expectOneMoment(left, { seed: 3, weights });
      const { code } = await cnnc(train(3, isOld ? '--force' : '--resume'), { cwd });
      expect([step, code]).toEqual([step, 0]);
      expect(contentOf(folder).get('weights.safetensors'), String(step)).toBe(weights);
    });
  }, 600_000);
});

/** All files of the folder are of the same run, and tell of the same epochs. */
function expectOneMoment(
  files: ReadonlyMap<string, string>,
  { seed, weights }: { readonly seed: number; readonly weights: string | undefined },
): void {
  const record: unknown = JSON.parse(textOf(files, 'run.json'));
  expect(record).toMatchObject({ seed });
  const hasEnded = JSON.stringify(record).includes('"end":"whole"');
  expect(files.get('weights.safetensors')).toBe(hasEnded ? weights : undefined);
  const names = [...files.keys()].filter((name) => name.startsWith(join('checkpoints', 'step-'))).sort();
  const checkpoints = names.map((name) => checkpointIn(files.get(name)));
  expect(checkpoints.length).toBeLessThanOrEqual(2);
  for (const { run } of checkpoints) expect(run.seed).toBe(seed);
  const epochs = checkpoints.at(-1)?.state.results.length ?? -1;
  expect(textOf(files, 'history.jsonl').split('\n')).toHaveLength(epochs + 1);
  expect(files.has('curves.svg')).toBe(epochs > 0);
  expect(files.has(join('checkpoints', 'best.safetensors'))).toBe(epochs > 0);
  expect([...files.keys()].filter((name) => name.startsWith('.'))).toEqual([]);
}

function textOf(files: ReadonlyMap<string, string>, name: string): string {
  return Buffer.from(files.get(name) ?? '', 'base64').toString('utf8');
}

function checkpointIn(content = ''): Checkpoint {
  const read = decodeSafetensors(Buffer.from(content, 'base64'));
  const checkpoint = read.ok ? decodeCheckpoint(read.value) : undefined;
  if (checkpoint === undefined) throw new Error('the checkpoint could not be read');
  return checkpoint;
}
