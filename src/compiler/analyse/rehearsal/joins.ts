import type { Shape } from '../../ops/op.js';
import type { OpKind } from '../../ops/registry.js';
import { equals, maximum, product, type Exact } from '../../values/exact.js';
import type { Amount } from './amount.js';
import type { Call } from './call.js';
import { ending, view } from './operations.js';
import type { Held, Source, Stage } from './stage.js';

/** One way to join two tensors: what the gradient of each reads, and what is there beside it for a moment. */
type Join = (parts: readonly [Held, Held]) => {
  readonly needs: readonly [readonly Held[], readonly Held[]];
  /** Whether the gradient is that of the output where nothing was repeated. */
  readonly passes: boolean;
  /** Tensors of the output's size beside what the gradient is summed of. */
  readonly beside: number;
};

const add: Join = () => ({ needs: [[], []], passes: true, beside: 0 });
const multiply: Join = ([a, b]) => ({ needs: [[b], [a]], passes: false, beside: 0 });
/** Which of both is larger, as ones and zeros. */
const takeLarger: Join = ([a, b]) => ({
  needs: [
    [a, b],
    [a, b],
  ],
  passes: false,
  beside: 1,
});

export const sumOf = joinAll(add);
export const productOf = joinAll(multiply);
export const largestOf = joinAll(takeLarger);

/** A tensor and its sizes. */
interface Part {
  readonly held: Held;
  readonly shape: Shape;
}

/** Joins all from the left; what is joined of several ends with the next, as far as no gradient reads it. */
function joinAll(join: Join): <K extends OpKind>(call: Call<K>) => Held {
  return ({ stage, inputs, shapes, node, each }) => {
    const { length } = node.shape;
    const aligned = inputs.map((held, place): Part => {
      const shape = shapes[place] ?? [];
      if (shape.length === length) return { held, shape };
      // Features stand for images of one pixel.
      const ones = Array<Exact>(length - 1).fill(1);
      return { held: view(stage, held), shape: [...ones, shape.at(-1) ?? 1] };
    });
    const [first, ...others] = aligned;
    if (first === undefined) throw new Error('a join of nothing');
    if (others.length === 0) return view(stage, first.held);
    const joined = others.reduce((sofar, part) => {
      const shape = sofar.shape.map((size, place) => maximum(size, part.shape[place] ?? 1));
      const held = joinTwo(stage, join, { parts: [sofar.held, part.held], amount: each(product(shape)) });
      if (sofar !== first) stage.end(sofar.held);
      return { held, shape };
    }, first);
    for (const { held } of aligned) if (!inputs.includes(held)) stage.end(held);
    return joined.held;
  };
}

function joinTwo(
  stage: Stage,
  join: Join,
  { parts, amount }: { readonly parts: readonly [Held, Held]; readonly amount: Amount },
): Held {
  const [a, b] = parts;
  const y = stage.make(amount);
  const { needs, passes, beside } = join(parts);
  const source = (of: Held, needed: readonly Held[]): Source => ({
    of,
    needs: needed,
    gradient(dy) {
      const isRepeated = equals(of.data.amount.perImage, amount.perImage) !== true;
      if (!isRepeated && passes) return stage.alias(dy);
      if (passes) return stage.make(of.data.amount);
      const made = Array.from({ length: beside }, () => stage.make(amount));
      const whole = stage.make(amount);
      for (const one of made) stage.end(one);
      return isRepeated ? ending(stage, whole, () => stage.make(of.data.amount)) : whole;
    },
  });
  stage.record(y, [source(a, needs[0]), source(b, needs[1])]);
  return y;
}
