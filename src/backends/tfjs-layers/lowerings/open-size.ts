import { isOpen, toNumber, type Exact } from '../../../compiler/values/exact.js';
import { compute, type Steps } from '../../../compiler/values/steps.js';
import type { Shape } from '../../../compiler/ops/op.js';
import { named, openCount, reshape, type Call } from '../call.js';
import type { Tensor } from '../layer.js';
import { customNote } from './custom.js';

/** Sizes as layers of `cnnc/tfjs` take them, and what these must read to know the open ones. */
export interface WrittenSizes {
  /** A number, or the steps that compute one: numbers, sizes as `s0`, and what is done with the last two, as `s0 2 times`. */
  readonly sizes: readonly (number | string)[];
  /** For `s0`, `s1` and so on: which input of the layer has it, and in which dimension, the batch counted. */
  readonly sources: readonly (readonly [input: number, place: number])[];
  /** What the layer reads behind its own input. */
  readonly inputs: readonly Tensor[];
}

/** Writes sizes, each open one as steps that begin with the sizes of the model's inputs. */
export function writtenSizes(call: Call, sizes: readonly Exact[]): WrittenSizes {
  const names: string[] = [];
  const sources: (readonly [number, number])[] = [];
  const inputs: Tensor[] = [];
  const steps = stepsIn((name) => {
    const known = names.indexOf(name);
    if (known >= 0) return `s${String(known)}`;
    const { input, place } = call.sourceOf(name);
    const same = inputs.findIndex((one) => one.layer === input.layer && one.call === input.call);
    if (same < 0) inputs.push(input);
    names.push(name);
    sources.push([(same < 0 ? inputs.length - 1 : same) + 1, place + 1]);
    return `s${String(names.length - 1)}`;
  });
  const written = sizes.map((size) => (isOpen(size) ? compute(size, steps) : toNumber(size)));
  return { sizes: written, sources, inputs };
}

/** The same values in the same order with other sizes, of which any may be open. */
export function reshapedTo(call: Call, part: string | undefined, x: Tensor, shape: Shape): Tensor {
  if (openCount(shape) < 2) return reshape(call, part, x, shape);
  const { sizes, sources, inputs } = writtenSizes(call, shape);
  call.note(customNote('CnncReshape'));
  return call.add(named('CnncReshape', part, { sizes, sources }, shape), x, ...inputs);
}

function stepsIn(sizeNamed: (name: string) => string): Steps<string> {
  const step =
    (name: string) =>
    (a: string, b: string): string =>
      `${a} ${b} ${name}`;
  return {
    number: String,
    size: sizeNamed,
    add: step('plus'),
    multiply: step('times'),
    floorDivide: step('over'),
    maximum: step('max'),
    minimum: step('min'),
  };
}
