import { describe, expect, it } from 'vitest';
import { printGraph } from '../../src/compiler/ir/print.js';
import { dropIdentities } from '../../src/compiler/optimise/rewrites/drop-identities.js';
import { net } from '../analyse/net.js';
import { list, size } from '../ops/layer.js';
import { modelOf, rewrite } from './rewriting.js';

describe('a layer that gives what arrives', () => {
  it('leaves, also where several stand in a row', () => {
    const made = net();
    const image = made.add('crop', { cells: 0 }, [made.add('pad', { cells: 0 }, [made.input(4, 3, 2)])]);
    const turned = made.add('permute', { order: list(0, 1, 2) }, [image]);
    const same = made.add('reshape', { sizes: size(4, 3, 2) }, [made.add('identity', {}, [turned])]);
    const features = made.add('flatten', {}, [made.add('gap', {}, [same])]);
    const { count, model } = rewrite(
      dropIdentities,
      modelOf(made.graph(made.add('dropout', { rate: 0.4 }, [features]))),
    );
    expect(count).toBe(7);
    expect(printGraph(model.graph)).toMatchInlineSnapshot(`
      "graph Net
      input1 = input shape=[4, 3, 2] : 4×3×2
      gap1 = gap (input1) : 2
      output dropout1 = gap1
      "
    `);
  });

  it('stays where it does something', () => {
    const made = net();
    const padded = made.add('pad', { cells: 1 }, [made.input(4, 4, 2)]);
    const cropped = made.add('crop', { cells: list(0, 1) }, [padded]);
    const turned = made.add('permute', { order: list(1, 0, 2) }, [cropped]);
    const { count, refusals } = rewrite(
      dropIdentities,
      modelOf(made.graph(made.add('flatten', {}, [turned]))),
    );
    expect(count).toBe(0);
    expect(refusals.map(({ why }) => why)).toEqual([
      'it adds cells',
      'it takes cells away',
      'it exchanges dimensions',
      'it gives other sizes',
    ]);
  });
});
