import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  checkpointBytes,
  chooseCheckpoint,
  encodeSafetensors,
  runIdentity,
  train,
  type TrainingOptions,
  type TrainingState,
} from '../../../src/runtime/index.js';
import { open, usualEngine } from '../engines.js';
import { toyData, toyTraining } from '../training/toy.js';

const layers = 'flatten\n  dropout 30%\n  dense 2 softmax';
const settings = 'optimizer adam rate=0.05; batch 8; epochs 2; validation 20%';
const options = toyTraining(layers, settings);

beforeAll(() => open(usualEngine));

let folder = '';
let states: readonly TrainingState[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnc-checkpoints-'));
  states = await statesOf(options);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('chooseCheckpoint', () => {
  it('takes the newest that is whole, and says why others were left aside', () => {
    const [first, second] = [stateAt(2), stateAt(3)];
    const bytes = bytesOf(second);
    keep('a', bytesOf(first));
    keep('b', bytes.subarray(0, -5));
    keep('c', changed(bytes, bytes.length - 4));
    keep('d', encodeSafetensors(second.weights));
    const { state, notes, file } = chosen(['e', 'd', 'c', 'b', 'a']);
    expect(state).toEqual(first);
    expect(file).toBe(join(folder, 'a'));
    expect(notes).toEqual([
      `skipped ${join(folder, 'e')}: can't read ${join(folder, 'e')}: no such file or folder`,
      `skipped ${join(folder, 'd')}: its checksum does not agree with its content`,
      `skipped ${join(folder, 'c')}: its checksum does not agree with its content`,
      expect.stringMatching(
        /^skipped .*: `optimizer\/squares\/dense1\.kernel` ends at byte \d+ of the values, /,
      ),
    ]);
  });

  it('refuses every file in which a bit was changed, wherever it stands', () => {
    const bytes = bytesOf(stateAt(3));
    for (let place = 0; place < bytes.length; place += 41) {
      keep('a', changed(bytes, place));
      expect(messages(['a'])).toHaveLength(1);
    }
  });

  it('gives back every state as it was', () => {
    expect(states.length).toBe(4);
    for (const state of states) {
      keep('a', bytesOf(state));
      expect(chosen(['a']).state).toEqual(state);
    }
  });

  it.each<readonly [string, string, TrainingOptions]>([
    ['`batch` was 8, and is 4', 'the batch', toyTraining(layers, settings.replace('batch 8', 'batch 4'))],
    [
      '`schedule` was constant warmup=0, and is cosine floor=0 warmup=0',
      'the schedule',
      toyTraining(layers, `${settings}; schedule cosine`),
    ],
    ['the seed was 7, and is 8', 'the seed', { ...options, seed: 8 }],
    ['the layers of `Toy` have changed', 'the layers', toyTraining(layers.replace('30%', '40%'), settings)],
  ])('refuses another training: %s', (message, _what, other) => {
    keep('a', bytesOf(stateAt(1)));
    expect(messages(['a'], other)).toEqual([
      `checkpoint-differs: ${join(folder, 'a')} is of another training: ${message}`,
    ]);
  });

  it('refuses other images, and takes more epochs', () => {
    keep('a', bytesOf(stateAt(1)));
    const fewer = toyTraining(layers, settings, toyData(18));
    expect(messages(['a'], fewer)[0]).toContain('the data were 20 images, and are 18');
    const { training } = options.data;
    const identityOf = (index: number): Uint8Array => changed(training.identityOf(index), 5);
    const other = { ...options.data, training: { ...training, identityOf } };
    expect(messages(['a'], { ...options, data: other })[0]).toContain(
      'the images or their classes have changed',
    );
    expect(messages(['a'], toyTraining(layers, settings.replace('epochs 2', 'epochs 9')))).toEqual([]);
  });

  it('names the weights of another model, and their shapes', () => {
    keep('a', bytesOf(stateAt(1)));
    const other = toyTraining('flatten\n  dense 3\n  dense 2 softmax', settings);
    expect(messages(['a'], other)).toEqual([
      `broken-checkpoint: ${join(folder, 'a')}: \`dense1.kernel\` is 16×2, but the model has 16×3, and 3 more`,
    ]);
  });

  it('passes another training by where an older checkpoint is of this one', () => {
    keep('a', bytesOf(stateAt(1)));
    keep('b', bytesOf(stateAt(3), { ...options, seed: 8 }));
    const { file, notes } = chosen(['b', 'a']);
    expect(file).toBe(join(folder, 'a'));
    expect(notes).toEqual([
      `skipped ${join(folder, 'b')}: it is of another training: the seed was 8, and is 7`,
    ]);
  });

  it('says where another engine goes on', () => {
    const run = { ...runIdentity(options), engine: 'cpu' };
    keep('a', checkpointBytes({ run, state: stateAt(1) }));
    expect(chosen(['a']).notes).toEqual([
      `the checkpoint was written on the engine cpu, and goes on on ${usualEngine}: the last digits will differ`,
    ]);
  });
});

async function statesOf(trained: TrainingOptions): Promise<readonly TrainingState[]> {
  const found: TrainingState[] = [];
  const keeper = { isDue: () => true, keep: (state: TrainingState) => void found.push(state) };
  await train({ ...trained, keeper });
  return found;
}

function stateAt(place: number): TrainingState {
  const state = states[place];
  if (state === undefined) throw new Error(`no state ${String(place)}`);
  return state;
}

function bytesOf(state: TrainingState, of: TrainingOptions = options): Uint8Array {
  return checkpointBytes({ run: runIdentity(of), state });
}

function changed(bytes: Uint8Array, place: number): Uint8Array {
  const copy = bytes.slice();
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}

function keep(name: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, name), bytes);
}

function choose(files: readonly string[], of: TrainingOptions = options) {
  return chooseCheckpoint(folder, files, { graph: of.graph, run: runIdentity(of) });
}

function chosen(files: readonly string[]) {
  const result = choose(files);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

function messages(files: readonly string[], of: TrainingOptions = options): readonly string[] {
  const result = choose(files, of);
  return result.ok ? [] : result.problems.map(({ code, message }) => `${code}: ${message}`);
}
