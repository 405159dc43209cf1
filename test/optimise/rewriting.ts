import { expect } from 'vitest';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { printGraph } from '../../src/compiler/ir/print.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import type { Model } from '../../src/compiler/optimise/model.js';
import { passOf, type Rewrite, type Rewritten } from '../../src/compiler/optimise/rewrite.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { interpret, type Tensors } from '../interpreter/interpret.js';
import { tensor } from '../interpreter/tensor.js';

/** A graph with random weights. */
export function modelOf(graph: Graph): Model {
  const weights = [...randomWeights(graph)].map(
    ([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }] as const,
  );
  return { graph, weights: new Map(weights) };
}

/** Applies a rewrite once, and expects that it leaves its argument alone and a sound graph that computes the same. */
export function rewrite<Match>(rule: Rewrite<Match>, model: Model): Rewritten {
  const before = printGraph(model.graph);
  const rewritten = passOf(rule).apply(model);
  expect(printGraph(model.graph)).toBe(before);
  expect(verifyGraph(rewritten.model.graph)).toEqual([]);
  expectTheSame(rewritten.model, model);
  return rewritten;
}

/** Expects the same outputs, within 1e-6 of the largest value, as far as the rewritten model still has them. */
export function expectTheSame(rewritten: Model, model: Model): void {
  const inputs = randomInputs(model.graph);
  const [now, before] = [outputsOf(rewritten, inputs), outputsOf(model, inputs)];
  expect(now.size).toBeGreaterThan(0);
  for (const [name, { shape, values }] of now) {
    const expected = before.get(name);
    const largest = expected?.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0;
    const differences = values.map((value, place) =>
      Math.abs(value - (expected?.values[place] ?? Number.NaN)),
    );
    expect(shape).toEqual(expected?.shape);
    expect(largest).toBeGreaterThan(0);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1e-6 * largest);
  }
}

function outputsOf({ graph, weights }: Model, inputs: Tensors): Tensors {
  const known = new Map([...weights].map(([name, { shape, values }]) => [name, tensor(shape, values)]));
  const { values } = interpret(graph, inputs, known);
  return new Map(
    graph.outputs.flatMap(({ name, node }) => {
      const value = values.get(node);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
