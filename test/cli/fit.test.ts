import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';

beforeAll(buildCnnc);

const lenet = 'examples/lenet5.cnn';

describe('cnnc fit', () => {
  it('tells the largest batch, what limits it with its lines, and the ways out', async () => {
    const { code, out, err } = await cnnc(['fit', lenet, '--memory', '10MiB']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(
      'training LeNet5 with adam in float32 fits into 10.0 MiB (10,485,760 bytes) with 119 images at the most; ' +
        'one more would take 10.0 MiB (10,510,352 bytes)',
    );
    expect(out).toMatch(/^ {2}conv1 +4 +4\.27 MiB +momentary$/m);
    expect(out).toMatch(/^ {2}values in float16 .* 4\.97 MiB \(50\.0%\) +2\d\d$/m);
    expect(out).toMatch(/^ {2}filters 3 for 6 in conv1 \(line 4\) /m);
  });

  it('fails with the batch that is asked for where that does not fit', async () => {
    const { code, out } = await cnnc(['fit', lenet, '--memory', '10MiB', '--batch', '120']);
    expect(code).toBe(1);
    expect(out).toContain('with 119 images at the most, not 120');
    expect((await cnnc(['fit', lenet, '--memory', '10MiB', '--batch', '119'])).code).toBe(0);
  });

  it('fails where not even one image fits', async () => {
    const { code, out } = await cnnc(['fit', lenet, '--memory', '100KiB']);
    expect(code).toBe(1);
    expect(out).toContain('does not fit into 100 KiB (102,400 bytes): a single image takes');
  });

  it('agrees with an assertion on the memory, to the byte', async () => {
    const json: unknown = JSON.parse(
      (await cnnc(['fit', lenet, '--memory', '10MiB', '--format', 'json'])).out,
    );
    expect(json).toMatchObject({
      formatVersion: 1,
      model: 'LeNet5',
      fits: true,
      largestBatch: 119,
      batch: 119,
    });
    const bytes = at(json, 'peak', 'bytes');
    const budgets = (limit: number): Promise<{ readonly code: number }> =>
      cnnc([
        'check',
        lenet,
        '--no-config',
        '--budget',
        `memory.training(batch=119, optimizer=adam) <= ${String(limit)}`,
      ]);
    expect((await budgets(bytes)).code).toBe(0);
    expect((await budgets(bytes - 1)).code).toBe(1);
  });

  it('takes the optimizer of the train block, and another where one is named', async () => {
    const text =
      'model M { input 8x8x1; conv 4 3x3; gap; dense 2 softmax }\ntrain M { optimizer momentum }\n';
    const folder = folderWith({ 'm.cnn': text });
    const ask = async (...flags: readonly string[]): Promise<unknown> =>
      JSON.parse(
        (await cnnc(['fit', 'm.cnn', '--memory', '1MiB', '--format', 'json', ...flags], { cwd: folder })).out,
      );
    expect(await ask()).toMatchObject({ optimizer: 'momentum' });
    expect(await ask('--optimizer', 'sgd', '--dtype', 'float16', '--recompute')).toMatchObject({
      optimizer: 'sgd',
      dtype: 'float16',
      recompute: true,
      peak: { parts: { optimizer: 0 } },
    });
  });

  it('writes markdown for a comment, and into a file', async () => {
    const { out } = await cnnc(['fit', lenet, '--memory', '10MiB', '--format', 'markdown']);
    expect(out).toMatch(/^### LeNet5\n\n✅ training LeNet5 /);
    expect(out).toContain('| part | bytes | share |\n| --- | --: | --: |\n');
  });

  it('needs the sizes that are open', async () => {
    const file = 'examples/pretrained/super_resolution.cnn';
    const open = await cnnc(['fit', file, '--memory', '1GiB']);
    expect([open.code, open.out]).toEqual([2, '']);
    expect(open.err).toBe(
      'cnnc: the memory of `SuperResolution` depends on its open sizes: `h` and `w`\n' +
        '  help: give them with `--input`, such as `--input 224x224x3`\n',
    );
    expect((await cnnc(['fit', file, '--memory', '1GiB', '--input', '32x32x3'])).code).toBe(0);
  });

  it('asks for the memory, and for a model where there are several', async () => {
    expect((await cnnc(['fit', lenet])).code).toBe(2);
    expect((await cnnc(['fit', lenet, '--memory', 'much'])).code).toBe(2);
    expect((await cnnc(['fit', 'examples/resnet.cnn', '--memory', '8GiB'])).code).toBe(2);
    expect((await cnnc(['fit', 'absent.cnn', '--memory', '8GiB'])).code).toBe(2);
  });
});

function at(json: unknown, ...keys: readonly string[]): number {
  let value = json;
  for (const key of keys)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof value !== 'number') throw new Error(`no number at ${keys.join('.')}`);
  return value;
}
