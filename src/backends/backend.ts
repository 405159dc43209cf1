import type { Graph, NodeOf } from '../compiler/ir/graph.js';
import type { OpKind } from '../compiler/ops/registry.js';
import type { Preprocessing } from '../compiler/training/settings.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Weights } from './weights.js';

/** A form in which a model is written down for others to load. */
export interface Target {
  /** What follows `--to`: `tfjs-layers`. */
  readonly name: string;
  /** What it is and what loads it, in one line. */
  readonly summary: string;
  /** The files that it writes under the same names whatever the model, without the one that names the others. */
  readonly names?: readonly string[];
  /** What the target can't express, each with its line (errors), and what it gets in another form (warnings). */
  check(graph: Graph, options?: BuildOptions): readonly Diagnostic[];
  /** Writes down a graph that `check` finds no error in; an error there is our mistake here. */
  build(graph: Graph, weights: Weights, options?: BuildOptions): Built;
}

/** What a build may be told. */
export interface BuildOptions {
  /** Whether outputs that exist in training only are there too. */
  readonly training?: boolean;
  /** How it tells classes of images apart, where it does. */
  readonly classifier?: Classifier;
  /** What its author says of it. */
  readonly doc?: string | undefined;
  /** Whether its weights were drawn at random and never trained, which whoever opens it is told. */
  readonly untrained?: boolean;
  /** What is kept in the model's own file for whoever loads it: plain data. */
  readonly metadata?: object;
}

/** How a model tells classes of images apart. */
export interface Classifier {
  /** The path of its only input. */
  readonly input: string;
  /** The name of the output that is read. */
  readonly output: string;
  readonly shape: { readonly height: number; readonly width: number; readonly channels: 1 | 3 };
  /** In the order of the output's values. */
  readonly classes: readonly string[];
  /** How many values the output has: one for each class, or a single one, the share of the second of two classes. */
  readonly values: number;
  /** What makes shares of the output's values; absent where they are shares. */
  readonly maker?: 'softmax' | 'sigmoid';
  /** What is done to every image before the model sees it. */
  readonly preprocess: Preprocessing;
}

/** What a build makes: the same bytes for the same graph and weights, wherever and whenever. */
export interface Built {
  /** In the order in which they are to be written: whoever finds the last finds the others. */
  readonly files: readonly BuiltFile[];
  /** Warnings: what became something else, at its line. */
  readonly notes: readonly Diagnostic[];
  /**
   * Where the loaded model has the tensor of a node, by the node's path: of those that became one operation, only the last,
   * whose tensor it gives.
   */
  readonly tensors?: ReadonlyMap<string, BuiltTensor>;
  /** Files that stand beside the program and are copied as they are, before the others. */
  readonly shipped?: readonly string[];
}

/** A tensor of a loaded model. */
export interface BuiltTensor {
  /** The name of the layer or operation that gives it. */
  readonly name: string;
  /** Which call of that layer, where it is shared; 0 elsewhere. */
  readonly call: number;
}

/** One file of a built model. */
export interface BuiltFile {
  /** Relative to the folder of the model, with `/` between the parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** One lowering for each layer: a forgotten one doesn't compile. */
export type Lowerings<Call, Result> = {
  readonly [K in OpKind]: (node: NodeOf<K>, call: Call) => Result | Unsupported;
};

/** A layer that a target can't express. */
export interface Unsupported {
  readonly kind: 'unsupported';
  /** Follows `can't express it: `. */
  readonly why: string;
  /** How to mend it. */
  readonly help: string | undefined;
}

/** Says why a target can't express a layer, and how to mend it. */
export function unsupported(why: string, help?: string): Unsupported {
  return { kind: 'unsupported', why, help };
}
