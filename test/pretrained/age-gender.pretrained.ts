import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitPicture, loadPicture } from '../../src/runtime/index.js';
import { cnnc, folderWith, repository } from '../cli/cnnc.js';

const folder = join(repository, '.cache/weights/face-api');
const samples = readdirSync(join(folder, 'demo'))
  .filter((name) => /^sample\d+\.jpg$/.test(name))
  .map((name) => join(folder, 'demo', name));

describe('the age and gender network of @vladmandic/face-api', () => {
  it('gives the figures of the package’s own code on its sample pictures, to 1e-4', async () => {
    expect(samples).toHaveLength(6);
    const scratch = folderWith();
    // The same pixels for both: how a photograph becomes 112 × 112 is not what is compared.
    const bytes = samples.map((sample, place) => {
      const picture = loadPicture(sample);
      if (!picture.ok) throw new Error(`can't read ${sample}`);
      const file = join(scratch, `${String(place)}.bin`);
      writeFileSync(file, fitPicture(picture.value, { height: 112, width: 112, channels: 3 }, 'pad').pixels);
      return file;
    });
    const theirs: unknown = JSON.parse(
      execFileSync(process.execPath, [join(import.meta.dirname, 'face-api.mjs'), folder, ...bytes], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const { code, out } = await cnnc(
      [
        ...['predict', 'examples/pretrained/age_gender.cnn', ...samples, '--format', 'json', '--quiet'],
        ...['--weights', join(folder, 'model/age_gender_model-weights_manifest.json')],
      ],
      { cwd: repository },
    );
    expect(code).toBe(0);
    const ours = figuresIn(JSON.parse(out));
    expect(ours).toHaveLength(6);
    expect(differences(ours, theirs)).toBeLessThanOrEqual(1e-4);
  });
});

/** Age, male and female of each image. */
function figuresIn(report: unknown): readonly (readonly number[])[] {
  return listIn(report, 'images').map((image) => {
    const outputs = fieldOf(image, 'outputs');
    return [...listIn(outputs, 'age'), ...listIn(outputs, 'gender')].map(Number);
  });
}

/** The largest difference of two figures of one image. */
function differences(ours: readonly (readonly number[])[], theirs: unknown): number {
  const others: readonly unknown[] = Array.isArray(theirs) ? theirs : [];
  const all = ours.flatMap((figures, place) => {
    const against = others[place];
    if (!Array.isArray(against) || against.length !== figures.length) return [Number.POSITIVE_INFINITY];
    return figures.map((figure, index) => Math.abs(figure - Number(against[index])));
  });
  return Math.max(...all);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}
