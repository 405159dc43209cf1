import { product } from '../values/exact.js';
import { biasAdditions, kernelAndBias, weightParams } from './convolution.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { channelsOf, known, only } from './sizes.js';
import { wholeNumber } from './types/whole-number.js';

/** Fully connected layer. */
export const dense = defineOp({
  category: 'dense',
  doc: {
    summary:
      'Each unit sums all features, weighted; on an image it does so at every pixel, as a 1x1 convolution.',
    formula: 'y[…, u] = bias[u] + Σ over c of kernel[c, u] · x[…, c]',
    keras: 'Dense(units)',
    pytorch:
      'Linear(in, units); after `flatten` its kernel must be reordered, for PyTorch flattens channels first',
    cost: 'input values · units multiply-accumulates; one addition an output value where there is a bias',
    source: 'Rosenblatt 1958; LeCun et al. 1998, §II',
    example: { line: 'dense 10 softmax', input: [84] },
  },
  params: {
    units: required(wholeNumber({ atLeast: 1 }), 'how many features it gives'),
    ...weightParams,
  },
  positional: ['units'],
  takesActivation: true,
  inferShape(args, inputs) {
    const shape = only(inputs);
    const advice = 'put `gap` before it, which leaves one number a channel, or write the sizes in `input`';
    const features = known('dense', 'features', channelsOf(shape), advice);
    return typeof features === 'number' ? [...shape.slice(0, -1), args.units] : features;
  },
  weights: (args, inputs) => kernelAndBias(args, [channelsOf(only(inputs)), args.units], args.units),
  macs: (args, inputs) => product([...only(inputs), args.units]),
  elementwise: (args, _inputs, output) => biasAdditions(args, output),
  window: (_args, inputs) => (only(inputs).length === 1 ? 'everything' : undefined),
});
