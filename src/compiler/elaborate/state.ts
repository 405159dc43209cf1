import type { Span } from '../../diagnostics/source.js';
import type { Assert, Body } from '../../parser/ast.js';
import type { GraphBuilder } from '../ir/build.js';
import type { Origin, Output, Trail } from '../ir/graph.js';
import type { Args } from '../ops/op.js';
import { unknown, type TensorValue, type UnknownValue, type Value } from '../values/value.js';
import type { LayerBinding } from '../resolve/bindings.js';
import type { Declaration } from '../resolve/declarations.js';
import type { Environment } from './environment.js';
import type { Evaluator } from './evaluator.js';
import type { LayerTarget } from './targets.js';

/** A tensor on its way through the layers; `unknown` behind a mistake, so that what follows is silent. */
export type Tensor = TensorValue | UnknownValue;

/** A line of layers: the tensor that the next layer reads. */
export interface Line {
  current: Tensor | undefined;
  /** Further tensors at the beginning of `from a, b`, until a join has taken them. */
  beside: readonly Tensor[];
}

/** One call of a block, or the model itself: what its layers' paths are made of. */
export interface Frame {
  /** The block's or model's own name. */
  readonly name: string;
  /** `residual3.`, or empty in the model. */
  readonly prefix: string;
  /** The index of its scope in the graph. */
  readonly scope: number;
  readonly counts: Map<string, number>;
  /** Names that `as` gave. */
  readonly taken: Set<string>;
  /** Numbered names that nothing has, since `as` named their part. */
  readonly skipped: Set<string>;
  /** How many blocks are around it. */
  readonly depth: number;
  /** What arrives where a model is used as a block. */
  readonly arriving: Tensor | undefined;
  /** The model that inputs and outputs belong to, `undefined` inside a block. */
  readonly model: 'outermost' | 'used' | undefined;
  readonly sharing: Sharing | undefined;
}

/** A use of a shared part: the first one records its nodes, later ones take the weights of these in turn. */
export interface Sharing {
  readonly name: string;
  readonly span: Span;
  readonly recorded: number[];
  /** The nodes of the first use, where this is a later one. */
  readonly first: readonly number[] | undefined;
  next: number;
}

/** An assertion that waits for the figures. */
export interface PendingAssertion {
  readonly tree: Assert;
  readonly environment: Environment;
  readonly scope: number;
  /** The tensor that the assertion stands behind. */
  readonly at: Tensor | undefined;
}

/** An assertion that needed no figures. */
export interface SettledAssertion {
  readonly tree: Assert;
  readonly passed: boolean;
}

/** Where statements run. */
export interface Place {
  readonly environment: Environment;
  readonly frame: Frame;
  readonly line: Line;
}

/** A layer with its arguments checked, which are `undefined` where a mistake was reported. */
export interface CheckedLayer {
  readonly target: LayerTarget;
  readonly args: Args | undefined;
}

/** All that changes while one model is expanded. */
export interface Expansion {
  readonly evaluator: Evaluator;
  /** Runs the statements of a body: calls and joins hold bodies, and bodies hold these. */
  readonly runBody: (expansion: Expansion, place: Place, body: Body) => void;
  readonly builder: GraphBuilder;
  readonly outputs: Output[];
  readonly outputSpans: Map<string, Span>;
  readonly inputNames: Map<string, Span>;
  readonly pending: PendingAssertion[];
  readonly settled: SettledAssertion[];
  /** Where lines of `from` end, to tell those that nothing reads. */
  readonly ends: { readonly node: number; readonly span: Span }[];
  /** Layers that are the same each time. */
  readonly constantLayers: Map<LayerBinding, CheckedLayer>;
  readonly limits: { readonly layers: number; readonly callDepth: number };
  /** Statements that may still run; more than enough for any network within the limit of layers. */
  fuel: number;
  /** Set when a limit was met: nothing more is expanded. */
  stopped: boolean;
  readonly inputSize: Value | undefined;
  /** Declarations that stand on a mistake that has been reported. */
  readonly unsound: ReadonlySet<Declaration>;
}

/** A tensor that stands behind a mistake. */
export const unknownTensor: Tensor = unknown;

/** Where something was written, with the way there. */
export function originOf(span: Span, trail: Trail | undefined): Origin {
  return { span, trail };
}

/** The path of a new part of a frame: what `as` says, else its kind and its place among its kind. */
export function nextPath(frame: Frame, kind: string, as: string | undefined): string {
  const count = (frame.counts.get(kind) ?? 0) + 1;
  frame.counts.set(kind, count);
  const own = kind + String(count);
  if (as !== undefined) {
    frame.skipped.add(own);
    return frame.prefix + nameOnce(frame, as);
  }
  // Numbered names differ among themselves; only a name that `as` gave can stand in their way.
  return frame.prefix + (frame.taken.has(own) ? nameOnce(frame, own) : own);
}

/** A name that nothing in the frame has yet: a name that comes again, as in the rounds of a loop, is numbered. */
function nameOnce(frame: Frame, wanted: string): string {
  if (!frame.taken.has(wanted) && !isNumbered(frame, wanted)) {
    frame.taken.add(wanted);
    return wanted;
  }
  const again = `${wanted}_`;
  let round = (frame.counts.get(again) ?? 1) + 1;
  while (frame.taken.has(again + String(round))) round += 1;
  frame.counts.set(again, round);
  frame.taken.add(again + String(round));
  return again + String(round);
}

/** True where a part without a name of its own has this one already. */
function isNumbered(frame: Frame, wanted: string): boolean {
  const [, kind = '', digits = '0'] = /^(.*?)([1-9]\d*)$/.exec(wanted) ?? [];
  return kind !== '' && Number(digits) <= (frame.counts.get(kind) ?? 0) && !frame.skipped.has(wanted);
}
