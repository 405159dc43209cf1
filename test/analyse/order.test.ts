import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferencePeak, inferenceProfile } from '../../src/compiler/analyse/memory.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { graphOf } from '../compiler/net.js';

describe('the best order', () => {
  it('runs the branch first that leaves little behind', () => {
    const graph = graphOf(
      'model M {\n  input 8x8x4\n  concat {\n    | conv 16 1x1\n    | conv 64 1x1 -> conv 4 1x1\n  }\n}\n',
    );
    expect(inferencePeak(graph).bytes).toBe(256 * (4 + 16 + 64));
    expect(inferencePeak(graph, { order: 'best' }).bytes).toBe(256 * (4 + 64 + 4));
  });

  it('is never worse than that of the source, is one the model can run in, and the least of all where they can be tried', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const graph = graphOf(`model M {\n  input 4x4x2\n${body}}\n`);
        const { peak, nodes } = inferenceProfile(graph, { order: 'best' });
        const places = new Map(nodes.map(({ id }, place) => [id, place]));
        for (const [place, { inputs }] of nodes.entries()) {
          for (const id of inputs) expect(places.get(id)).toBeLessThan(place);
        }
        expect(places.size).toBe(graph.nodes.length);
        expect(toNumber(peak.bytes)).toBe(leastOfAll(graph));
        expect(toNumber(peak.bytes)).toBeLessThanOrEqual(toNumber(inferencePeak(graph).bytes));
      }),
      { numRuns: 60 },
    );
  });

  it('is found greedily, and is never worse, where there are too many', () => {
    const ways = Array.from(
      { length: 40 },
      (_, way) => `| conv ${String(60 - way)} 1x1 -> conv 1 1x1 -> relu`,
    );
    const graph = graphOf(`model M {\n  input 4x4x2\n  concat {\n${ways.join('\n')}\n  }\n}\n`);
    const source = toNumber(inferencePeak(graph).bytes);
    expect(toNumber(inferencePeak(graph, { order: 'best' }).bytes)).toBeLessThanOrEqual(source);
  });
});

const layer = fc.constantFrom('conv 1 1x1', 'conv 2 1x1', 'conv 7 1x1', 'relu', 'bn');
const way = fc.array(layer, { minLength: 1, maxLength: 3 }).map((layers) => `| ${layers.join(' -> ')}`);
const join = fc.array(way, { minLength: 2, maxLength: 3 }).map((ways) => `concat {\n${ways.join('\n')}\n}`);
const bodies = fc
  .array(fc.oneof(layer, join), { minLength: 1, maxLength: 2 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

/** The least peak of all orders, each followed step by step from who reads what alone. */
function leastOfAll(graph: Graph): number {
  const { alive, source } = heldBytes(graph);
  let least = source;
  const ways: (readonly [ReadonlySet<number>, number])[] = [[new Set(graph.inputs), 0]];
  const seen = new Map<string, number>();
  for (let next = ways.pop(); next !== undefined; next = ways.pop()) {
    const [done, peak] = next;
    const key = [...done].sort((one, other) => one - other).join();
    if (peak >= (seen.get(key) ?? Number.POSITIVE_INFINITY)) continue;
    seen.set(key, peak);
    if (done.size === graph.nodes.length) least = Math.min(least, peak);
    for (const node of graph.nodes) {
      if (done.has(node.id) || node.inputs.some((id) => !done.has(id))) continue;
      ways.push([new Set([...done, node.id]), Math.max(peak, alive(done, node.id))]);
    }
  }
  return least;
}

function heldBytes(graph: Graph): {
  readonly alive: (done: ReadonlySet<number>, id: number) => number;
  readonly source: number;
} {
  const size = (id: number): number => 4 * 16 * toNumber(graph.nodes[id]?.shape.at(-1) ?? 0);
  const readers = graph.nodes.map(({ id }) =>
    graph.nodes.filter(({ inputs }) => inputs.includes(id)).map((node) => node.id),
  );
  const output = graph.outputs[0]?.node ?? -1;
  // The home of a tensor: its own, or that of the input that it overwrites.
  const homes: number[] = [];
  for (const { id, kind, inputs } of graph.nodes) {
    const [input = -1] = inputs;
    const takesOver = (kind === 'relu' || kind === 'bn') && readers[input]?.length === 1;
    homes.push(takesOver ? (homes[input] ?? id) : id);
  }
  const alive = (done: ReadonlySet<number>, id: number): number => {
    const there = new Set<number>();
    for (const one of [...done, id]) {
      const isHeld =
        one === id ||
        one === output ||
        (readers[one] ?? []).some((reader) => reader === id || !done.has(reader));
      if (isHeld) there.add(homes[one] ?? one);
    }
    return [...there].reduce((sum, home) => sum + size(home), 0);
  };
  return { alive, source: toNumber(inferencePeak(graph).bytes) };
}
