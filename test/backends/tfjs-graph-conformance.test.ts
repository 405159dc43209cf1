import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { opNames } from '../../src/compiler/ops/registry.js';
import { disagreement } from '../conformance/agreement.js';
import { caseText, type Case } from '../conformance/case.js';
import { cases } from '../conformance/cases.js';
import { engines, startEngine } from '../conformance/engine.js';
import { layerAlone } from './layer-alone.js';
import { buildFrozen, loadFrozen, runFrozen } from './tfjs-graph-model.js';

describe.each(engines)('a layer that is built for tfjs-graph, on %s', (engine) => {
  beforeAll(() => startEngine(engine));

  it.each(opNames.filter((name) => name !== 'input'))('computes what `%s` is defined to be', async (kind) => {
    const wrong: string[] = [];
    for (const each of cases.filter((one) => one.kind === kind)) {
      const mistake = await mistakeIn(each);
      if (mistake !== undefined) wrong.push(`${caseText(each)} ${mistake}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** Builds one layer, loads it with the real converter, and holds it against the interpreter. */
async function mistakeIn(each: Case): Promise<string | undefined> {
  const { graph, inputs, weights, expected } = layerAlone(each);
  if (expected === undefined) return 'was not interpreted';
  const before = memory().numTensors;
  try {
    const model = await loadFrozen(buildFrozen(graph, weights));
    const output = runFrozen(model, inputs, ['result']).get('result');
    model.dispose();
    if (memory().numTensors !== before) return 'left tensors over';
    return output === undefined ? 'gave nothing' : disagreement(output, expected);
  } catch (error) {
    return `was refused: ${String(error)}`;
  }
}
