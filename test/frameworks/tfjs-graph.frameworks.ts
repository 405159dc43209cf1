import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { opNames } from '../../src/compiler/ops/registry.js';
import { encodeSafetensors } from '../../src/runtime/weights/encode-safetensors.js';
import { layerAlone } from '../backends/layer-alone.js';
import { buildFrozen } from '../backends/tfjs-graph-model.js';
import { buildCnnc, cnnc, repository } from '../cli/cnnc.js';
import { disagreement } from '../conformance/agreement.js';
import { caseText, type Case } from '../conformance/case.js';
import { cases } from '../conformance/cases.js';
import { startEngine } from '../conformance/engine.js';
import { execute, networkDisagreement, networkOfFixture } from '../fixtures/network.js';
import { networkFixtures, tensorIn, type NetworkFixture } from '../fixtures/read.js';
import type { Tensors } from '../interpreter/interpret.js';
import type { Tensor } from '../interpreter/tensor.js';

/** Every model is built into a folder of its own in here, and TensorFlow runs all of them at once. */
const folder = mkdtempSync(join(tmpdir(), 'cnnc-graphs-'));

beforeAll(async () => {
  await buildCnnc();
  await startEngine('wasm');
  for (const [place, each] of cases.entries()) buildLayer(folderOf(place), each);
  for (const fixture of networkFixtures) await buildExample(join(folder, fixture.name), fixture);
  const python = process.env['CNNC_PYTHON'];
  if (python === undefined) throw new Error('CNNC_PYTHON names no Python: `npm run test:frameworks` does');
  execFileSync(python, [join(repository, 'scripts', 'fixtures', 'run_graphs.py'), folder], {
    stdio: 'inherit',
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a layer that is built for tfjs-graph', () => {
  it.each(opNames.filter((name) => name !== 'input'))('is for TensorFlow itself what `%s` is', (kind) => {
    const own = [...cases.entries()].filter(
      ([place, each]) => each.kind === kind && !isBeyondTensorFlow(folderOf(place), each),
    );
    const wrong = own.flatMap(([place, each]) => {
      const { expected } = layerAlone(each);
      const mistake = mistakeIn(
        folderOf(place),
        'result',
        (given) => expected && disagreement(given, expected),
      );
      return mistake === undefined ? [] : [`${caseText(each)} ${mistake}`];
    });
    expect(own).not.toEqual([]);
    expect(wrong).toEqual([]);
  });
});

describe('an example that is built for tfjs-graph', () => {
  it.each(networkFixtures)('gives on TensorFlow itself what the executor gives: $name', (fixture) => {
    const expected = execute(networkOfFixture(fixture));
    if (expected === undefined) throw new Error('the executor gave nothing');
    const mistake = mistakeIn(join(folder, fixture.name), 'output', (given) =>
      networkDisagreement(given, expected),
    );
    expect(mistake).toBeUndefined();
  });
});

/** TensorFlow's depthwise convolution takes one stride for both directions, tfjs's takes two. */
function isBeyondTensorFlow(target: string, { kind }: Case): boolean {
  return (
    kind === 'dwconv' &&
    readFileSync(join(target, 'result.json'), 'utf8').includes('only supports equal length strides')
  );
}

function folderOf(place: number): string {
  return join(folder, `layer-${String(place)}`);
}

function buildLayer(target: string, each: Case): void {
  const { graph, inputs, weights } = layerAlone(each);
  mkdirSync(target);
  for (const { path, bytes } of buildFrozen(graph, weights).files) writeFileSync(join(target, path), bytes);
  writeFeed(target, inputs);
}

/** With the command line, so that shards and files are those that a user has. */
async function buildExample(target: string, fixture: NetworkFixture): Promise<void> {
  const { inputs, weights } = networkOfFixture(fixture);
  const file = `${target}.safetensors`;
  const arrays = [...weights].map(
    ([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }] as const,
  );
  writeFileSync(file, encodeSafetensors(new Map(arrays)));
  const settings = [...fixture.set].flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const result = await cnnc(
    [
      ...['build', fixture.example, fixture.model, '--input', fixture.input, ...settings],
      ...['--to', 'tfjs-graph', '--weights', file, '-o', target],
    ],
    { cwd: repository },
  );
  if (result.code !== 0) throw new Error(result.err);
  writeFeed(target, inputs);
}

function writeFeed(target: string, inputs: Tensors): void {
  const feed = [...inputs].map(([name, { shape, values }]) => {
    const float32 = Buffer.from(Float32Array.from(values).buffer).toString('base64');
    return [name, { shape, float32 }] as const;
  });
  writeFileSync(join(target, 'feed.json'), JSON.stringify(Object.fromEntries(feed)));
}

/** What is wrong with what TensorFlow gave for an output, or why it refused the model. */
function mistakeIn(
  target: string,
  output: string,
  compare: (given: Tensor) => string | undefined,
): string | undefined {
  const result: unknown = JSON.parse(readFileSync(join(target, 'result.json'), 'utf8'));
  if (typeof result !== 'object' || result === null) return 'has no result';
  if ('refused' in result) return `was refused: ${String(result.refused)}`;
  const outputs: unknown = 'outputs' in result ? result.outputs : undefined;
  if (typeof outputs !== 'object' || outputs === null || !(output in outputs)) return `has no ${output}`;
  return compare(tensorIn(new Map(Object.entries(outputs)).get(output)));
}
