import type { Related } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/source.js';
import { compare, toGrouped, type Exact } from '../values/exact.js';
import type { TensorValue, Value } from '../values/value.js';

/** One of the contributors to a figure. */
export interface Share {
  readonly span: Span;
  readonly path: string;
  readonly amount: Exact;
}

/** A figure that an assertion asked for. */
export interface AskedFigure {
  /** The number of a scope, or the tensor that names a block or a layer. */
  readonly of: number | TensorValue;
  readonly name: string;
  readonly part: string | undefined;
  readonly settings: ReadonlyMap<string, Value>;
}

/** The figures of a scope, as assertions ask for them; `undefined` for a figure that can't be computed. */
export interface FigureSource {
  value(
    scope: number,
    name: string,
    part: string | undefined,
    settings: ReadonlyMap<string, Value>,
  ): Value | { readonly kind: 'unavailable'; readonly why: string };
  /** A sum over the block or the layer that gave a named tensor. */
  ofTensor(tensor: TensorValue, name: string): Value;
  /** The largest shares of a figure that is a sum, largest first. */
  shares(figure: AskedFigure): readonly Share[];
}

/** The three largest of some shares, largest first. */
export function largestOf(shares: readonly Share[]): readonly Share[] {
  return [...shares].sort((one, other) => compare(other.amount, one.amount) ?? 0).slice(0, 3);
}

/** Who has most of what an assertion asked for: of its first figure, wherever it asks for that. */
export function largestShares(figures: FigureSource, asked: readonly AskedFigure[]): readonly Related[] {
  const [first] = asked;
  const byPath = new Map<string, Share>();
  for (const figure of asked) {
    if (figure.name !== first?.name || figure.part !== first.part) continue;
    for (const share of figures.shares(figure)) byPath.set(share.path, share);
  }
  return largestOf([...byPath.values()]).map(({ span, path, amount }) => ({
    span,
    label: `\`${path}\` has ${toGrouped(amount)}`,
  }));
}
