import { beforeAll, describe, expect, it } from 'vitest';
import type { Node } from '../../src/compiler/ir/graph.js';
import type { Value } from '../../src/compiler/values/value.js';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { run } from '../../src/runtime/executor/run.js';
import { net, type Net } from '../analyse/net.js';
import { interpret } from '../interpreter/interpret.js';
import { list, word } from '../ops/layer.js';
import { disagreement } from './agreement.js';
import { download, engines, startEngine, uploadAll } from './engine.js';
import { randomInputs, randomWeights } from './network.js';

describe.each(engines)('a network with open sizes on %s', (engine) => {
  beforeAll(() => startEngine(engine));

  it.each([
    [9, 7],
    [12, 16],
    [5, 30],
  ])('computes the same as with the sizes %i and %i written', (height, width) => {
    const open = net();
    const graph = open.graph(layersOn(open, open.input('?', '?', 3)));
    const closed = net();
    const written = closed.graph(layersOn(closed, closed.input(height, width, 3)));
    const [inputs, weights] = [randomInputs(written), randomWeights(written)];
    const { values } = interpret(written, inputs, weights);
    const feed = { inputs: uploadAll(inputs), weights: uploadAll(weights) };
    const outputs = run(planExecution(graph), feed);
    for (const tensors of Object.values(feed)) for (const tensor of tensors.values()) tensor.dispose();
    const wrong = written.outputs.map(({ name, node }) => {
      const [output, expected] = [outputs.get(name), values.get(node)];
      return output && expected && disagreement(download(output), expected);
    });
    expect(outputs.size).toBe(1);
    expect(wrong).toEqual([undefined]);
  });
});

/** Layers whose sizes round up and down, are cut, added to, and taken from those of another tensor. */
function layersOn(made: Net, image: Node): Node {
  const half = made.add('conv', { filters: 4, kernel: 3, stride: 2, pad: word('same') }, [image]);
  const padded = made.add('pool', { mode: word('avg'), kernel: 3, stride: 2, pad: 1, ceil: true }, [half]);
  const large = made.add('deconv', { filters: 4, kernel: 4, stride: 2, pad: 1 }, [padded]);
  const cut = made.add('crop', { cells: list(0, 1, 0, 0) }, [
    made.add('pad', { cells: list(1, 0, 2, 1) }, [large]),
  ]);
  const [height = 1, width = 1]: readonly Value[] = image.shape;
  const whole = made.add('resize', { size: list(height, width) }, [cut]);
  const twice = made.add('upsample', { factor: 2, mode: word('bilinear') }, [
    made.add('groupnorm', { groups: 2 }, [whole]),
  ]);
  return made.add('concat', { axis: word('height') }, [
    twice,
    made.add('permute', { order: list(0, 1, 2) }, [twice]),
  ]);
}
