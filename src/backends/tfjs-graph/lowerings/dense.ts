import { boolean, integers, word } from '../attributes.js';
import { only, optionalWeight, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';
import { reshaped } from './sizes.js';

/** A product with a matrix along the last dimension; on images a convolution of single cells, which is the same. */
export const dense: Lowering<'dense'> = ({ shape }, call) => {
  const x = only(call);
  const [inputs = 1, outputs = 1] = call.shapeOf('kernel') ?? [];
  switch (x.shape.length) {
    case 1:
      return multiplied(call, x);
    case 3:
      return biased(
        call,
        call.add('Conv2D', [x, call.weight('kernel', [1, 1, inputs, outputs])], {
          strides: integers([1, 1, 1, 1]),
          dilations: integers([1, 1, 1, 1]),
          data_format: word('NHWC'),
          padding: word('VALID'),
        }),
      );
    default:
      return reshaped(call, multiplied(call, call.add('Reshape', [x, call.integers([-1, inputs])])), shape);
  }
};

function multiplied(call: Call, rows: Tensor): Tensor {
  const plain = { transpose_a: boolean(false), transpose_b: boolean(false) };
  return biased(call, call.add('MatMul', [rows, call.weight('kernel')], plain));
}

function biased(call: Call, x: Tensor): Tensor {
  const bias = optionalWeight(call, 'bias');
  return bias === undefined ? x : call.add('BiasAdd', [x, bias], { data_format: word('NHWC') });
}
