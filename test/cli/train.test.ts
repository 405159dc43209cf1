import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith, program } from './cnnc.js';
import { lightImage, sidesData, sidesModel } from './sides.js';

beforeAll(buildCnnc);

/** What a run's folder holds in the end. */
const wholeRun = ['checkpoints', 'curves.svg', 'history.jsonl', 'run.json', 'weights.safetensors'];

const trainSides = ['train', 'sides.cnn', '--data', 'data', '-o', 'run'];

describe('cnnc train', () => {
  it('trains, and writes weights and history into the folder of the run', async () => {
    const cwd = folder();
    const args = [...trainSides, '--engine', 'wasm'];
    const { code, out, err } = await cnnc(args, { cwd });
    expect(err).toContain('data: 160 images to train on, 40 to test with, 2 classes\n');
    expect(err).toMatch(/^epoch 2\/2 {2}loss 0\.\d{4} {2}accuracy 100\.00% {2}test loss .* {2}0:0\d$/m);
    expect(out).toBe(
      'Sides: 130 weights after 20 steps, 100.00% of the test images read rightly\nwrote run/weights.safetensors\n',
    );
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, 'run')).sort()).toEqual(wholeRun);
    expect(recordIn(cwd)).toMatchObject({
      formatVersion: 1,
      model: 'Sides',
      arguments: args,
      engine: 'wasm',
      seed: 0,
      settings: { batch: 16, epochs: 2, optimizer: { kind: 'adam', rate: 0.05 } },
      data: { name: 'data', images: 160, test: 40, classes: ['0', '1'] },
      end: 'whole',
      steps: 20,
      sources: [{ file: 'sides.cnn', text: sidesModel }],
    });
    expect(historyIn(cwd)).toMatchObject([{ epoch: 1 }, { epoch: 2, accuracy: 1, test: { accuracy: 1 } }]);
    expect(readFileSync(join(cwd, 'run', 'curves.svg'), 'utf8')).toContain('<title>Sides: loss and accuracy');
  });

  it('says nothing but the result where it is told to be quiet', async () => {
    const { err } = await cnnc([...trainSides, '--quiet'], { cwd: folder() });
    expect(err).toBe('');
  });

  it('gives the same weights for the same seed, and others for another', async () => {
    const cwd = folder();
    const weightsOf = async (...flags: string[]): Promise<string> => {
      await cnnc([...trainSides, '--force', '--epochs', '1', ...flags], { cwd });
      return readFileSync(join(cwd, 'run', 'weights.safetensors')).toString('hex');
    };
    const first = await weightsOf('--seed', '1');
    expect(await weightsOf('--seed', '1')).toBe(first);
    expect(await weightsOf('--seed', '2')).not.toBe(first);
  });

  it('obeys the flags that override the block', async () => {
    const cwd = folder();
    const flags = ['--epochs', '3', '--batch', '8', '--limit', '16', '--set-train', 'rate=0.25'];
    const { code } = await cnnc([...trainSides, ...flags], { cwd });
    expect(code).toBe(0);
    expect(recordIn(cwd)).toMatchObject({
      data: { images: 16 },
      settings: { batch: 8, epochs: 3, optimizer: { rate: 0.25 } },
      steps: 6,
    });
  });

  it('starts from weights that are given', async () => {
    const cwd = folder();
    await cnnc([...trainSides, '--epochs', '4'], { cwd });
    const flags = ['--weights', 'run', '--epochs', '1', '--limit', '16', '--set-train', 'rate=1e-6'];
    const { out } = await cnnc(['train', 'sides.cnn', '--data', 'data', '-o', 'more', ...flags], { cwd });
    expect(out).toContain('100.00% of the test images read rightly');
  });

  it('does not overwrite weights that are there, unless it is told to', async () => {
    const cwd = folder({ 'run/weights.safetensors': 'precious' });
    const refused = await cnnc(trainSides, { cwd });
    expect(refused.code).toBe(2);
    expect(refused.err).toBe(
      'cnnc: "run" holds weights already\n  help: choose another folder, or overwrite them with `--force`\n',
    );
    expect(readFileSync(join(cwd, 'run', 'weights.safetensors'), 'utf8')).toBe('precious');
    expect((await cnnc([...trainSides, '--force'], { cwd })).code).toBe(0);
  });

  it.each([
    [
      'data that is not there',
      ['--data', 'nowhere'],
      3,
      "error[unreadable]: can't read nowhere: no such file or folder",
    ],
    ['data of other classes', ['--data', 'data', '--set', 'classes=3'], 1, 'error[classes-mismatch]'],
    ['a parameter that is not there', ['--data', 'data', '--set', 'clases=3'], 1, 'error[unknown-parameter]'],
    ['a setting that is not there', ['--data', 'data', '--set-train', 'bach=3'], 1, 'error[unknown-setting]'],
    ['an input that is no image', ['--data', 'data', '--input', '64'], 1, 'error['],
    ['too little memory', ['--data', 'data', '--limit-memory', '1000'], 2, 'limit 1,000 bytes, got '],
    ['too few KiB', ['--data', 'data', '--limit-memory', '1KiB'], 2, 'limit 1,024 bytes, got '],
    ['weights that are not there', ['--data', 'data', '--weights', 'nowhere'], 3, 'error[unreadable]'],
    ['an engine that is not there', ['--data', 'data', '--engine', 'gpu'], 2, "'gpu' is invalid"],
  ])('leaves the folder alone for %s', async (_what, flags, exitCode, message) => {
    const cwd = folder();
    const { code, out, err } = await cnnc(['train', 'sides.cnn', '-o', 'run', ...flags], { cwd });
    expect(err).toContain(message);
    expect([code, out]).toEqual([exitCode, '']);
    expect(existsSync(join(cwd, 'run'))).toBe(false);
  });

  it('ends with 2 where the file has several models and none is named', async () => {
    const cwd = folder({ 'two.cnn': `${sidesModel}\nmodel Other = Sides<classes = 2>\n` });
    const { code, err } = await cnnc(['train', 'two.cnn', '--data', 'data', '-o', 'run'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('help: name one of Sides, Other\n');
    expect((await cnnc(['train', 'two.cnn', 'Other', '--data', 'data', '-o', 'run'], { cwd })).code).toBe(0);
  });

  it('ends with 3 where it can not write, and leaves nothing behind', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'run', 'history.jsonl'), { recursive: true });
    const { code, err } = await cnnc([...trainSides, '--epochs', '1'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain("cnnc: can't write run/history.jsonl: it is a folder");
    expect(readdirSync(join(cwd, 'run'))).toEqual(['history.jsonl']);
  });

  it.each([
    ['below a file', 'sides.cnn/run', 'a part of the path is not a folder'],
    ['where no folder can be made', '/proc/nowhere/run', 'no such file or folder'],
  ])('tells before it trains that the folder is %s', async (_what, out, why) => {
    const args = ['train', 'sides.cnn', '--data', 'data', '-o', out, '--epochs', '1000000'];
    const { code, err } = await cnnc(args, { cwd: folder() });
    expect(code).toBe(3);
    expect(err).toContain(`cnnc: can't make the folder ${out}: ${why}\n`);
    expect(err).not.toContain('epoch 1');
  });

  it('takes the folders away again that it made where nothing was learnt', async () => {
    const cwd = folder();
    const args = ['train', 'sides.cnn', '--data', 'data', '-o', 'runs/first', '--set-train', 'rate=1e38'];
    const { code } = await cnnc(args, { cwd });
    expect(code).toBe(1);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });

  it('keeps what was learnt until Ctrl-C, and ends with 130', async () => {
    const cwd = folder();
    const { code, err } = await interrupted(cwd, [...trainSides, '--epochs', '1000000'], 'SIGINT');
    expect(err).toContain('ending after this step; once more ends at once\n');
    expect(code).toBe(130);
    expect(readdirSync(join(cwd, 'run')).sort()).toEqual(wholeRun);
    const { code: usable } = await cnnc(['evaluate', 'sides.cnn', '--data', 'data', '--weights', 'run'], {
      cwd,
    });
    expect(usable).toBe(0);
  });

  it('does the same for SIGTERM, and ends with 143', async () => {
    const cwd = folder();
    const { code } = await interrupted(cwd, [...trainSides, '--epochs', '1000000'], 'SIGTERM');
    expect(code).toBe(143);
    expect(existsSync(join(cwd, 'run', 'weights.safetensors'))).toBe(true);
  });
});

