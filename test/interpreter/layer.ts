import type { ArgsOfKind, OpKind } from '../../src/compiler/ops/registry.js';
import type { Tensor } from './tensor.js';

/** How one layer computes its output from its arguments, its inputs and what else it may ask for. */
export type Layer<K extends OpKind> = (
  args: ArgsOfKind<K>,
  inputs: readonly Tensor[],
  surroundings: Surroundings,
) => Tensor;

/** What a layer may ask for beside its inputs. */
export interface Surroundings {
  /** The layer's own weights by the last part of their names; asking for one that isn't there is our mistake. */
  readonly weight: (name: string) => Tensor;
  /** True where batch norm takes the statistics of the batch, and dropout drops. */
  readonly training: boolean;
  /** Ones where dropout keeps a value, zeros where it drops one. */
  readonly mask: () => Tensor;
  /** Tells the new value of a weight that follows the data. */
  readonly update: (name: string, value: Tensor) => void;
}

/** The only input. */
export function only(inputs: readonly Tensor[]): Tensor {
  const [input] = inputs;
  if (input === undefined || inputs.length !== 1)
    throw new Error(`one input expected, not ${String(inputs.length)}`);
  return input;
}
