import type { Initializer } from '../../compiler/ops/op.js';
import type { Config, ConfigValue } from './layer.js';

/** How weights start, as tfjs-layers writes it; the values themselves stand beside the model. */
export function initializerConfig(initializer: Initializer): ConfigValue {
  if (typeof initializer === 'string') return { class_name: classNames[initializer], config: {} };
  switch (initializer.kind) {
    case 'constant':
      return { class_name: 'Constant', config: { value: initializer.value } };
    case 'normal':
      return {
        class_name: 'RandomNormal',
        config: { mean: initializer.mean, stddev: initializer.deviation },
      };
    default: {
      const never: never = initializer;
      return never;
    }
  }
}

/** What holds a kernel small in training, as an argument of its layer. */
export function regularizerConfig(
  parameter: string,
  { l1, l2 }: { readonly l1: number; readonly l2: number },
): Config {
  return l1 === 0 && l2 === 0 ? {} : { [parameter]: { class_name: 'L1L2', config: { l1, l2 } } };
}

const classNames = {
  zeros: 'Zeros',
  ones: 'Ones',
  glorot_uniform: 'GlorotUniform',
  glorot_normal: 'GlorotNormal',
  he_normal: 'HeNormal',
  he_uniform: 'HeUniform',
  lecun_normal: 'LeCunNormal',
  lecun_uniform: 'LeCunUniform',
} as const satisfies Readonly<Record<Extract<Initializer, string>, string>>;
