import { beforeAll, describe, expect, it } from 'vitest';
import type { Graph, Node } from '../../src/compiler/ir/graph.js';
import { exact } from '../../src/compiler/values/exact.js';
import type { OutputLoss } from '../../src/runtime/executor/types.js';
import { net, type Net } from '../analyse/net.js';
import { tensor, type Tensor } from '../interpreter/tensor.js';
import { word } from '../ops/layer.js';
import { engines, startEngine } from './engine.js';
import { batch, randomInputs, randomWeights } from './network.js';
import { randomNumbers, randomTensor } from './random.js';
import type { Task } from './task.js';
import { mistakesIn, takeStep } from './training.js';

const classes = 5;
const classNumbers = tensor([batch], [0, 3, 4]);
const same = word('same');
const crossEntropy: OutputLoss = { kind: 'crossentropy', smoothing: 0 };

describe.each(engines)('a network that trains on %s', (engine) => {
  beforeAll(() => startEngine(engine));

  it('has a residual block, batch norm and smoothed cross-entropy', () => {
    const made = net();
    const convolved = convBnRelu(made, made.input(7, 6, 3), 4);
    const inner = made.add('bn', {}, [
      made.add('conv', { filters: 6, kernel: 3, stride: 2, pad: same }, [convolved]),
    ]);
    const shortcut = made.add(
      'conv',
      { filters: 6, kernel: 1, stride: 2, bias: false, l2: exact(1n, 100n) },
      [convolved],
    );
    const sum = made.add('relu', {}, [made.add('add', {}, [inner, shortcut])]);
    const graph = made.graph(classify(made, sum));
    expectAgreement(graph, { targets: classNumbers, loss: { kind: 'crossentropy', smoothing: 0.1 } });
  });

  it('has branches that are joined along the channels, and an auxiliary output with a weight', () => {
    const made = net();
    const image = made.input(6, 7, 2);
    const joined = made.add('concat', {}, [
      made.add('conv', { filters: 3, kernel: 1 }, [image]),
      made.add('dwconv', { kernel: 3, pad: same, multiplier: 2 }, [image]),
      made.add('pool', { mode: word('max'), kernel: 3, stride: 1, pad: same }, [image]),
    ]);
    const auxiliary = classify(made, made.add('pool', { mode: word('avg'), kernel: 2 }, [joined]));
    const last = classify(made, made.add('lrn', {}, [joined]));
    const graph = made.graph(
      { name: 'main', node: last.id, training: false, weight: 1 },
      { name: 'aux', node: auxiliary.id, training: true, weight: 0.3 },
    );
    expectAgreement(graph, { targets: classNumbers, loss: crossEntropy });
  });

  it('reweighs channels by what the whole image shows', () => {
    const made = net();
    const image = convBnRelu(made, made.input(5, 5, 3), 6);
    const squeezed = made.add('silu', {}, [made.add('dense', { units: 3 }, [made.add('gap', {}, [image])])]);
    const gates = made.add('sigmoid', {}, [made.add('dense', { units: 6 }, [squeezed])]);
    const graph = made.graph(classify(made, made.add('mul', {}, [image, gates])));
    const shares = randomTensor([batch, classes], randomNumbers(11));
    expectAgreement(graph, { targets: shares, loss: crossEntropy });
  });

  it('takes cross-entropy of shares that no softmax gives last', () => {
    const made = net();
    const image = made.input(4, 4, 2);
    const both = made.add('average', {}, [classify(made, image), classify(made, image)]);
    expectAgreement(made.graph(both), {
      targets: classNumbers,
      loss: { kind: 'crossentropy', smoothing: 0.2 },
    });
  });

  it('shares weights and moving statistics between two uses', () => {
    const made = net();
    const conv = { filters: 4, kernel: 3, pad: same };
    const first = made.add('conv', conv, [made.input(5, 4, 3)]);
    const second = made.add('conv', conv, [made.input(5, 4, 3)], { sharesWith: first.id });
    const firstNorm = made.add('bn', {}, [first]);
    const secondNorm = made.add('bn', {}, [second], { sharesWith: firstNorm.id });
    const graph = made.graph(classify(made, made.add('max', {}, [firstNorm, secondNorm])));
    expectAgreement(graph, { targets: classNumbers, loss: crossEntropy });
  });

  it('leaves alone what is frozen, and normalises with frozen statistics', () => {
    const made = net();
    const graph = made.graph(classify(made, convBnRelu(made, convBnRelu(made, made.input(5, 5, 2), 4), 4)));
    const frozen = new Set([
      'conv1.kernel',
      'bn1.gamma',
      'bn1.beta',
      'bn1.moving_mean',
      'bn1.moving_variance',
    ]);
    expectAgreement(graph, { targets: classNumbers, loss: crossEntropy, frozen });
  });
});

/** The network's outputs at inference and one step of training beside the interpreter. */
function expectAgreement(
  graph: Graph,
  {
    targets,
    loss,
    frozen,
  }: { readonly targets: Tensor; readonly loss: OutputLoss; readonly frozen?: ReadonlySet<string> },
): void {
  const task: Task = {
    graph,
    inputs: randomInputs(graph),
    weights: randomWeights(graph),
    targets: new Map(graph.outputs.map(({ name }) => [name, targets])),
    losses: new Map(graph.outputs.map(({ name }) => [name, loss])),
    options: { training: true, ...(frozen === undefined ? {} : { frozen }) },
  };
  expect(mistakesIn(takeStep(task), task)).toEqual([]);
}

function convBnRelu(made: Net, input: Node, filters: number): Node {
  const convolved = made.add('conv', { filters, kernel: 3, pad: same, bias: false }, [input]);
  return made.add('relu', {}, [made.add('bn', {}, [convolved])]);
}

function classify(made: Net, image: Node): Node {
  const logits = made.add('dense', { units: classes }, [made.add('gap', {}, [image])]);
  return made.add('softmax', {}, [logits]);
}
