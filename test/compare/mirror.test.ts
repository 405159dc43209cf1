import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/compiler/compare/change.js';
import type { ChangedLayer, Comparison } from '../../src/compiler/compare/comparison.js';
import { layersOf, type Item } from '../../src/compiler/compare/outline.js';
import { compared } from './compared.js';

const block = 'block unit<f> {\n  conv f 3x3 same relu\n  bn\n}\n';

const line = fc.constantFrom(
  'conv 4 3x3 same',
  'conv 4 3x3 same relu',
  'conv 8 1x1',
  'conv 8 1x1 as named',
  'bn',
  'unit<4>',
  'unit<8>',
  'relu',
  'dropout 0.5',
  'add {\n| identity\n| dwconv 3x3 same\n}',
  'concat {\n| conv 4 3x3 same\n| conv 8 1x1\n}',
);

/** Models in which a name is given once. */
const model = fc
  .array(line, { minLength: 1, maxLength: 9 })
  .map((lines) =>
    lines.map((text, place) => text.replace('named', `named${String.fromCharCode(97 + place)}`)),
  )
  .map((lines) => `${block}model Net {\n  input 16x16x3\n${lines.join('\n')}\n}\n`);

/** What a comparison says, as texts; mirrored, the two sides change places. */
function said(found: Comparison, isMirrored: boolean): unknown {
  const turn = <T, R>({ before, after }: Change<T>, of: (side: T) => R): readonly R[] =>
    isMirrored ? [of(after), of(before)] : [of(before), of(after)];
  const layer = (change: ChangedLayer): unknown => [
    turn(change, ({ path }) => path),
    change.arguments.map((argument) => [argument.name, ...turn(argument, (text) => text ?? '')]),
    [change.activation, change.inputs, change.shape, change.params, change.macs, change.field].map(
      (one: Change<unknown> | undefined) => (one === undefined ? [] : turn(one, (side) => side)),
    ),
  ];
  const sorted = (list: readonly unknown[]): readonly string[] =>
    list.map((one) => JSON.stringify(one)).sort();
  const paths = [found.removed, found.added].map((items) => items.map(({ path }) => path));
  return {
    isSame: found.isSame,
    onlyIn: isMirrored ? paths.toReversed() : paths,
    changed: sorted(found.changed.map(layer)),
    renamed: sorted(found.renamed.map((pair) => turn(pair, ({ path }) => path))),
    costs: Object.values(found.costs).map((cost) => turn(cost, (side) => side)),
    weights: sorted(found.weights.renamed.map((pair) => turn(pair, ({ name }) => name))),
    loads: [found.weights.reshaped.length, turn(found.weights.counts, (count) => count)],
    interface: sorted(found.interface.filter(({ kind }) => kind === 'reshaped').map(({ name }) => name)),
  };
}

describe('any two models', () => {
  it('have no difference where they are one', () => {
    fc.assert(
      fc.property(model, (text) => {
        const found = compared(text, text);
        expect(found).toMatchObject({ isSame: true, added: [], removed: [], changed: [], renamed: [] });
        expect(found.weights.loads).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('differ in the same from either side', () => {
    fc.assert(
      fc.property(model, model, (one, other) => {
        expect(said(compared(one, other), false)).toEqual(said(compared(other, one), true));
      }),
      { numRuns: 100 },
    );
  });

  it('account for every layer: matched, added or removed', () => {
    fc.assert(
      fc.property(model, model, (one, other) => {
        const found = compared(one, other);
        const left = (parts: readonly Item[]): number => parts.flatMap(layersOf).length;
        const lines = ({ nodes }: Comparison['before']['graph']): number =>
          nodes.filter(({ inline }) => !inline).length;
        expect(lines(found.before.graph) - left(found.removed)).toBe(
          lines(found.after.graph) - left(found.added),
        );
      }),
      { numRuns: 50 },
    );
  });
});
