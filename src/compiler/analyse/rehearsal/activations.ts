import type { OpKind } from '../../ops/registry.js';
import { only, type Call } from './call.js';
import { forMoment } from './operations.js';
import type { Held } from './stage.js';

/** How an activation is computed: how many tensors of its size are there at the most, with what they lead to. */
export interface ActivationMoments {
  readonly forward: number;
  /** What its gradient reads. */
  readonly reads: 'input' | 'output' | 'both';
  /** On the way back, beside what is read and the gradient that arrives. */
  readonly back: number;
}

/** Rehearses an activation. */
export function activate<K extends OpKind>(call: Call<K>, moments: ActivationMoments): Held {
  const { stage } = call;
  const { forward, reads, back } = moments;
  const x = only(call);
  const { amount } = x.data;
  const tensors = (count: number): (typeof amount)[] => Array.from({ length: count }, () => amount);
  forMoment(stage, ...tensors(forward));
  const y = stage.make(amount);
  const gradient = (): Held => {
    forMoment(stage, ...tensors(back));
    return stage.make(amount);
  };
  const needs = { input: [x], output: [y], both: [x, y] }[reads];
  stage.record(y, [{ of: x, needs, gradient }]);
  return y;
}

const simple: ActivationMoments = { forward: 1, reads: 'output', back: 2 };

/** The moments of each activation that is the same for all channels. */
export const activationMoments = {
  relu: simple,
  relu6: { ...simple, back: 3 },
  leaky_relu: { ...simple, reads: 'input' },
  elu: { forward: 1, reads: 'both', back: 4 },
  scaledElu: { forward: 3, reads: 'both', back: 4 },
  selu: { ...simple, back: 4 },
  gelu: { forward: 2, reads: 'input', back: 3 },
  approximateGelu: { forward: 3, reads: 'input', back: 4 },
  silu: { forward: 2, reads: 'input', back: 3 },
  mish: { forward: 2, reads: 'input', back: 4 },
  hardswish: { forward: 2, reads: 'input', back: 3 },
  hardsigmoid: { forward: 2, reads: 'input', back: 3 },
  sigmoid: simple,
  tanh: simple,
  softplus: { ...simple, reads: 'input' },
} as const satisfies Readonly<Record<string, ActivationMoments>>;
