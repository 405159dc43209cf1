import type { Tensor } from '@tensorflow/tfjs-core';
import { nodeAt, type Graph } from '../../compiler/ir/graph.js';
import { shapeText } from '../../compiler/ops/shape.js';
import { isOpen, openSizes, toNumber, type Exact } from '../../compiler/values/exact.js';
import { substitute } from '../../compiler/values/formula.js';
import type { Tensors } from './types.js';

/** Turns a size into a number, those that were left open taken from the tensors of one run. */
export type SizeOf = (value: Exact) => number;

/** Reads the open sizes off the input tensors, which must fit the shapes of the model's inputs. */
export function sizesFrom(graph: Graph, inputs: Tensors): SizeOf {
  const sizes = new Map<string, Exact>();
  for (const id of graph.inputs) {
    const { path, shape } = nodeAt(graph, id);
    const tensor = inputs.get(path);
    if (tensor === undefined) continue;
    shape.forEach((size, place) => {
      const [name] = isOpen(size) ? openSizes(size) : [];
      const length = tensor.shape[place + 1];
      if (name !== undefined && length !== undefined) sizes.set(name, length);
    });
    if (
      !fits(
        tensor,
        shape.map((size) => numberFrom(size, sizes)),
      )
    ) {
      throw new Error(
        `the input \`${path}\` takes ${shapeText(shape)} behind the batch, but was given [${tensor.shape.join(', ')}]`,
      );
    }
  }
  return (value) => numberFrom(value, sizes);
}

function fits({ shape }: Tensor, sizes: readonly number[]): boolean {
  return shape.length === sizes.length + 1 && sizes.every((size, place) => size === shape[place + 1]);
}

function numberFrom(value: Exact, sizes: ReadonlyMap<string, Exact>): number {
  return typeof value === 'number' ? value : toNumber(substitute(value, sizes));
}
