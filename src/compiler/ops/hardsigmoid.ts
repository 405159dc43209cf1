import { activation } from './activation.js';

/** Piecewise sigmoid. */
export const hardsigmoid = activation(
  'hardsigmoid',
  {
    summary: 'A sigmoid of three straight lines.',
    formula:
      'y = min(max(x + 3, 0), 6) / 6; the older Keras and the default of ONNX have slope 0.2 instead of 1/6',
    keras: 'Activation("hard_sigmoid")',
    pytorch: 'Hardsigmoid()',
    source: 'Howard et al. 2019 (MobileNetV3), §5.2',
  },
  {},
);
