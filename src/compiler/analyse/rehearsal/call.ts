import type { NodeOf } from '../../ir/graph.js';
import type { Shape } from '../../ops/op.js';
import type { OpKind } from '../../ops/registry.js';
import type { Exact } from '../../values/exact.js';
import type { Amount } from './amount.js';
import type { Held, Stage } from './stage.js';

/** What a layer is rehearsed from, as a lowering of the executor is called. */
export interface Call<K extends OpKind> {
  readonly stage: Stage;
  readonly node: NodeOf<K>;
  readonly inputs: readonly Held[];
  /** The shapes of the inputs. */
  readonly shapes: readonly Shape[];
  /** A weight by the last part of its name. */
  weight(name: string): Held | undefined;
  /** The bytes of so many values for each image. */
  readonly each: (values: Exact) => Amount;
  /** The bytes of so many values, however large the batch is. */
  readonly once: (values: Exact) => Amount;
  /** Ends the inputs that nothing reads after this layer, before it is done with what it makes of them. */
  release(): void;
  /** Leaves a new value of a weight that isn't trained. */
  update(amount: Amount): void;
}

/** How one layer takes memory in a training step: gives its result, a new handle. */
export type Rehearsed<K extends OpKind> = (call: Call<K>) => Held;

/** The only tensor that a layer reads. */
export function only({ inputs }: Pick<Call<OpKind>, 'inputs'>): Held {
  return there(inputs[0]);
}

/** A tensor that must be there. */
export function there(held: Held | undefined): Held {
  if (held === undefined) throw new Error('a layer without its input or weight');
  return held;
}
