import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bash, buildCnnc, cnnc } from './cnnc.js';
import { endedAfter, every, run, trainingFolder, weightsIn, wholeWeights } from './killed.js';

beforeAll(buildCnnc);

const withNotes = [...run.filter((one) => one !== '--quiet'), ...every];

describe('cnnc train --resume', () => {
  it('is offered where a training was killed, and ends with the same bytes', async () => {
    const cwd = trainingFolder();
    await endedAfter(cwd, 4, 'SIGKILL');
    expect(readdirSync(join(cwd, 'run'))).not.toContain('weights.safetensors');
    const refused = await cnnc(run, { cwd });
    expect([refused.code, refused.err]).toEqual([
      2,
      'cnnc: "run" holds checkpoints of a training that has not ended\n' +
        '  help: go on with `--resume`, or begin anew with `--force`\n',
    ]);
    const { code, err } = await cnnc([...run, ...every, '--resume'], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(weightsIn(cwd)).toBe(await wholeWeights());
  });

  it('goes on from the step of Ctrl-C, and for more epochs', async () => {
    const cwd = trainingFolder();
    await endedAfter(cwd, 1, 'SIGINT');
    const { err } = await cnnc([...withNotes, '--resume', '--epochs', '2'], { cwd });
    expect(err).toMatch(/^going on from run\/checkpoints\/step-\d{8}\.safetensors: epoch \d, step \d+$/m);
    const names = readdirSync(join(cwd, 'run', 'checkpoints'));
    expect(names.filter((name) => name.startsWith('step-'))).toHaveLength(2);
    expect(names).toContain('step-00000018.safetensors');
    await cnnc([...run, '--resume'], { cwd });
    expect(weightsIn(cwd)).toBe(await wholeWeights());
    const weights = join('run', 'checkpoints', 'best.safetensors');
    const evaluated = await cnnc(['evaluate', 'sides.cnn', '--data', 'data', '--weights', weights], { cwd });
    expect(evaluated.code).toBe(0);
  });

  it('begins at the beginning where there is no checkpoint, and refuses weights without one', async () => {
    const cwd = trainingFolder();
    const fresh = await cnnc([...withNotes, '--resume', '--epochs', '1'], { cwd });
    expect(fresh.err).toContain('run has no checkpoint: the training begins at its beginning\n');
    rmSync(join(cwd, 'run', 'checkpoints'), { recursive: true });
    const { code, err } = await cnnc([...run, '--resume'], { cwd });
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      'cnnc: "run" holds weights, but no checkpoint to go on from',
    ]);
    expect((await cnnc([...run, '--resume', '--force'], { cwd })).code).toBe(2);
  });

  it('refuses another training', async () => {
    const cwd = trainingFolder();
    await cnnc([...run, '--epochs', '1'], { cwd });
    const { code, err } = await cnnc([...run, '--resume', '--seed', '3'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain(
      'error[checkpoint-differs]: run/checkpoints/step-00000009.safetensors is of another',
    );
  });

  it('ends with 3 where a checkpoint can not be written, and keeps the last one', async () => {
    const cwd = trainingFolder();
    // With the first best weights, at the end of an epoch, a checkpoint grows beyond the size that files may have here.
    const limited = `trap '' XFSZ; ulimit -f 7; $CNNC ${[...run, ...every].join(' ')}`;
    const { code, err } = await bash(limited, { cwd });
    expect(err).toContain("cnnc: can't write run/checkpoints/step-00000009.safetensors: ");
    expect(err).toContain('help: the checkpoint of step 6 is whole: go on from it with `--resume`\n');
    expect(code).toBe(3);
    expect(readdirSync(join(cwd, 'run', 'checkpoints')).sort()).toEqual([
      'step-00000003.safetensors',
      'step-00000006.safetensors',
    ]);
    await cnnc([...run, '--resume'], { cwd });
    expect(weightsIn(cwd)).toBe(await wholeWeights());
  });

  it('leaves nothing of an earlier run beside what `--force` writes', async () => {
    const cwd = trainingFolder();
    await cnnc([...run, ...every, '--epochs', '2'], { cwd });
    const { code } = await cnnc([...run, ...every, '--epochs', '1', '--force'], { cwd });
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, 'run', 'checkpoints')).sort()).toEqual([
      'best.safetensors',
      'step-00000006.safetensors',
      'step-00000009.safetensors',
    ]);
    expect(readFileSync(join(cwd, 'run', 'history.jsonl'), 'utf8').split('\n')).toHaveLength(2);
  });
});
