import { describe, expect, it } from 'vitest';
import { trainingDemand } from '../../src/compiler/analyse/training-memory.js';
import { fitTraining, type Fit } from '../../src/compiler/fit/fit.js';
import type { FitOptions } from '../../src/compiler/fit/fit-options.js';
import type { WayOut } from '../../src/compiler/fit/ways-out.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { graphOf } from '../compiler/net.js';

const options: FitOptions = {
  bytes: 1_000_000,
  optimizer: 'adam',
  slots: 2,
  dtype: 'float32',
  recompute: false,
};

/** A model with a block of two convolutions, called twice. */
function source({ stem = '8 3x3', inner = 'filters' } = {}): string {
  return (
    `block unit<filters> { add { | identity | conv ${inner} 3x3 same relu -> conv filters 3x3 same } -> relu }\n` +
    `model M { input 32x32x3; conv ${stem} same relu; unit<8>; unit<8>; gap; dense 4 softmax }`
  );
}

function fit(text: string, changes: Partial<FitOptions> = {}): Fit {
  return fitTraining(graphOf(text), { ...options, ...changes });
}

function wayOf({ waysOut }: Fit, kind: WayOut['change']['kind'], path?: string): WayOut {
  const found = waysOut.find(
    ({ change }) =>
      change.kind === kind && (path === undefined || ('nodes' in change && change.nodes[0].path === path)),
  );
  if (found === undefined) throw new Error(`no way out by ${kind} ${path ?? ''}`);
  return found;
}

/** What a way out says beside what the model with the change written takes. */
function expectAsWritten(way: WayOut, { batch }: Fit, text: string): void {
  const demand = trainingDemand(graphOf(text), options);
  expect(way.bytes).toBe(demand.bytesFor(batch));
  expect(way.largest).toBe(demand.largestBatch(options.bytes));
}

describe('the ways out of too little memory', () => {
  it('take what the model takes with a larger stride written', () => {
    const found = fit(source());
    expectAsWritten(wayOf(found, 'stride', 'conv1'), found, source({ stem: '8 3x3/2' }));
  });

  it('take what it takes with fewer filters written in a block, wherever that is called', () => {
    const found = fit(source());
    const way = wayOf(found, 'filters', 'unit1.conv1');
    expect('nodes' in way.change && way.change.nodes.map(({ path }) => path)).toEqual([
      'unit1.conv1',
      'unit2.conv1',
    ]);
    expectAsWritten(way, found, source({ inner: '(filters / 2)' }));
  });

  it('leave out what a join does not take, and what would give another shape', () => {
    const paths = fit(source()).waysOut.flatMap(({ change }) =>
      'nodes' in change ? [`${change.kind} ${change.nodes[0].path}`] : [],
    );
    expect(paths).toContain('filters unit1.conv1');
    expect(paths).not.toContain('filters unit1.conv2');
    expect(paths).not.toContain('filters dense1');
    expect(paths).not.toContain('stride unit1.conv1');
  });

  it('stand in the order of what they save', () => {
    const saved = fit(source()).waysOut.map((way) => toNumber(way.saved));
    expect(saved.length).toBeGreaterThan(5);
    expect(saved).toEqual(saved.toSorted((one, other) => other - one));
  });

  it('are none that is taken already', () => {
    const kinds = fit(source(), {
      dtype: 'float16',
      recompute: true,
      optimizer: 'sgd',
      slots: 0,
    }).waysOut.map(({ change }) => change.kind);
    expect(new Set(kinds)).toEqual(new Set(['batch', 'stride', 'filters']));
  });
});

describe('a fit', () => {
  it('is of the largest batch, which one image more exceeds', () => {
    const found = fit(source());
    expect(found.fits).toBe(true);
    expect(found.batch).toBe(found.largest);
    expect(toNumber(found.memory.total)).toBeLessThanOrEqual(toNumber(options.bytes));
    expect(toNumber(found.beyond)).toBeGreaterThan(toNumber(options.bytes));
  });

  it('fails where the batch that is asked for is larger, and names the largest as the smaller one', () => {
    const { largest } = fit(source());
    const found = fit(source(), { batch: toNumber(largest) + 1 });
    expect(found.fits).toBe(false);
    expect(wayOf(found, 'batch').change).toEqual({ kind: 'batch', batch: largest });
  });

  it('fails where not even one image fits', () => {
    expect(fit(source(), { bytes: 1000 })).toMatchObject({ fits: false, largest: 0, batch: 1 });
  });
});
