import { beforeAll, describe, expect, it } from 'vitest';
import { decodeCheckpoint } from '../../../src/runtime/checkpoints/decode-checkpoint.js';
import { encodeCheckpoint } from '../../../src/runtime/checkpoints/encode-checkpoint.js';
import { decodeSafetensors } from '../../../src/runtime/weights/decode-safetensors.js';
import { runIdentity, train, type TrainingOptions, type TrainingState } from '../../../src/runtime/index.js';
import { enginesUnderTest, open, usualEngine } from '../engines.js';
import { expectSameWeights } from './same-weights.js';
import { states, weightsOf } from './states.js';
import { toyData, toyTraining } from './toy.js';

const layers = 'conv 2 3x3 same relu\n  bn\n  dropout 20%\n  flatten\n  dense 4 relu\n  dense 2 softmax';
const augment = 'augment { shift 25%; brightness 10% }';

const optimizers = [
  'sgd rate=0.05',
  'sgd rate=0.05 momentum=0.9 nesterov=true decay=0.01',
  'momentum',
  'nesterov',
  'adam rate=0.01 decay=0.001',
  'adamw rate=0.01',
  'rmsprop momentum=0.5',
  'adagrad rate=0.05',
];

const settings = [
  'schedule plateau patience=1 factor=0.5',
  'schedule cosine warmup=1',
  'schedule step every=1',
  'schedule exponential factor=0.5',
  'stop patience=2 least=0.05',
  'validation 20%',
  'accumulate 3',
  'class_weights [1, 3]; clip 0.5',
  'loss mse',
  'loss binary smoothing=0.1',
  'freeze "conv1"',
];

describe.each(enginesUnderTest)('a training that goes on, on %s', (engine) => {
  beforeAll(() => open(engine));

  it.each(optimizers)('ends with the same weights as one that was never ended: %s', async (optimizer) => {
    await expectSameEnd(`optimizer ${optimizer}; batch 8; epochs 3; ${augment}`);
  });

  it.each(settings)('ends with the same weights: %s', async (setting) => {
    await expectSameEnd(`optimizer adam rate=0.02; batch 8; epochs 4; ${augment}; ${setting}`);
  });
});

describe('a state of a training', () => {
  beforeAll(() => open(usualEngine));

  it('goes on for more epochs than were asked for at first', async () => {
    const [short, long] = [2, 5].map((epochs) => toyTraining(layers, `batch 8; epochs ${String(epochs)}`));
    if (short === undefined || long === undefined) throw new Error('two trainings');
    const state = (await states(short)).at(-1);
    expect(state?.epoch).toBe(3);
    expectSameWeights(await weightsOf(long, state), await weightsOf(long));
  });

  it('gives nothing new where all epochs have ended', async () => {
    const options = toyTraining(layers, 'batch 8; epochs 2; validation 20%');
    const state = (await states(options)).at(-1);
    const result = await train({ ...options, ...(state === undefined ? {} : { state }) });
    expect(result.ok && [result.value.steps, result.value.epochs.length]).toEqual([state?.step, 2]);
    expectSameWeights(await weightsOf(options, state), await weightsOf(options));
  });

  it('is kept at the step at which a signal ended it, also while the validation images are read', async () => {
    const options = toyTraining(layers, 'batch 4; epochs 3; validation 20%');
    const whole = await weightsOf(options);
    for (const after of [1, 3, 4, 5]) {
      const controller = new AbortController();
      let steps = 0;
      const found = await states({
        ...options,
        signal: controller.signal,
        onProgress: () => {
          steps += 1;
          if (steps === after) controller.abort();
        },
      });
      expect(found.at(-1)?.step).toBe(after);
      expectSameWeights(await weightsOf(options, found.at(-1)), whole);
    }
  });

  it('that lacks what the optimizer remembers is refused', async () => {
    const options = toyTraining(layers, 'batch 8; epochs 2');
    const state = (await states(options)).at(0);
    if (state === undefined) throw new Error('no state');
    const result = await train({ ...options, state: { ...state, slots: new Map() } });
    expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
      'the state lacks the optimizer’s `means` of `conv1.kernel`',
    ]);
  });
});

/** Goes on from every step and the end of every epoch, through the bytes of a file. */
async function expectSameEnd(text: string): Promise<void> {
  const options = toyTraining(layers, text, toyData(24));
  const whole = await weightsOf(options);
  const kept = await states(options);
  expect(kept.length).toBeGreaterThan(5);
  const some = [0, 1, 2, 3, Math.floor(kept.length / 2), kept.length - 2, kept.length - 1];
  for (const place of new Set(some)) {
    const state = kept[place];
    if (state === undefined) throw new Error(`no state ${String(place)}`);
    const found = await weightsOf(options, throughFile(options, state));
    expectSameWeights(found, whole, `from state ${String(place)}`);
  }
}

function throughFile(options: TrainingOptions, state: TrainingState): TrainingState {
  const read = decodeSafetensors(encodeCheckpoint({ run: runIdentity(options), state }, ''));
  const checkpoint = read.ok ? decodeCheckpoint(read.value) : undefined;
  if (checkpoint === undefined) throw new Error('the checkpoint could not be read');
  return checkpoint.state;
}
