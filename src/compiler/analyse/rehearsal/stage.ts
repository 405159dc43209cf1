import type { Node } from '../../ir/graph.js';
import { plus, times, type Amount, none } from './amount.js';

/** What a piece of memory holds in a training step. */
export type Purpose = 'gradients' | 'batch' | 'activations' | 'momentary';

/** A piece of memory: it ends with its last holder. */
export interface Data {
  readonly amount: Amount;
  /** The node that made it, on the way forward or back; absent where no layer did. */
  readonly node: Node | undefined;
  readonly isBatch: boolean;
  /** How many tensors show it, and how many of them the tape holds for the way back. */
  holders: number;
  kept: number;
  /** How often the tape took hold of it until now. */
  keeps: number;
  /** True for the gradient of a weight. */
  isGradient: boolean;
}

/** A tensor that is there: one view of a piece of memory. */
export interface Held {
  readonly id: number;
  readonly data: Data;
}

/** One tensor that an operation reads, and the way back to it, as the tape of the executor has it. */
export interface Source {
  readonly of: Held;
  readonly needs: readonly Held[];
  /** Makes the gradient of the source, and ends all else that it made. */
  readonly gradient: (dy: Held) => Held;
}

/** The memory of a training step that is rehearsed: no value is computed, but every tensor has its place and its end. */
export interface Stage {
  /** Takes memory for a new tensor. */
  make(amount: Amount): Held;
  /** Takes memory for what the model is fed with. */
  feed(amount: Amount): Held;
  /** A tensor that is there before and after, which isn't counted. */
  lend(amount: Amount): Held;
  /** The same memory under a handle of its own. */
  alias(x: Held): Held;
  end(x: Held): void;
  /** Notes how an output came about, where gradients flow to one of the sources. */
  record(output: Held, sources: readonly Source[]): void;
  /** Says which node takes memory from now on. */
  enter(node: Node | undefined): void;
  here(): Node | undefined;
}

/** Is told whenever memory was taken: how much there is now. */
export type Watch = (now: Amount, live: ReadonlySet<Data>, at: Node | undefined) => void;

/** Opens an empty stage; `record` decides what becomes of operations. */
export function openStage(watch: Watch, record: Stage['record']): Stage {
  const live = new Set<Data>();
  let now = none;
  let at: Node | undefined;
  let next = 0;

  const handle = (data: Data): Held => {
    data.holders += 1;
    next += 1;
    return { id: next, data };
  };
  const dataOf = (amount: Amount, isBatch: boolean): Data => ({
    amount,
    node: at,
    isBatch,
    holders: 0,
    kept: 0,
    keeps: 0,
    isGradient: false,
  });
  const take = (amount: Amount, isBatch: boolean): Held => {
    const data = dataOf(amount, isBatch);
    live.add(data);
    now = plus(now, amount);
    watch(now, live, at);
    return handle(data);
  };
  return {
    make: (amount) => take(amount, false),
    feed: (amount) => take(amount, true),
    lend: (amount) => handle(dataOf(amount, false)),
    alias: ({ data }) => handle(data),
    end({ data }) {
      data.holders -= 1;
      if (data.holders > 0) return;
      live.delete(data);
      now = plus(now, times(-1, data.amount));
    },
    record,
    enter(node) {
      at = node;
    },
    here: () => at,
  };
}

/**
 * Says what a piece of memory is there for, once the step is over: what is new only becomes a weight's gradient, or
 * something that the tape holds.
 */
export function purposeAt(data: Data): () => Purpose {
  const { isBatch, kept, keeps } = data;
  return () => {
    if (isBatch) return 'batch';
    if (data.isGradient) return 'gradients';
    return kept > 0 || data.keeps > keeps ? 'activations' : 'momentary';
  };
}
