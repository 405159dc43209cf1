import type { AliveTensor } from '../compiler/analyse/memory.js';
import type { Graph } from '../compiler/ir/graph.js';
import { positionOf, type Span } from '../diagnostics/source.js';
import { jsonObject, type Json } from './json.js';
import { shownPath } from './rows.js';

/** A tensor that takes memory at the peak, and the place of what still reads it. */
export function aliveJson(graph: Graph, { node, bytes, neededBy }: AliveTensor): Json {
  const reader = neededBy === 'output' ? undefined : neededBy;
  return jsonObject({
    path: shownPath(graph, node.id),
    bytes,
    neededBy: reader === undefined ? 'output' : shownPath(graph, reader.id),
    ...(reader === undefined ? {} : placeJson(reader.origin.span)),
  });
}

/** Where something is written; lines and columns count from 1. */
export function placeJson(span: Span): {
  readonly file: string;
  readonly line: number;
  readonly column: number;
} {
  const { line, column } = positionOf(span.source, span.start);
  return { file: span.source.name, line, column };
}
