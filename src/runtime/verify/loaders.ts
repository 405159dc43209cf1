import type * as converter from '@tensorflow/tfjs-converter';
import type * as layers from '@tensorflow/tfjs-layers';

/** What loads models for tfjs-layers; the layers that cnnc adds are made of what it has. */
export type LayersLoader = Pick<
  typeof layers,
  'loadLayersModel' | 'model' | 'initializers' | 'layers' | 'regularizers'
>;

/** What loads models for tfjs-graph. */
export type GraphLoader = Pick<typeof converter, 'loadGraphModel'>;
