import { nodeAt, type Graph, type Output } from '../../compiler/ir/graph.js';
import { shapeText } from '../../compiler/ops/shape.js';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { shorten } from '../columns.js';
import type { Link } from './picture.js';
import type { Unit, Units } from './units.js';

/** A box while the picture is made: a unit, a call of a block, or an output. */
export type Item =
  | { readonly kind: 'unit'; readonly id: number; readonly unit: Unit }
  | { readonly kind: 'call'; readonly id: number; readonly scope: number }
  | { readonly kind: 'output'; readonly id: number; readonly output: Output };

/** What stands in each call: items in the order of the source, and the links between them. */
export interface Draft {
  readonly items: readonly (readonly Item[])[];
  readonly links: readonly (readonly Link[])[];
}

/** Sorts the boxes of a graph into its calls, and cuts each way of a tensor at the borders that it crosses. */
export function draftOf(graph: Graph, units: Units, outputs: readonly Output[]): Draft {
  const callId = (scope: number): number => units.all.length + scope;
  const outputId = (place: number): number => units.all.length + graph.scopes.length + place;
  const levels = levelsOf(graph);
  const links = graph.scopes.map(() => new Map<string, Link>());
  const link = (scope: number, from: Link['from'], to: Link['to'], way: Way): void => {
    const key = `${String(from)} ${String(to)} ${String(way.tensor)} ${String(way.place)}`;
    links[scope]?.set(key, { from, to, tensor: way.tensor, shape: way.shape });
  };
  const parentOf = (scope: number): number => graph.scopes[scope]?.parent ?? 0;
  const connect = (from: Unit, to: { readonly id: number; readonly scope: number }, way: Way): void => {
    const source = { id: from.id, scope: from.scope };
    const target = { id: to.id, scope: to.scope };
    let { place } = way;
    while (source.scope !== target.scope) {
      if ((levels[target.scope] ?? 0) >= (levels[source.scope] ?? 0)) {
        link(target.scope, 'entry', target.id, { ...way, place });
        target.id = callId(target.scope);
        target.scope = parentOf(target.scope);
        // Further out there is one way to the border, however often the tensor is read inside.
        place = 0;
      } else {
        link(source.scope, source.id, 'exit', { ...way, place: 0 });
        source.id = callId(source.scope);
        source.scope = parentOf(source.scope);
      }
    }
    link(source.scope, source.id, target.id, { ...way, place });
  };
  const shapeOf = (tensor: number): string =>
    shorten(escapeForTerminal(shapeText(nodeAt(graph, tensor).shape)), 44);
  for (const unit of units.all) {
    for (const node of unit.nodes) {
      for (const [place, tensor] of node.inputs.entries()) {
        const from = units.ofNode.get(tensor);
        if (from !== undefined && from !== unit)
          connect(from, unit, { tensor, place, shape: shapeOf(tensor) });
      }
    }
  }
  for (const [place, output] of outputs.entries()) {
    const from = units.ofNode.get(output.node);
    const to = { id: outputId(place), scope: 0 };
    if (from !== undefined) connect(from, to, { tensor: output.node, place: 0, shape: shapeOf(output.node) });
  }
  const items = itemsOf(graph, units, callId);
  outputs.forEach((output, place) => items[0]?.push({ kind: 'output', id: outputId(place), output }));
  return { items, links: links.map((each) => [...each.values()]) };
}

interface Way {
  readonly tensor: number;
  /** Which of its reader's inputs it is: a layer may read a tensor twice. */
  readonly place: number;
  readonly shape: string;
}

/** Calls without any layer that counts are left out. */
function itemsOf(graph: Graph, units: Units, callId: (scope: number) => number): Item[][] {
  const items: Item[][] = graph.scopes.map(() => []);
  const placed = new Set([0]);
  const place = (scope: number): void => {
    if (placed.has(scope)) return;
    placed.add(scope);
    const parent = graph.scopes[scope]?.parent ?? 0;
    place(parent);
    items[parent]?.push({ kind: 'call', id: callId(scope), scope });
  };
  for (const unit of units.all) {
    place(unit.scope);
    items[unit.scope]?.push({ kind: 'unit', id: unit.id, unit });
  }
  return items;
}

/** How many calls each call stands in; a call's parent comes before it. */
function levelsOf(graph: Graph): readonly number[] {
  const levels: number[] = [];
  for (const { parent } of graph.scopes) levels.push(parent === undefined ? 0 : (levels[parent] ?? 0) + 1);
  return levels;
}
