import { textOf } from '../diagnostics/source.js';
import { between, tallyOfScope, type Figures, type Tally } from '../compiler/analyse/figures.js';
import { fieldAt, type ReceptiveField, type ReceptiveFields } from '../compiler/analyse/receptive-field.js';
import { nodeAt, type Graph, type Node, type Origin, type Scope } from '../compiler/ir/graph.js';
import type { Shape } from '../compiler/ops/op.js';

/** One line of the table. */
export interface Row {
  /** A layer with the activations in its line; a block folded to one line; the heading of a block whose lines follow. */
  readonly kind: 'layer' | 'block' | 'heading';
  /** How many blocks it stands in. */
  readonly level: number;
  readonly path: string;
  /** The path without that of the block it stands in. */
  readonly name: string;
  /** As it is written in the source, on one line. */
  readonly written: string;
  readonly origin: Origin;
  /** The node whose tensor the line gives; absent for a heading. */
  readonly result: Node | undefined;
  readonly shape: Shape;
  readonly tally: Tally;
  readonly field: ReceptiveField | undefined;
}

/** What the rows of a model are made from. */
export interface RowSource {
  readonly graph: Graph;
  readonly figures: Figures;
  readonly fields: ReceptiveFields;
}

/** The lines of a model in the order of the source; the model is folded at depth 0, all blocks at 1, those within others at 2. */
export function rowsOf(source: RowSource, depth = Number.POSITIVE_INFINITY): readonly Row[] {
  const { graph, figures } = source;
  const rows: Row[] = [];
  let open: readonly number[] = [];
  let id = 0;
  while (id < graph.nodes.length) {
    const node = nodeAt(graph, id);
    if (figures.counted[id] === 0) {
      id++;
      continue;
    }
    const calls = callsAround(graph, node.scope);
    const folded = calls.findIndex((_call, level) => level >= depth);
    const shown = folded === -1 ? calls : calls.slice(0, folded);
    for (const [level, call] of shown.entries()) {
      if (level > 0 && open[level] !== call) rows.push(headingRow(source, call, level - 1));
    }
    open = shown;
    const call = calls[folded];
    if (call === undefined) {
      const end = endOfLine(graph, id);
      rows.push(layerRow(source, node, end, calls.length - 1));
      id = end;
    } else {
      rows.push(blockRow(source, call, Math.max(0, folded - 1)));
      id = Math.max(id + 1, scopeAt(graph, call).end);
    }
  }
  return rows;
}

/** The path under which figures show a node: that of the layer in whose line it stands. */
export function shownPath(graph: Graph, id: number): string {
  let node = nodeAt(graph, id);
  while (node.inline) node = nodeAt(graph, node.inputs[0] ?? -1);
  return node.path;
}

function headingRow(source: RowSource, index: number, level: number): Row {
  return { ...blockRow(source, index, level), kind: 'heading', result: undefined, field: undefined };
}

function blockRow({ graph, figures, fields }: RowSource, index: number, level: number): Row {
  const scope = scopeAt(graph, index);
  const parent = scope.parent === undefined ? undefined : scopeAt(graph, scope.parent);
  const result = lastCounted(graph, figures, scope);
  return {
    kind: 'block',
    level,
    path: scope.path,
    name: parent === undefined ? 'model' : nameWithin(parent, scope.path),
    written: scope.text,
    origin: scope.origin,
    result,
    shape: result.shape,
    tally: tallyOfScope(figures, scope),
    field: fieldAt(fields, graph, result.id),
  };
}

function layerRow({ graph, figures, fields }: RowSource, node: Node, end: number, level: number): Row {
  const result = nodeAt(graph, end - 1);
  return {
    kind: 'layer',
    level,
    path: node.path,
    name: nameWithin(scopeAt(graph, node.scope), node.path),
    written: oneLine(textOf(node.origin.span)),
    origin: node.origin,
    result,
    shape: result.shape,
    tally: between(figures, node.id, end),
    field: fieldAt(fields, graph, result.id),
  };
}

/** The calls that a scope stands in, the model first and itself last. */
function callsAround(graph: Graph, scope: number): readonly number[] {
  const calls: number[] = [];
  for (let call: number | undefined = scope; call !== undefined; call = scopeAt(graph, call).parent) {
    calls.push(call);
  }
  return calls.reverse();
}

/** One behind the activations that stand in a layer's own line. */
function endOfLine(graph: Graph, start: number): number {
  let end = start + 1;
  while (graph.nodes[end]?.inline === true) end++;
  return end;
}

function lastCounted(graph: Graph, { counted }: Figures, scope: Scope): Node {
  let id = scope.end - 1;
  while (id > scope.first && counted[id] === 0) id--;
  return nodeAt(graph, id);
}

function scopeAt(graph: Graph, index: number): Scope {
  const scope = graph.scopes[index];
  if (scope === undefined) throw new Error(`no scope ${String(index)} in ${graph.name}`);
  return scope;
}

function nameWithin(parent: Scope | undefined, path: string): string {
  const prefix = parent === undefined || parent.path === '' ? '' : `${parent.path}.`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
