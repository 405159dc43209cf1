import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsGraph } from '../../src/backends/tfjs-graph/index.js';
import { tfjsLayers } from '../../src/backends/tfjs-layers/index.js';
import { positionOf } from '../../src/diagnostics/source.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { opNames } from '../../src/compiler/ops/registry.js';
import { net } from '../analyse/net.js';
import { disagreement } from '../conformance/agreement.js';
import { caseText, type Case } from '../conformance/case.js';
import { cases } from '../conformance/cases.js';
import { startEngine } from '../conformance/engine.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { interpret } from '../interpreter/interpret.js';
import { modelOf } from '../runtime/models.js';
import { buildLayers, predictWith } from './agreement.js';
import { layerAlone } from './layer-alone.js';
import { loadBuilt } from './load.js';
import { buildFrozen, loadFrozen, runFrozen } from './tfjs-graph-model.js';

/** The cases whose layer takes images of which height and width are open. */
const openCases = cases.flatMap((each) => {
  const graph = opened(each);
  return graph === undefined ? [] : [{ each, graph }];
});

const kinds = opNames.filter((kind) => openCases.some(({ each }) => each.kind === kind));

/** What engines do with padding that is computed differs; what else they do is held against each other elsewhere. */
const tables = [
  { engine: 'wasm', kinds },
  { engine: 'cpu', kinds: kinds.filter((kind) => ['pool', 'dwconv', 'slice', 'resize'].includes(kind)) },
] as const;

describe.each(tables)('a layer on images of open sizes, on $engine', ({ engine, kinds }) => {
  beforeAll(() => startEngine(engine));

  it.each(kinds)('is built for tfjs-graph and computes the same: %s', async (kind) => {
    const wrong: string[] = [];
    for (const { each, graph } of openCases.filter((one) => one.each.kind === kind)) {
      const mistake = await mistakeIn(each, async (alone) => {
        expect(tfjsGraph.check(graph).filter(({ severity }) => severity === 'error')).toEqual([]);
        const model = await loadFrozen(buildFrozen(graph, alone.weights));
        const output = runFrozen(model, alone.inputs, ['result']).get('result');
        model.dispose();
        return output;
      });
      if (mistake !== undefined) wrong.push(mistake);
    }
    expect(wrong).toEqual([]);
  });

  it.each(kinds)('is built for tfjs-layers and computes the same: %s', async (kind) => {
    const wrong: string[] = [];
    for (const { each, graph } of openCases.filter((one) => one.each.kind === kind)) {
      const mistake = await mistakeIn(each, async (alone) => {
        expect(tfjsLayers.check(graph).filter(({ severity }) => severity === 'error')).toEqual([]);
        const model = await loadBuilt(buildLayers(graph, alone.weights));
        const [output] = predictWith(model, alone.inputs);
        model.dispose();
        return output;
      });
      if (mistake !== undefined) wrong.push(mistake);
    }
    expect(wrong).toEqual([]);
  });
});

/** Sizes that two open ones decide together, beside those that the table has. */
const turning = (size: string): string => `model M {
  input ${size}x4
  conv 4 3x3/2 same
  conv 4 3x3/2 same dilation=2
  conv 4 3x3 same groups=2
  pool avg 3x3/2 same count_padding=true
  upsample 8
  turned<>
  resized<>
  cut<>
  split<>
  shuffle 2
  slice channels 0..1
  output last
}

block turned { reshape [in.width, in.height, 4] }
block resized { resize [2 * in.height + in.width, ceil(in.width / 3)] mode=bilinear }
block cut { slice height 1..(2 * in.height - in.height - 1) -> scale }
block split { reshape [in.width, in.height, 2, 2] -> scale }`;

