import { activation } from './activation.js';

/** Rectified linear unit that ends at 6. */
export const relu6 = activation(
  'relu6',
  {
    summary: 'Keeps what lies between 0 and 6, and cuts off at both ends.',
    formula: 'y = min(max(x, 0), 6)',
    keras: 'ReLU(max_value=6)',
    pytorch: 'ReLU6()',
    source: 'Krizhevsky 2010 (Convolutional deep belief networks on CIFAR-10)',
  },
  {},
);
