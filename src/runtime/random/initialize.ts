import type { Initializer } from '../../compiler/ops/op.js';
import type { Generator } from './generator.js';

/** Fresh weights of this shape, drawn as Keras draws them. */
export function initialize(
  initializer: Initializer,
  shape: readonly number[],
  generator: Generator,
): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (typeof initializer !== 'string') {
    switch (initializer.kind) {
      case 'constant':
        return values.fill(initializer.value);
      case 'normal':
        return values.map(() => initializer.mean + initializer.deviation * generator.normal());
      default:
        return unreachable(initializer);
    }
  }
  const { fanIn, fanOut } = fansOf(shape);
  const average = (fanIn + fanOut) / 2;
  switch (initializer) {
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'glorot_uniform':
      return fillUniform(values, 1 / average, generator);
    case 'he_uniform':
      return fillUniform(values, 2 / fanIn, generator);
    case 'lecun_uniform':
      return fillUniform(values, 1 / fanIn, generator);
    case 'glorot_normal':
      return fillTruncated(values, 1 / average, generator);
    case 'he_normal':
      return fillTruncated(values, 2 / fanIn, generator);
    case 'lecun_normal':
      return fillTruncated(values, 1 / fanIn, generator);
    default:
      return unreachable(initializer);
  }
}

/**
 * How many inputs each output reads, and how many outputs each input reaches, as Keras counts from the shape: the last two
 * sizes are inputs and outputs, those before them the window.
 */
export function fansOf(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const [only = 1] = shape;
  if (shape.length < 2) return { fanIn: only, fanOut: only };
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: window * (shape.at(-2) ?? 1), fanOut: window * (shape.at(-1) ?? 1) };
}

function fillUniform(values: Float32Array, variance: number, generator: Generator): Float32Array {
  const limit = Math.sqrt(3 * variance);
  return values.map(() => (2 * generator.uniform() - 1) * limit);
}

/** The deviation of a standard normal distribution that is cut off at ±2. */
const truncatedDeviation = 0.87962566103423978;

function fillTruncated(values: Float32Array, variance: number, generator: Generator): Float32Array {
  const deviation = Math.sqrt(variance) / truncatedDeviation;
  return values.map(() => deviation * truncatedNormal(generator));
}

function truncatedNormal(generator: Generator): number {
  for (;;) {
    const value = generator.normal();
    if (Math.abs(value) <= 2) return value;
  }
}

function unreachable(value: never): never {
  throw new Error(`unknown initializer ${String(value)}`);
}