describe.each(['wasm', 'cpu'] as const)('sizes that open ones decide, on %s,', (engine) => {
  beforeAll(() => startEngine(engine));

  it.each([
    [9, 7],
    [12, 16],
    [31, 5],
  ])('are computed when the model runs on %i and %i', async (height, width) => {
    const { graph } = modelOf(turning('?x?'));
    const closed = modelOf(turning(`${String(height)}x${String(width)}`)).graph;
    const [inputs, weights] = [randomInputs(closed), randomWeights(closed)];
    const expected = interpret(closed, inputs, weights).values.get(closed.outputs[0]?.node ?? -1);
    const frozen = await loadFrozen(buildFrozen(graph, weights));
    const layers = await loadBuilt(buildLayers(graph, weights));
    for (const given of [runFrozen(frozen, inputs, ['last']).get('last'), predictWith(layers, inputs)[0]])
      expect(given && expected ? disagreement(given, expected) : 'nothing').toBeUndefined();
    frozen.dispose();
    layers.dispose();
  });
});

describe('what can’t be built with open sizes', () => {
  const heavy = `model M {
  input ?x?x4
  larger<1_000_000_000_000>
  shorter<>
  turned<>
  larger<20_000>
  output last
}

block larger<times> { resize [floor(in.height * times / (times - 1)), in.width] }
block shorter { slice height 0..floor(in.height * 39_998 / 40_001) }
block turned { reshape [in.width, in.height, 4] }`;

  it('is only what numbers in a formula make too large, told with line, way and help', () => {
    const { graph, source } = modelOf(heavy);
    const told = [tfjsGraph, tfjsLayers].map((backend) =>
      backend
        .check(graph)
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message, span, help, trail }) => ({
          code,
          message,
          line: positionOf(source, span.start).line,
          help,
          calls: trail.length,
        })),
    );
    expect(told).toMatchInlineSnapshot(`
      [
        [
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 10,
            "message": "tfjs-graph can't express \`resize\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 31 bits can overflow",
          },
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 11,
            "message": "tfjs-graph can't express \`slice\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 31 bits can overflow",
          },
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 12,
            "message": "tfjs-graph can't express \`reshape\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 31 bits can overflow",
          },
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 10,
            "message": "tfjs-graph can't express \`resize\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 31 bits can overflow",
          },
        ],
        [
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 10,
            "message": "tfjs-layers can't express \`resize\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 53 bits can overflow",
          },
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 11,
            "message": "tfjs-layers can't express \`slice\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 53 bits can overflow",
          },
          {
            "calls": 1,
            "code": "target-lacks-layer",
            "help": "write the sizes in \`input\`, or give them with \`--input\`",
            "line": 12,
            "message": "tfjs-layers can't express \`reshape\` here: its size is computed with 999999999999 from one that is open, and whole numbers of 53 bits can overflow",
          },
        ],
      ]
    `);
    expect(() => buildLayers(graph, randomWeights(graph))).toThrow(/without a check/);
  });
});

function opened({ kind, given, inputs }: Case): Graph | undefined {
  if (inputs.some((shape) => shape.length !== 3) || inputs.length !== 1) return undefined;
  const made = net();
  try {
    const images = inputs.map(([, , channels = 1]) => made.input('?', '?', channels));
    const layer = made.add(kind, given, images);
    return made.graph({ name: 'result', node: layer.id, training: false, weight: 1 });
  } catch {
    return undefined;
  }
}

async function mistakeIn(
  each: Case,
  run: (alone: ReturnType<typeof layerAlone>) => Promise<Parameters<typeof disagreement>[0] | undefined>,
): Promise<string | undefined> {
  const alone = layerAlone(each);
  if (alone.expected === undefined) return `${caseText(each)} was not interpreted`;
  const before = memory().numTensors;
  try {
    const output = await run(alone);
    if (memory().numTensors !== before) return `${caseText(each)} left tensors over`;
    const wrong = output === undefined ? 'gave nothing' : disagreement(output, alone.expected);
    return wrong === undefined ? undefined : `${caseText(each)} ${wrong}`;
  } catch (error) {
    return `${caseText(each)} was refused: ${String(error)}`;
  }
}
