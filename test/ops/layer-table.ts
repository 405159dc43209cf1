import { describe, expect, it } from 'vitest';
import type { Shape } from '../../src/compiler/ops/op.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import { toDigits, type Exact } from '../../src/compiler/values/exact.js';
import { layerOf, shapeOf, type Given } from './layer.js';

/** One line of the table: a layer as it is written, what arrives, and everything that follows from its definition. */
export interface LayerCase {
  readonly claim: string;
  readonly layer: OpKind;
  readonly given?: Given;
  readonly inputs: readonly Shape[];
  readonly shape: Shape;
  /** The weights by name, in order, with their shapes; none where absent. */
  readonly weights?: Readonly<Record<string, Shape>>;
  /** The multiply-accumulates; 0 where absent. */
  readonly macs?: Exact;
  /** The operations beside them; 0 where absent. */
  readonly elementwise?: Exact;
}

/** Tests every figure of every case. */
export function testLayers(title: string, cases: readonly LayerCase[]): void {
  describe(title, () => {
    it.each(cases)(
      '$claim',
      ({ layer, given = {}, inputs, shape, weights = {}, macs = 0, elementwise = 0 }) => {
        const { op, args } = layerOf(layer, given);
        const output = shapeOf(layer, given, ...inputs);
        expect(output.map(toDigits)).toEqual(shape.map(toDigits));
        const specs = op.weights(args, inputs);
        const written = Object.entries(weights).map(([name, sizes]) => [name, ...sizes.map(toDigits)]);
        expect(specs.map((spec) => [spec.name, ...spec.shape.map(toDigits)])).toEqual(written);
        expect(toDigits(op.macs(args, inputs, output))).toBe(toDigits(macs));
        expect(toDigits(op.elementwise(args, inputs, output))).toBe(toDigits(elementwise));
      },
    );
  });
}
