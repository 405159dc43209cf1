import { absent, optional, required } from '../ops/params.js';
import { boolean } from '../ops/types/boolean.js';
import { choice } from '../ops/types/choice.js';
import { listOf } from '../ops/types/list.js';
import { number } from '../ops/types/number.js';
import { wholeNumber } from '../ops/types/whole-number.js';
import { angle } from './angle.js';
import { classWeights } from './class-weights.js';
import { choiceOf, group, plain, type SettingForm } from './form.js';

const fraction = number({ atLeast: 0, below: 1 });
const share = number({ atLeast: 0, atMost: 1 });
const positive = number({ above: 0 });
const atLeastZero = number({ atLeast: 0 });
const count = wholeNumber({ atLeast: 1 });
const decay = optional(atLeastZero, 0, 'weight decay: this share of a weight is added to its gradient');
const warmup = optional(atLeastZero, 0, 'epochs over which the rate first rises from near 0');
const numbers = 'a number, or a list of one for each channel';

const momentumParams = {
  rate: optional(positive, 0.01, 'learning rate'),
  momentum: optional(fraction, 0.9, 'how much of the last step is kept'),
  decay,
};

const adamParams = {
  rate: optional(positive, 1e-3, 'learning rate'),
  beta1: optional(fraction, 0.9, 'how slowly the mean of the gradients follows'),
  beta2: optional(fraction, 0.999, 'how slowly the mean of their squares follows'),
  epsilon: optional(positive, 1e-7, 'what is added to the root that is divided by'),
};

