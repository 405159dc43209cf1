import type { Graph, Node } from '../../src/compiler/ir/graph.js';
import { word } from '../ops/layer.js';
import { net, type Net } from './net.js';

/** ResNet-18, 224x224, torchvision's. */
export function resnet18(): Graph {
  return resnet([2, 2, 2, 2], basic);
}

/** ResNet-50, 224x224, the stride in the 3x3 (torchvision's). */
export function resnet50(): Graph {
  return resnet([3, 4, 6, 3], bottleneck);
}

interface Window {
  readonly kernel: number;
  readonly stride: number;
}

type Unit = (model: Net, from: Node, width: number, stride: number) => Node;

function resnet(depths: readonly number[], unit: Unit): Graph {
  const model = net('ResNet');
  let last = convBn(model, model.input(224, 224, 3), 64, { kernel: 7, stride: 2 });
  last = model.add('pool', { mode: word('max'), kernel: 3, stride: 2, pad: word('same') }, [
    relu(model, last),
  ]);
  depths.forEach((depth, stage) => {
    for (let round = 0; round < depth; round++) {
      last = unit(model, last, 64 * 2 ** stage, stage > 0 && round === 0 ? 2 : 1);
    }
  });
  return model.graph(model.add('dense', { units: 1000 }, [model.add('gap', {}, [last])]));
}

const basic: Unit = (model, from, width, stride) => {
  const first = relu(model, convBn(model, from, width, { kernel: 3, stride }));
  return joined(model, convBn(model, first, width, { kernel: 3, stride: 1 }), from, stride);
};

const bottleneck: Unit = (model, from, width, stride) => {
  const narrow = relu(model, convBn(model, from, width, { kernel: 1, stride: 1 }));
  const middle = relu(model, convBn(model, narrow, width, { kernel: 3, stride }));
  return joined(model, convBn(model, middle, 4 * width, { kernel: 1, stride: 1 }), from, stride);
};

function joined(model: Net, branch: Node, from: Node, stride: number): Node {
  const channels = branch.shape[2];
  const isSame = stride === 1 && from.shape[2] === channels;
  const shortcut =
    isSame || typeof channels !== 'number' ? from : convBn(model, from, channels, { kernel: 1, stride });
  return relu(model, model.add('add', {}, [branch, shortcut]));
}

function convBn(model: Net, from: Node, filters: number, window: Window): Node {
  const conv = model.add('conv', { filters, ...window, pad: word('same'), bias: false }, [from]);
  return model.add('bn', {}, [conv]);
}

function relu(model: Net, from: Node): Node {
  return model.add('relu', {}, [from]);
}
