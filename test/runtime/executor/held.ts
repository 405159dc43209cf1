import { engine, fill, type Tensor } from '@tensorflow/tfjs-core';
import { nodeAt, type Graph } from '../../../src/compiler/ir/graph.js';
import { toNumber } from '../../../src/compiler/values/exact.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import { run } from '../../../src/runtime/executor/run.js';

/** The most bytes of activations that an inference held on the engine in use, each stretch of memory counted once. */
export function heldAtPeak(graph: Graph, batch: number): number {
  const plan = planExecution(graph);
  const inputs = new Map(
    graph.inputs.map((id) => {
      const { path, shape } = nodeAt(graph, id);
      return [path, fill([batch, ...shape.map(toNumber)], 1)] as const;
    }),
  );
  const weights = new Map(plan.weights.map(({ name, shape }) => [name, fill([...shape], 1)] as const));
  const counts = countFrom([...inputs.values()], [...weights.values()]);
  const watches = [watch<Tensor>('trackTensor', counts.take), watch<object>('removeDataId', counts.giveBack)];
  try {
    const outputs = run(plan, { inputs, weights, handsInputsOver: true });
    for (const tensor of [...outputs.values(), ...weights.values()]) tensor.dispose();
  } finally {
    for (const end of watches) end();
  }
  return counts.most();
}

/** Counts what is taken and given back beside what is there before; weights don't count, also where they are seen otherwise. */
function countFrom(there: readonly Tensor[], weights: readonly Tensor[]) {
  const bytesOf = new Map<object, number>(weights.map(({ dataId }) => [dataId, 0]));
  let held = 0;
  let most = 0;
  const take = ({ dataId, size }: Tensor): void => {
    if (bytesOf.has(dataId)) return;
    bytesOf.set(dataId, 4 * size);
    held += 4 * size;
    most = Math.max(most, held);
  };
  const giveBack = (dataId: object): void => {
    held -= bytesOf.get(dataId) ?? 0;
    bytesOf.delete(dataId);
  };
  there.forEach(take);
  return { take, giveBack, most: () => most };
}

type Listener<T> = (first: T) => void;

/** Calls a function with the first argument of each call of one of the engine's methods, which have no public place to listen. */
function watch<T>(method: string, listen: Listener<T>): () => void {
  const one = engine();
  const own: unknown = Reflect.get(one, method);
  if (typeof own !== 'function') throw new Error(`the engine has no ${method}`);
  Reflect.set(one, method, (first: T, ...rest: unknown[]) => {
    Reflect.apply(own, one, [first, ...rest]);
    listen(first);
  });
  return () => {
    Reflect.deleteProperty(one, method);
  };
}
