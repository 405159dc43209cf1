import { equals, multiply, product, type Exact } from '../values/exact.js';
import { complain, type Complaint } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { constantsCount } from './problems/regions.js';
import { channelsOf, only } from './sizes.js';
import { listOf } from './types/list.js';
import { number } from './types/number.js';

/** Fixed constants subtracted and divided by. */
export const normalize = defineOp({
  category: 'normalisation',
  doc: {
    summary:
      'Subtracts a constant from each channel and divides by another, as for images whose statistics are known.',
    formula: 'y[…, c] = (x[…, c] - mean[c]) / std[c]',
    keras: 'Normalization(mean=mean, variance=std²)',
    pytorch: 'torchvision.transforms.Normalize(mean, std)',
    cost: 'two operations a value',
    source: 'definition of the language',
    example: { line: 'normalize mean=[0.485, 0.456, 0.406] std=[0.229, 0.224, 0.225]', input: [224, 224, 3] },
  },
  params: {
    mean: required(
      listOf(number(), 'a number, or a list with one for each channel'),
      'what is subtracted, for all channels or for each',
    ),
    std: required(
      listOf(number({ above: 0 }), 'a number above 0, or a list with one for each channel'),
      'what is divided by, for all channels or for each',
    ),
  },
  memory: () => 'in-place',
  inferShape({ mean, std }, inputs) {
    const shape = only(inputs);
    const channels = channelsOf(shape);
    return countComplaint('mean', mean, channels) ?? countComplaint('std', std, channels) ?? shape;
  },
  elementwise: (_args, _inputs, output) => multiply(2, product(output)),
});

function countComplaint(
  parameter: string,
  constants: readonly number[],
  channels: Exact,
): Complaint | undefined {
  const count = constants.length;
  if (count === 1 || equals(count, channels) === true) return undefined;
  return complain(constantsCount, { parameter, count, channels }, { parameter });
}
