/** What is said of a layer that `cnnc/tfjs` brings: the model names it, and it must be registered before the model is loaded. */
export function customNote(className: CustomLayer): string {
  return `\`${className}\` of cnnc/tfjs, which \`registerLayers(tf)\` makes known`;
}

/** The layers of `cnnc/tfjs`. */
export type CustomLayer =
  | 'CnncAveragePooling2D'
  | 'CnncDepthwiseConv2D'
  | 'CnncGroupNormalization'
  | 'CnncLocalResponseNormalization'
  | 'CnncMaxPooling2D'
  | 'CnncReshape'
  | 'CnncResize'
  | 'CnncSamePadding2D'
  | 'CnncSlice';
