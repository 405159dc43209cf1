import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/runtime/node/fingerprint.js';
import { loadDataSet } from '../../../src/runtime/node/load-data-set.js';
import {
  encodePng,
  firstExamples,
  train,
  type DataSet,
  type TrainingOptions,
  type TrainingState,
} from '../../../src/runtime/index.js';
import { png, temporaryFolder, writeFiles } from '../data/files.js';
import { open, usualEngine } from '../engines.js';
import { expectSameWeights } from './same-weights.js';
import { states, weightsOf } from './states.js';
import { pictureIn, toyData, toyTraining } from './toy.js';

const layers = 'conv 2 3x3 same relu\n  bn\n  flatten\n  dropout 20%\n  dense 2 softmax';
const settings =
  'batch 5; epochs 3; validation 20%; class_weights balanced; optimizer adam rate=0.02; augment { shift 25%; brightness 10% }';
const target = { shape: { height: 4, width: 4, channels: 1 }, fit: undefined } as const;
const pictureBytes = 16;

/** The bytes that all 33 images take are 528. */
const someHeld = 7 * pictureBytes;

beforeAll(() => open(usualEngine));

describe('a folder with more images than are held', () => {
  it.each([0, someHeld])(
    'is trained on to the same bytes as one that is held whole: %s bytes held',
    async (held) => {
      const folder = toyFolder();
      expectSameWeights(await weightsOf(trainingOn(folder, held)), await weightsOf(trainingOn(folder)));
    },
  );

  it('is gone on with from any step to the same bytes', async () => {
    const folder = toyFolder();
    const whole = await weightsOf(trainingOn(folder, someHeld));
    const found = await states(trainingOn(folder, someHeld));
    for (const place of [0, 3, found.length - 2]) {
      expectSameWeights(await weightsOf(trainingOn(folder, someHeld), found[place]), whole, String(place));
    }
  });

  it('holds the images that are read first, and no more than its bytes', () => {
    const { training } = opened(toyFolder(), someHeld);
    const read = () =>
      Array.from({ length: training.count }, (_, index) => pictureIn(training, index).pixels);
    const again = new Set(read());
    expect(read().filter((pixels) => again.has(pixels))).toHaveLength(7);
  });

  it('says how much of it is held', () => {
    expect(opened(toyFolder(), someHeld).notes).toEqual([
      '33 images take 528 bytes in the model’s size: 112 of them are held in memory, the others are read as they are needed',
    ]);
  });

  it('has another fingerprint where a file or a class is another, and the same for the same files', () => {
    const folder = toyFolder();
    const one = opened(folder, 0);
    expect(fingerprintOf(opened(folder, someHeld))).toBe(fingerprintOf(one));
    expect(fingerprintOf({ ...one, training: firstExamples(one.training, 4) })).not.toBe(fingerprintOf(one));
    copyFileSync(join(folder, 'train/left/2.png'), join(folder, 'train/left/1.png'));
    expect(fingerprintOf(opened(folder, 0))).not.toBe(fingerprintOf(one));
  });

  it('refuses every file whose header is broken before anything is read', () => {
    const folder = writeFiles(toyFolder(), {
      'train/left/1.png': 'text',
      'test/right/1.png': png(2, 2, [1, 1, 1]).subarray(0, 20),
    });
    const data = loadDataSet(folder, target, 0);
    expect(data.ok ? [] : data.problems.map(({ message }) => message)).toEqual([
      `${join(folder, 'train/left/1.png')} is neither a PNG nor a JPEG file`,
      `${join(folder, 'test/right/1.png')} is a broken PNG file: it doesn’t begin with a header that such a file can have`,
    ]);
  });
});

describe('an image that can’t be read any more', () => {
  const broken = brokenPixels();

  it.each([
    [
      'that is gone',
      'unreadable',
      (path: string) => {
        rmSync(path, { force: true });
      },
      'can’t read PATH: no such file or folder',
    ],
    [
      'that is another',
      'data-changed',
      (path: string) => {
        writeFileSync(path, png(4, 4, [3, 3, 3]));
      },
      'PATH is another picture than when the data set was opened',
    ],
  ])('ends a training with the step before it: one %s', async (_, code, spoil, message) => {
    const folder = toyFolder();
    const path = join(folder, 'train/left/4.png');
    const options = trainingOn(folder, 0);
    const whole = await weightsOf(trainingOn(folder));
    copyFileSync(path, join(folder, 'kept'));
    let kept: TrainingState | undefined;
    const outcome = await train({
      ...options,
      keeper: { isDue: () => false, keep: (state) => void (kept = state) },
      onProgress: ({ epoch }) => {
        if (epoch === 2) spoil(path);
      },
    });
    expect(outcome.ok ? [] : outcome.problems.map((problem) => [problem.code, problem.message])).toEqual([
      [code, message.replace('PATH', path).replace('’', "'")],
    ]);
    expect(kept?.epoch).toBe(2);
    copyFileSync(join(folder, 'kept'), path);
    expectSameWeights(await weightsOf(trainingOn(folder, 0), kept), whole);
  });

  it('ends it before the first step where its pixels are broken, and is named', async () => {
    const folder = writeFiles(toyFolder(), { 'train/left/4.png': broken });
    const outcome = await train(trainingOn(folder, 0));
    expect(outcome.ok ? [] : outcome.problems.map(({ message }) => message)).toEqual([
      `${join(folder, 'train/left/4.png')} is a broken PNG file: its pixels can’t be decompressed`,
    ]);
  });

  it('ends it with a checkpoint where it is one of those for tests', async () => {
    const folder = toyFolder();
    const options = trainingOn(folder, 0);
    rmSync(join(folder, 'test/left/0.png'));
    const kept: TrainingState[] = [];
    const outcome = await train({
      ...options,
      keeper: { isDue: () => false, keep: (state) => void kept.push(state) },
    });
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.code)).toEqual(['unreadable']);
    expect(kept.map(({ epoch }) => epoch)).toEqual([4]);
  });
});

/** Two classes of images as files: 12 and 11 for training, 5 each for tests. */
function toyFolder(): string {
  const { training, test } = toyData(23, 10);
  const files = [...filesOf('train', training), ...filesOf('test', test)];
  return writeFiles(temporaryFolder(), Object.fromEntries(files));
}

function filesOf(part: string, examples: DataSet['training']): readonly (readonly [string, Uint8Array])[] {
  return Array.from(examples.labels, (label, index) => {
    const name = `${part}/${label === 0 ? 'left' : 'right'}/${String(Math.floor(index / 2))}.png`;
    return [name, encodePng(pictureIn(examples, index))] as const;
  });
}

function opened(folder: string, heldBytes?: number): DataSet {
  const data = loadDataSet(folder, target, heldBytes);
  if (!data.ok) throw new Error(data.problems[0]?.message);
  return data.value;
}

function trainingOn(folder: string, heldBytes?: number): TrainingOptions {
  return toyTraining(layers, settings, opened(folder, heldBytes));
}

/** A PNG file whose header is whole, and whose pixels are not. */
function brokenPixels(): Uint8Array {
  const bytes = png(4, 4, [1, 2, 3]).slice();
  return bytes.fill(7, 45, 55);
}
