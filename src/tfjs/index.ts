import { registerAveragePooling } from './average-pooling.js';
import { registerDepthwiseConvolution } from './depthwise-convolution.js';
import { registerGroupNormalization } from './group-normalization.js';
import { registerLocalResponseNormalization } from './local-response-normalization.js';
import { registerMaxPooling } from './max-pooling.js';
import { registerReshape } from './reshape.js';
import { registerResize } from './resize.js';
import { registerSamePadding } from './same-padding.js';
import { registerSlice } from './slice.js';
import type { TensorFlow } from './tensorflow.js';

export type { TensorFlow } from './tensorflow.js';

/**
 * Makes the layers known that models built for tfjs-layers may name and tfjs-layers lacks; to be called once, with the
 * TensorFlow.js that loads the models: `registerLayers(tf)`.
 */
export function registerLayers(tf: TensorFlow): void {
  registerAveragePooling(tf);
  registerDepthwiseConvolution(tf);
  registerGroupNormalization(tf);
  registerLocalResponseNormalization(tf);
  registerMaxPooling(tf);
  registerReshape(tf);
  registerResize(tf);
  registerSamePadding(tf);
  registerSlice(tf);
}