describe('cnnc evaluate', () => {
  it('says how many are read rightly and what is taken for what', async () => {
    const cwd = await trained();
    const { code, out, err } = await cnnc(
      ['evaluate', 'sides.cnn', '--data', 'data', '--weights', 'run', '--show', '1'],
      { cwd },
    );
    expect(err).toBe('data: 40 images to test with, 2 classes\n');
    expect(out).toMatch(/^accuracy {2}100\.00% \(40 of 40 images\)\nloss {6}0\.\d{4}\n\n/);
    expect(out).toContain(
      'is \\ read as   0   1  accuracy\n0             20   ·   100.00%\n1              ·  20   100.00%\n',
    );
    expect(out).toMatch(/\n████\n████\n████\n████\nreads 0 \(\d+\.\d\d%\), is 0\n$/);
    expect(code).toBe(0);
  });

  it('writes JSON', async () => {
    const cwd = await trained();
    const { out } = await cnnc(
      ['evaluate', 'sides.cnn', '--data', 'data', '--weights', 'run', '--format', 'json'],
      { cwd },
    );
    expect(JSON.parse(out)).toMatchObject({
      accuracy: 1,
      count: 40,
      perClass: [
        { name: '0', count: 20, correct: 20, accuracy: 1 },
        { name: '1', count: 20, correct: 20, accuracy: 1 },
      ],
      confusion: [
        [20, 0],
        [0, 20],
      ],
    });
    expect(out).toMatch(/^ {2}"loss": \d/m);
  });

  it('lists every weight that does not fit, and ends with 1', async () => {
    const cwd = await trained();
    const other = sidesModel.replace('  flatten\n', '  flatten\n  dense 4\n');
    writeFileSync(join(cwd, 'other.cnn'), other);
    const { code, out, err } = await cnnc(['evaluate', 'other.cnn', '--data', 'data', '--weights', 'run'], {
      cwd,
    });
    expect([code, out]).toEqual([1, '']);
    expect(err.match(/error\[weights-[a-z]+\]/g)).toEqual([
      'error[weights-misshapen]',
      'error[weights-misshapen]',
      'error[weights-missing]',
      'error[weights-missing]',
    ]);
  });

  it('ends with 1 where there is nothing to test with', async () => {
    const cwd = await trained();
    rmSync(join(cwd, 'data'), { recursive: true });
    mkdirSync(join(cwd, 'data', 'left'), { recursive: true });
    writeFileSync(join(cwd, 'data', 'left', 'only.png'), lightImage);
    mkdirSync(join(cwd, 'data', 'right'));
    writeFileSync(join(cwd, 'data', 'right', 'only.png'), lightImage);
    const { code, err } = await cnnc(['evaluate', 'sides.cnn', '--data', 'data', '--weights', 'run'], {
      cwd,
    });
    expect(err).toContain('data has no images to test with');
    expect(code).toBe(1);
  });
});

