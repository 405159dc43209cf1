import { beforeAll, describe, expect, it } from 'vitest';
import { opNames } from '../../src/compiler/ops/registry.js';
import { net } from '../analyse/net.js';
import { disagreement } from '../conformance/agreement.js';
import { caseText, type Case } from '../conformance/case.js';
import { cases } from '../conformance/cases.js';
import { engines, startEngine } from '../conformance/engine.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { interpret } from '../interpreter/interpret.js';
import { buildLayers, predictWith } from './agreement.js';
import { loadBuilt } from './load.js';

describe.each(engines)('a layer that is built for tfjs-layers, on %s', (engine) => {
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

/** Builds one layer, loads it with the real tfjs-layers, and holds it against the interpreter. */
async function mistakeIn({ kind, given, inputs, offset = 0 }: Case): Promise<string | undefined> {
  const made = net();
  const arriving = inputs.map((shape) => made.input(...shape));
  const layer = made.add(kind, given, arriving);
  const graph = made.graph(layer);
  const shifted = [...randomInputs(graph)].map(([name, { shape, values }]) => {
    const moved = values.map((value) => Math.fround(value + offset));
    return [name, { shape, values: moved }] as const;
  });
  const fed = new Map(shifted);
  const weights = randomWeights(graph);
  const expected = interpret(graph, fed, weights).values.get(layer.id);
  if (expected === undefined) return 'was not interpreted';
  try {
    const model = await loadBuilt(buildLayers(graph, weights));
    const [output] = predictWith(model, fed);
    model.dispose();
    return output === undefined ? 'gave nothing' : disagreement(output, expected);
  } catch (error) {
    return `was refused: ${String(error)}`;
  }
}
