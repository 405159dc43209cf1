import type { Graph, Node } from '../../src/compiler/ir/graph.js';
import { size, word } from '../ops/layer.js';
import { net } from './net.js';

/** LeNet-5 with the fully connected C3, layer by layer. */
export function lenet(): Graph {
  const model = net('LeNet5');
  const conv = (filters: number, from: Node): Node => {
    const layer = model.add('conv', { filters, kernel: size(5, 5) }, [from]);
    return model.add('tanh', {}, [layer], { inline: true });
  };
  const halve = (from: Node): Node => model.add('pool', { mode: word('avg'), kernel: size(2, 2) }, [from]);
  const first = halve(conv(6, model.input(32, 32, 1)));
  const second = halve(conv(16, first));
  const flat = model.add('flatten', {}, [conv(120, second)]);
  const hidden = model.add('tanh', {}, [model.add('dense', { units: 84 }, [flat])], { inline: true });
  const classes = model.add('dense', { units: 10 }, [hidden]);
  return model.graph(model.add('softmax', {}, [classes], { inline: true }));
}