describe('cnnc predict', () => {
  it('shows the likeliest classes of each image', async () => {
    const cwd = await trained();
    const { code, out } = await cnnc(['predict', 'sides.cnn', '--weights', 'run', 'light.png', 'light.png'], {
      cwd,
    });
    expect(out).toMatch(/^(light\.png: [01] \(\d+\.\d\d%\), [01] \(\d+\.\d\d%\)\n){2}$/);
    expect(code).toBe(0);
  });

  it('takes the first word for a model where the file declares one of that name', async () => {
    const cwd = await trained();
    writeFileSync(join(cwd, 'two.cnn'), `${sidesModel}\nmodel Other = Sides<classes = 2>\n`);
    const named = await cnnc(['predict', 'two.cnn', 'Other', 'light.png', '--weights', 'run', '--top', '1'], {
      cwd,
    });
    expect(named.out).toMatch(/^light\.png: [01] \(\d+\.\d\d%\)\n$/);
    const none = await cnnc(['predict', 'two.cnn', 'Other', '--weights', 'run'], { cwd });
    expect([none.code, none.err]).toEqual([2, 'cnnc: no image is named\n']);
    const unknown = await cnnc(['predict', 'two.cnn', 'M', 'light.png', '--weights', 'run'], { cwd });
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('there is no model `M` here');
    expect(unknown.err).toContain('help: its models are Sides, Other');
  });

  it('writes JSON', async () => {
    const cwd = await trained();
    const { out } = await cnnc(
      ['predict', 'sides.cnn', 'light.png', '--weights', 'run', '--format', 'json', '--top', '1'],
      { cwd },
    );
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      model: 'Sides',
      images: [{ file: 'light.png', classes: [{}] }],
    });
  });

  it('lists every image that can not be read, and reads none', async () => {
    const cwd = await trained();
    writeFileSync(join(cwd, 'text.png'), 'no picture');
    const args = ['predict', 'sides.cnn', '--weights', 'run', 'light.png', 'nowhere.png', 'text.png'];
    const { code, out, err } = await cnnc(args, { cwd });
    expect(out).toBe('');
    expect(err).toContain('nowhere.png');
    expect(err).toContain('text.png');
    expect(code).toBe(1);
    expect((await cnnc(args.slice(0, -1), { cwd })).code).toBe(3);
  });
});

function recordIn(cwd: string): unknown {
  return JSON.parse(readFileSync(join(cwd, 'run', 'run.json'), 'utf8'));
}

function historyIn(cwd: string): readonly unknown[] {
  const lines = readFileSync(join(cwd, 'run', 'history.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line): unknown => JSON.parse(line));
}

function folder(more: Readonly<Record<string, string>> = {}): string {
  return folderWith({ 'sides.cnn': sidesModel, 'light.png': lightImage, ...sidesData(), ...more });
}

async function trained(): Promise<string> {
  const cwd = folder();
  await cnnc([...trainSides, '--quiet'], { cwd });
  return cwd;
}

/** Sends a signal when the training has taken its first steps. */
function interrupted(
  cwd: string,
  args: readonly string[],
  signal: 'SIGINT' | 'SIGTERM',
): Promise<{ readonly code: number; readonly err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    let isSent = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      if (!isSent && err.includes('epoch 1/')) isSent = child.kill(signal);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? -1, err });
    });
  });
}
