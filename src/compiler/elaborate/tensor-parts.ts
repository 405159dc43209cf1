import { listOf, type TensorValue, type Value } from '../values/value.js';

/** `channels` is the last size of any tensor; `height` and `width` are those of an image. */
export function partOfTensor(shape: TensorValue['shape'], member: string): Value | undefined {
  switch (member) {
    case 'channels':
      return shape.at(-1);
    case 'height':
      return shape.length === 3 ? shape[0] : undefined;
    case 'width':
      return shape.length === 3 ? shape[1] : undefined;
    case 'shape':
      return listOf(shape);
    default:
      return undefined;
  }
}
