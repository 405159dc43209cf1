import { Option, type Command } from 'commander';
import type { InferenceOptions, MemoryRules, Order } from '../compiler/analyse/memory.js';

/** The flags that say how an inference is thought to run. */
export interface MemoryFlags {
  readonly order: Order;
  readonly inplace: boolean;
  readonly fold: boolean;
  readonly free: boolean;
}

/** Adds the flags that say how an inference is thought to run; they are named as the settings of `memory.inference`. */
export function remembering(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--order <order>',
        'the order in which layers run; `best` takes less where branches allow it',
      )
        .choices(['source', 'best'] satisfies readonly Order[])
        .default('source'),
    )
    .option('--no-inplace', 'no elementwise layer writes over its input')
    .option('--no-fold', 'batch norm is not folded into the layer before it')
    .option('--no-free', 'no tensor is freed before the end');
}

/** How an inference is thought to run under these flags. */
export function inferenceOf({
  order,
  inplace,
  fold,
  free,
}: MemoryFlags): InferenceOptions & { readonly rules: MemoryRules } {
  return {
    order,
    rules: { elementwiseInPlace: inplace, foldBatchNorm: fold, freeAfterLastUse: free },
  };
}
