import { product } from '../values/exact.js';
import { isComplaint } from './complaint.js';
import { defineOp, type OpDocumentation } from './op.js';
import { imageOf, only } from './sizes.js';

/** A layer that makes one number of each channel of an image: `[h, w, c]` becomes `[c]`. */
export function globalPool(name: string, doc: OpDocumentation) {
  return defineOp({
    category: 'pooling',
    doc,
    params: {},
    inferShape(_args, inputs) {
      const image = imageOf(name, only(inputs));
      return isComplaint(image) ? image : [image.channels];
    },
    elementwise: (_args, inputs) => product(only(inputs)),
    window: () => 'everything',
  });
}
