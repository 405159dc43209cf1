/** What the figures count, in the words that stand under every report. */
export const conventions: readonly { readonly figure: string; readonly meaning: string }[] = [
  { figure: 'params', meaning: 'every weight the model stores, once where layers share it' },
  {
    figure: 'macs',
    meaning:
      'multiply-accumulates of convolutions and dense layers for one image; biases and elementwise work are not counted',
  },
  { figure: 'flops', meaning: '2 × macs + elementwise work' },
  {
    figure: 'activations',
    meaning: 'bytes of the output of a layer, fp32, one image; of all outputs in a block',
  },
  {
    figure: 'field',
    meaning:
      'rows × columns of the image that one place of the output sees (Araujo et al. 2019), the largest way through branches',
  },
  { figure: 'all, +', meaning: 'the field is the whole image; a gate adds the whole image to the field' },
];