/** The settings of a `train` block: from this table come names, checks, defaults and the typed settings. */
export const trainingTable = {
  augment: group('Changes the training images at random, in each epoch anew.', {
    shift: plain(
      'Moves the image up to this share of its height and width.',
      { share: required(fraction, 'largest share') },
      ['share'],
    ),
    rotate: plain(
      'Turns the image up to this angle, either way.',
      { angle: required(angle(180), 'largest angle') },
      ['angle'],
    ),
    zoom: plain(
      'Enlarges or shrinks the image up to this share.',
      { share: required(fraction, 'largest share') },
      ['share'],
    ),
    shear: plain(
      'Slants the image up to this angle, either way.',
      { angle: required(angle(60), 'largest angle') },
      ['angle'],
    ),
    flip: plain(
      'Mirrors half of the images.',
      { direction: required(choice(['horizontal', 'vertical', 'both']), 'left and right, or up and down') },
      ['direction'],
    ),
    brightness: plain(
      'Adds up to this share of white, or takes it away.',
      { share: required(share, 'largest share') },
      ['share'],
    ),
    contrast: plain(
      'Stretches or compresses the values around their mean up to this share.',
      { share: required(share, 'largest share') },
      ['share'],
    ),
    saturation: plain(
      'Strengthens or weakens the colours up to this share.',
      { share: required(share, 'largest share') },
      ['share'],
    ),
    hue: plain(
      'Turns the colours around the colour circle up to this angle.',
      { angle: required(angle(180), 'largest angle') },
      ['angle'],
    ),
    cutout: plain(
      'Blackens one square of this share of height and width (DeVries & Taylor 2017).',
      { share: required(fraction, 'side of the square') },
      ['share'],
    ),
  }),
  preprocess: plain(
    'What is done to every image before the model sees it, in training and later.',
    {
      scale: absent(
        positive,
        'factor of the values, which are 0 to 255 in a file; 1/255 where nothing is said',
      ),
      mean: absent(listOf(number(), numbers), 'what is subtracted from the scaled values'),
      std: absent(listOf(positive, numbers), 'what the result is divided by'),
      fit: absent(
        choice(['stretch', 'pad', 'crop', 'center']),
        'how an image of another size becomes the input’s: stretched; resized to fit, with borders; resized to ' +
          'fill, with the surplus cut off; or laid in the middle as it is. By default an image that fits into the ' +
          'input and fills at least half of its height and width is laid in the middle, any other is resized to fill',
      ),
      convention: absent(
        choice(['caffe', 'torch', 'tf']),
        'how the models of `keras.applications` were trained, in the place of `scale`, `mean` and `std`: `caffe` turns ' +
          'colours around and subtracts 103.939, 116.779, 123.68 from blue, green, red; `torch` divides by 255, subtracts ' +
          '0.485, 0.456, 0.406 and divides by 0.229, 0.224, 0.225; `tf` gives values from -1 to 1',
      ),
    },
    ['convention'],
  ),
  optimizer: choiceOf('How the weights follow their gradients.', {
    sgd: {
      doc: 'Against the gradient; with `momentum` the last step is partly kept.',
      params: {
        ...momentumParams,
        momentum: optional(fraction, 0, 'how much of the last step is kept'),
        nesterov: optional(boolean, false, 'look ahead by the momentum'),
      },
    },
    momentum: { doc: 'Against the gradient, the last step partly kept.', params: momentumParams },
    nesterov: { doc: 'Momentum that looks ahead (Sutskever et al. 2013).', params: momentumParams },
    adam: { doc: 'Adaptive moments (Kingma & Ba 2014).', params: { ...adamParams, decay } },
    adamw: {
      doc: 'Adam with weight decay apart from the gradient (Loshchilov & Hutter 2017).',
      params: {
        ...adamParams,
        decay: optional(
          atLeastZero,
          0.004,
          'this share of a weight, times the rate, is taken away in each step',
        ),
      },
    },
    rmsprop: {
      doc: 'Divides by a running root mean square (Hinton 2012).',
      params: {
        rate: optional(positive, 1e-3, 'learning rate'),
        rho: optional(fraction, 0.9, 'how slowly the mean of the squares follows'),
        momentum: optional(fraction, 0, 'how much of the last step is kept'),
        epsilon: optional(positive, 1e-7, 'what is added under the root that is divided by'),
        decay,
      },
    },
    adagrad: {
      doc: 'Divides by the root of all squares so far (Duchi et al. 2011).',
      params: {
        rate: optional(positive, 1e-3, 'learning rate'),
        initial: optional(atLeastZero, 0.1, 'what the sum of the squares starts with'),
        epsilon: optional(positive, 1e-7, 'what is added under the root that is divided by'),
        decay,
      },
    },
  }),
  schedule: choiceOf('How the learning rate changes.', {
    constant: { doc: 'It stays.', params: { warmup } },
    step: {
      doc: 'It is multiplied by `factor` after every few epochs.',
      params: {
        every: required(count, 'epochs between two steps'),
        factor: optional(number({ above: 0, below: 1 }), 0.1, 'what the rate is multiplied by'),
        warmup,
      },
    },
    cosine: {
      doc: 'It falls along half a cosine (Loshchilov & Hutter 2016).',
      params: { floor: optional(fraction, 0, 'share of the rate that is left at the end'), warmup },
    },
    exponential: {
      doc: 'It is multiplied by `factor` over each epoch, a little in each step.',
      params: { factor: required(number({ above: 0, below: 1 }), 'what is left after an epoch'), warmup },
    },
    plateau: {
      doc: 'It is multiplied by `factor` where the loss on the validation images hasn’t fallen for a while.',
      params: {
        factor: optional(number({ above: 0, below: 1 }), 0.1, 'what the rate is multiplied by'),
        patience: optional(count, 3, 'epochs without improvement that are waited for'),
        warmup,
      },
    },
  }),
  loss: choiceOf('What is made small.', {
    crossentropy: {
      doc: 'Minus the logarithm of the share that the right class gets.',
      params: { smoothing: optional(fraction, 0, 'share of the target that is spread over all classes') },
    },
    binary: {
      doc:
        'Binary cross-entropy: every output value is a yes or no of its own. For two classes one value is enough, the ' +
        'share of the second class.',
      params: { smoothing: optional(fraction, 0, 'how far the target moves towards one half') },
    },
    mse: { doc: 'Mean of the squared differences from 1 at the right class and 0 elsewhere.', params: {} },
  }),
  batch: plain('How many images a step sees.', { size: optional(count, 32, 'images') }, ['size']),
  accumulate: plain(
    'Reads the batch of a step in parts, whose gradients are added up: a batch that takes too much memory at once.',
    { parts: optional(count, 1, 'parts of a batch') },
    ['parts'],
  ),
  class_weights: plain(
    'How much the images of each class count in the loss.',
    {
      weights: absent(
        classWeights,
        'a factor for each class, or `balanced`: classes of few images count as much as those of many',
      ),
    },
    ['weights'],
  ),
  validation: plain(
    'Keeps a share of the training images apart, chosen by the seed from each class: after every epoch the model is ' +
      'measured with them, and the weights of the best epoch are those that are written.',
    {
      share: absent(
        fraction,
        'share of the training images; by default none, or 10% where `stop` or `schedule plateau` reads them',
      ),
    },
    ['share'],
  ),
  stop: plain(
    'Ends the training early where the loss on the validation images hasn’t fallen for a while.',
    {
      patience: required(count, 'epochs without improvement that are waited for'),
      least: optional(atLeastZero, 0, 'a smaller fall of the loss than this is no improvement'),
    },
    ['patience'],
  ),
  epochs: plain('How often each image is seen.', { count: optional(count, 1, 'epochs') }, ['count']),
  clip: plain(
    'Shortens gradients whose common length is above this.',
    { norm: absent(positive, 'largest length of all gradients together; without it none is shortened') },
    ['norm'],
  ),
  freeze: {
    form: 'names',
    doc: 'Weights under these paths stay as they are.',
    what: 'the path of a layer or block, such as `"stage1"`',
  },
} as const satisfies Readonly<Record<string, SettingForm>>;
