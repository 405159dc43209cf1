import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { opNames } from '../../src/compiler/ops/registry.js';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { run } from '../../src/runtime/executor/run.js';
import { disagreement } from './agreement.js';
import { caseText, type Case } from './case.js';
import { cases } from './cases.js';
import { download, engines, startEngine, uploadAll } from './engine.js';
import { interpretNetwork, networkOf, valueOf } from './network.js';

describe('the table of cases', () => {
  it('has every layer of the registry', () => {
    expect(new Set(['input', ...cases.map(({ kind }) => kind)])).toEqual(new Set(opNames));
  });

  it('holds no case twice', () => {
    const texts = cases.map(caseText);
    expect(texts.filter((text, place) => texts.indexOf(text) < place)).toEqual([]);
  });
});

describe.each(engines)('a layer that runs on %s', (engine) => {
  beforeAll(() => startEngine(engine));

  it.each(opNames.filter((name) => name !== 'input'))('computes what `%s` is defined to be', (kind) => {
    const wrong = cases.filter((each) => each.kind === kind).flatMap((each) => mistakesIn(each));
    expect(wrong).toEqual([]);
  });
});

/** Runs a case at inference beside the interpreter; tensors that are left over are a mistake too. */
function mistakesIn(each: Case): readonly string[] {
  const network = networkOf(each);
  const expected = valueOf(interpretNetwork(network), network.layer);
  const before = memory().numTensors;
  const [inputs, weights] = [uploadAll(network.inputs), uploadAll(network.weights)];
  const output = run(planExecution(network.graph), { inputs, weights }).get(network.layer.path);
  const wrong = output === undefined ? 'gave nothing' : disagreement(download(output), expected);
  for (const tensor of [...inputs.values(), ...weights.values()]) tensor.dispose();
  const left = memory().numTensors - before;
  return [
    ...(wrong === undefined ? [] : [wrong]),
    ...(left === 0 ? [] : [`left ${String(left)} tensors over`]),
  ].map((mistake) => `${caseText(each)} ${mistake}`);
}
