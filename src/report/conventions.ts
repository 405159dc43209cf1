import { conventions, type ConventionName } from '../compiler/analyse/conventions.js';

/** One figure with what it counts. */
export interface Meaning {
  readonly figure: string;
  readonly meaning: string;
}

/** What the figures count, in the words that stand under every report. */
export function meaningsUnder(name: ConventionName): readonly Meaning[] {
  const { params, macs, flops, source } = conventions[name];
  const named = name === 'cnnc' ? [] : [{ figure: 'convention', meaning: `${name}: ${source}` }];
  return [
    ...named,
    { figure: 'params', meaning: params },
    { figure: 'macs', meaning: macs },
    { figure: 'flops', meaning: flops },
    ...everywhere,
  ];
}

const everywhere: readonly Meaning[] = [
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
