import { nodeAt, type Graph, type Node } from '../../ir/graph.js';
import { multiply, product, type Exact } from '../../values/exact.js';
import { bytesOfType, type DType } from '../bytes.js';
import { neededNodes } from '../needed.js';
import type { Amount } from './amount.js';
import { logitsOf, targetsOf } from './targets.js';
import { openStage, type Held, type Stage, type Watch } from './stage.js';
import { note, type RehearsedTape } from './tape.js';

/** A weight that the model stores, once for all layers that share it. */
export interface StoredWeight {
  readonly held: Held;
  readonly isTrained: boolean;
  readonly isPenalised: boolean;
}

/** What all of a rehearsal has in common. */
export interface Scene {
  readonly graph: Graph;
  readonly stage: Stage;
  readonly tape: RehearsedTape;
  /** 1 for nodes that run. */
  readonly needed: Uint8Array;
  readonly each: (values: Exact) => Amount;
  readonly once: (values: Exact) => Amount;
  readonly weights: readonly StoredWeight[];
  readonly weightOf: (node: Node, name: string) => Held | undefined;
  /** The images, by the node of the input that takes them. */
  readonly images: ReadonlyMap<number, Held>;
  readonly targets: readonly Held[];
  /** After which node which tensors have been read for the last time. */
  readonly ends: ReadonlyMap<number, readonly number[]>;
}

/** Opens the stage, with the batch on it and the weights beside it. */
export function openScene(graph: Graph, dtype: DType, watch: Watch): Scene {
  const size = bytesOfType[dtype];
  const each = (values: Exact): Amount => ({ fixed: 0, perImage: multiply(size, values) });
  const once = (values: Exact): Amount => ({ fixed: multiply(size, values), perImage: 0 });
  const needed = neededNodes(graph, { training: true });
  const tape: RehearsedTape = { leaves: new Set(), followed: new Set(), entries: undefined };
  const stage = openStage(watch, (output, sources) => {
    note(stage, tape, output, sources);
  });
  const weights = new Map<string, StoredWeight>();
  for (const node of graph.nodes) {
    if (needed[node.id] === 0) continue;
    for (const { name, shape, trainable, l1 = 0, l2 = 0 } of node.weights) {
      const key = keyOf(graph, node, name);
      if (weights.has(key)) continue;
      const held = stage.lend(once(product(shape)));
      weights.set(key, { held, isTrained: trainable, isPenalised: trainable && (l1 > 0 || l2 > 0) });
      if (!trainable) continue;
      tape.leaves.add(held.id);
      tape.followed.add(held.id);
    }
  }
  const inputs = graph.nodes.filter(({ kind, id }) => kind === 'input' && needed[id] === 1);
  const images = new Map(inputs.map(({ id, shape }) => [id, stage.feed(each(product(shape)))]));
  return {
    graph,
    stage,
    tape,
    needed,
    each,
    once,
    weights: [...weights.values()],
    weightOf: (node, name) => weights.get(keyOf(graph, node, name))?.held,
    images,
    targets: targetsOf(graph, each).map((amount) => stage.feed(amount)),
    ends: endsOf(graph, needed),
  };
}

/** The tensors that are read for the last time, by their reader; outputs and what losses read are held. */
function endsOf(graph: Graph, needed: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const held = new Set(graph.outputs.flatMap(({ node }) => [node, ...logitsOf(graph, node)]));
  const lastReader = new Map<number, number>();
  for (const { id, inputs } of graph.nodes) {
    if (needed[id] === 1) for (const input of inputs) lastReader.set(input, id);
  }
  const ends = new Map<number, number[]>();
  for (const [read, reader] of lastReader) {
    if (held.has(read)) continue;
    const ending = ends.get(reader) ?? [];
    ending.push(read);
    ends.set(reader, ending);
  }
  return ends;
}

function keyOf(graph: Graph, node: Node, name: string): string {
  let owner = node;
  while (owner.sharesWith !== undefined) owner = nodeAt(graph, owner.sharesWith);
  return `${String(owner.id)} ${name}`;
}
