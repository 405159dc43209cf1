import { inputShapes, type Node } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import type { AnyOp, WindowSpec } from '../../ops/op.js';
import { ops } from '../../ops/registry.js';
import { unseenPixelsProblem } from '../problems.js';
import type { Rule, Scene } from '../scene.js';

/** A tensor all of whose readers slide windows that leave the same rows or columns out. */
export const unseenPixels: Rule = (scene, tell) => {
  for (const node of scene.graph.nodes) {
    const readers = scene.readersOf(node);
    const [first] = readers;
    if (first === undefined || scene.isOutput(node)) continue;
    const views = readers.map((reader) => viewOf(scene, reader));
    const rows = seen(views, 0);
    const columns = seen(views, 1);
    const window = windowOf(scene, first);
    if (rows === undefined || columns === undefined || typeof window !== 'object') continue;
    const of = rows.of * columns.of;
    const unseen = of - rows.seen * columns.seen;
    if (unseen === 0) continue;
    const facts = { stride: pair(window.stride), kernel: pair(window.kernel), unseen, of };
    const others = [...new Set(readers.slice(1).map(({ origin }) => origin.span))];
    const related = others.map((span) => ({ span, label: 'reads the same tensor, at the same places' }));
    tell(reportAt(unseenPixelsProblem, first, facts, { related: related.slice(0, 3) }));
  }
};

/** Which places of a period of the stride one window sees, along rows and columns. */
type View = readonly [ReadonlySet<number> | undefined, ReadonlySet<number> | undefined, WindowSpec];

/** Nothing where the layer sees every place, or reads once only, where a stride means nothing. */
function viewOf(scene: Scene, reader: Node): View | undefined {
  const window = windowOf(scene, reader);
  if (typeof window !== 'object' || window.upsampling !== undefined) return undefined;
  return [along(reader, window, 0), along(reader, window, 1), window];
}

function windowOf({ graph }: Scene, reader: Node): WindowSpec | 'everything' | undefined {
  const op: AnyOp = ops[reader.kind];
  return op.window(reader.args, inputShapes(graph, reader));
}

function along(reader: Node, window: WindowSpec, direction: 0 | 1): ReadonlySet<number> | undefined {
  const stride = window.stride[direction];
  const before = window.padBefore[direction];
  // How `same` pads an open size is not known: then only the kernel's reach counts.
  const start = typeof before === 'number' ? before : 0;
  if (stride === 1 || reader.shape[direction] === 1) return undefined;
  const places = new Set<number>();
  for (let cell = 0; cell < window.kernel[direction] && places.size < stride; cell += 1)
    places.add((((cell * window.dilation[direction] - start) % stride) + stride) % stride);
  return places.size === stride ? undefined : places;
}

/** How many rows, or columns, of a period all readers together see; `undefined` where one of them sees other tensors whole. */
function seen(
  views: readonly (View | undefined)[],
  direction: 0 | 1,
): { readonly seen: number; readonly of: number } | undefined {
  const places = new Set<number>();
  let stride: number | undefined;
  for (const view of views) {
    if (view === undefined) return undefined;
    const own = view[direction];
    if (own === undefined) return { seen: 1, of: 1 };
    // Windows of several strides meet every place sooner or later, or nearly so.
    if (stride !== undefined && stride !== view[2].stride[direction]) return { seen: 1, of: 1 };
    stride = view[2].stride[direction];
    own.forEach((place) => places.add(place));
  }
  return stride === undefined ? undefined : { seen: places.size, of: stride };
}

function pair([rows, columns]: readonly [number, number]): string {
  return rows === columns ? String(rows) : `${String(rows)}x${String(columns)}`;
}
