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
    // The one pixel of an image is what it comes to.
    memory(_args, inputs) {
      const [height, width] = only(inputs);
      return height === 1 && width === 1 ? 'view' : 'own';
    },
    elementwise: (_args, inputs) => product(only(inputs)),
    window: () => 'everything',
  });
}
