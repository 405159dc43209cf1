import { joinNames, type OpKind } from '../../../src/compiler/ops/registry.js';
import { word } from '../../ops/layer.js';
import type { Case } from '../case.js';

const image = [3, 4, 2] as const;
const byValue: readonly OpKind[] = joinNames.filter((name) => name !== 'concat');

/** Joins of two and three tensors; features and sizes of 1 that are repeated. */
export const joinCases: readonly Case[] = [
  ...byValue.flatMap((kind): readonly Case[] => [
    { kind, given: {}, inputs: [image, image] },
    { kind, given: {}, inputs: [image, image, image] },
    { kind, given: {}, inputs: [[5], [5]] },
    { kind, given: {}, inputs: [image, [2]] },
    { kind, given: {}, inputs: [[2], image] },
    { kind, given: {}, inputs: [image, [1, 1, 2], [3, 4, 1]] },
    {
      kind,
      given: {},
      inputs: [
        [3, 1, 2],
        [1, 4, 1],
      ],
    },
  ]),
  { kind: 'concat', given: {}, inputs: [image, [3, 4, 1], [3, 4, 5]] },
  { kind: 'concat', given: {}, inputs: [[5], [2]] },
  { kind: 'concat', given: { axis: word('height') }, inputs: [image, [1, 4, 2]] },
  { kind: 'concat', given: { axis: word('width') }, inputs: [image, [3, 2, 2]] },
  {
    kind: 'concat',
    given: { axis: 0 },
    inputs: [
      [3, 2],
      [4, 2],
    ],
  },
];
