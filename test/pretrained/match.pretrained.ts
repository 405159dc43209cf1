import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cnnc, repository } from '../cli/cnnc.js';

it.each([
  ['age_gender', 'face-api/model/age_gender_model-weights_manifest.json', []],
  ['super_resolution', 'default-model/models/model.json', ['--trust-order']],
])('the mapping of %s is what `weights match` finds', async (name, weights, flags) => {
  const path = join('examples/pretrained', name);
  const { code, out } = await cnnc(
    ['weights', 'match', `${path}.cnn`, join('.cache/weights', weights), ...flags],
    { cwd: repository },
  );
  expect(code).toBe(0);
  const written = readFileSync(join(repository, `${path}.map`), 'utf8');
  expect(written.replace(/^#.*\n/, '')).toBe(out);
});
