import { nodeAt, type Graph, type Output } from '../ir/graph.js';
import { shapeText } from '../values/shape-text.js';
import type { Change } from './change.js';
import type { InterfaceChange } from './comparison.js';
import type { Sources } from './sources.js';

/** Compares what two models take and give: names, shapes and order; and which layers give the outputs. */
export function compareInterfaces(before: Graph, after: Graph, sources: Sources): readonly InterfaceChange[] {
  return [
    ...compareEnds('input', { before: inputsOf(before), after: inputsOf(after) }),
    ...compareEnds('output', { before: outputsOf(before), after: outputsOf(after) }),
    ...before.outputs.flatMap((old) => {
      const now = after.outputs.find(({ name }) => name === old.name);
      return now === undefined ? [] : compareOutputs(before, after, { before: old, after: now }, sources);
    }),
  ];
}

/** One input or output. */
interface End {
  readonly name: string;
  readonly shape: string;
}

function inputsOf(graph: Graph): readonly End[] {
  return graph.inputs.map((id) => {
    const { path, shape } = nodeAt(graph, id);
    return { name: path, shape: shapeText(shape) };
  });
}

function outputsOf(graph: Graph): readonly End[] {
  return graph.outputs.map(({ name, node }) => ({ name, shape: shapeText(nodeAt(graph, node).shape) }));
}

function compareEnds(
  of: InterfaceChange['of'],
  { before, after }: Change<readonly End[]>,
): readonly InterfaceChange[] {
  const [old, now] = [before, after].map((ends) => new Map(ends.map((end) => [end.name, end])));
  const changes: InterfaceChange[] = [];
  for (const { name, shape } of before) {
    const other = now?.get(name);
    if (other === undefined) changes.push({ of, kind: 'removed', name, before: shape });
    else if (other.shape !== shape)
      changes.push({ of, kind: 'reshaped', name, before: shape, after: other.shape });
  }
  for (const { name, shape } of after) {
    if (old?.has(name) === false) changes.push({ of, kind: 'added', name, after: shape });
  }
  const [order, newOrder] = [before, after].map((ends, side) =>
    ends
      .map(({ name }) => name)
      .filter((name) => (side === 0 ? now : old)?.has(name) === true)
      .join(', '),
  );
  if (order !== undefined && newOrder !== undefined && order !== newOrder)
    changes.push({ of, kind: 'order', name: `${of}s`, before: order, after: newOrder });
  return changes;
}

function compareOutputs(
  graph: Graph,
  newGraph: Graph,
  { before, after }: Change<Output>,
  sources: Sources,
): readonly InterfaceChange[] {
  const { name } = before;
  const changes: InterfaceChange[] = [];
  const change = (kind: InterfaceChange['kind'], old: string, now: string): void =>
    void changes.push({ of: 'output', kind, name, before: old, after: now });
  if (before.training !== after.training) change('training', existsIn(before), existsIn(after));
  if (before.weight !== after.weight) change('loss-weight', String(before.weight), String(after.weight));
  if (sources.before(before.node) !== sources.after(after.node))
    change('source', nodeAt(graph, before.node).path, nodeAt(newGraph, after.node).path);
  return changes;
}

function existsIn({ training }: Output): string {
  return training ? 'in training only' : 'always';
}
