import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import {
  applyMapping,
  loadWeights,
  matchByOrder,
  matchWeights,
  runPictures,
} from '../../../src/runtime/index.js';
import { graphOf } from '../../compiler/net.js';
import { open } from '../engines.js';

const network = `model K {
  input 6x6x3
  conv 4 3x3
  bn
  conv 4 3x3 same
  dwconv 2x2 bias=false -> conv 5 1x1
  flatten
  dense 3
  dense 2
}`;

/** What Keras gives for the numbers 0 to 107 modulo 17. */
const published = [-0.43298936, -1.9791049];

beforeAll(() => open('cpu'));

it.each(['model.h5', 'model.keras'])('a model that Keras saved as %s gives the same numbers here', (name) => {
  const graph = graphOf(network);
  const read = loadWeights(join(import.meta.dirname, '../../fixtures/keras', name));
  if (!read.ok) throw new Error(read.problems[0]?.message);
  const match = matchByOrder(graph, read.value.weights);
  expect(match).toMatchObject({ ambiguous: [], surplus: [], missing: [] });
  const mapped = applyMapping(match.mapping, read.value);
  const weights = mapped.ok ? matchWeights(graph, mapped.value.weights) : mapped;
  if (!weights.ok) throw new Error(weights.problems[0]?.message);
  const pixels = Uint8Array.from({ length: 108 }, (_, place) => place % 17);
  const outcome = runPictures({
    graph,
    weights: weights.value,
    preprocess: { scale: 1, mean: undefined, std: undefined, fit: undefined, convention: undefined },
    pictures: [{ height: 6, width: 6, channels: 3, pixels }],
  });
  const values = outcome.ok ? [...(outcome.value[0]?.[0]?.values ?? [])] : [];
  expect(values).toHaveLength(2);
  for (const [place, value] of values.entries()) expect(value).toBeCloseTo(published[place] ?? 0, 5);
});
