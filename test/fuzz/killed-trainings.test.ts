import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc } from '../cli/cnnc.js';
import { endedAfter, run, trainingFolder, weightsIn, wholeWeights } from '../cli/killed.js';
import { makeGenerator } from '../../src/runtime/random/generator.js';

beforeAll(buildCnnc);

/** A training takes a second, a random program a millisecond. */
const kills = Math.ceil(Number(process.env['CNNC_FUZZ'] ?? '500') / 1000);

describe('a training that is killed', () => {
  it.each(Array.from({ length: kills }, (_, place) => place))(
    'several times, at random moments, ends with the same bytes all the same: %i',
    async (place) => {
      const generator = makeGenerator(place);
      const cwd = trainingFolder();
      for (let round = 0; round < 3 && !existsSync(join(cwd, 'run', 'weights.safetensors')); round += 1) {
        await endedAfter(cwd, 1 + generator.below(4), 'SIGKILL', generator.below(300));
      }
      const { code, err } = await cnnc([...run, '--resume'], { cwd });
      expect([code, err]).toEqual([0, '']);
      expect(weightsIn(cwd)).toBe(await wholeWeights());
    },
    120_000,
  );
});
