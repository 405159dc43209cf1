import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-layers';
import { compile } from '../src/compiler/compile.js';
import { makeSource } from '../src/diagnostics/source.js';
import { summarise, type Summary } from '../src/report/summary.js';
import { summaryText } from '../src/report/summary-text.js';
import { openEngine } from '../src/runtime/engine/open-engine.js';
import { deepText, graphOf } from './deep-text.js';
import { medianMilliseconds, medianRatio, type Effort, type Row } from './measure.js';

/** How fast a text becomes a full report: ResNet-152 against what tfjs-layers takes, and networks of many layers. */
export async function compiling({ smoke }: Effort): Promise<readonly Row[]> {
  const opened = await openEngine('cpu');
  if (!opened.ok) throw new Error('the cpu engine does not open');
  const source = makeSource('resnet.cnn', readFileSync('examples/resnet.cnn', 'utf8'));
  const reported = (): void => {
    summaryText(summarise(graphOf(compile(source, { models: ['ResNet152'] })), undefined));
  };
  // As warm as a process is that has compiled some files: an editor, a server, a watch.
  if (!smoke) await medianMilliseconds(reported, 40, 0);
  const ratio = await medianRatio(tfjsResNet152, reported, smoke ? 1 : 5);
  const layers = smoke ? 2_000 : 100_000;
  const rounds = smoke ? 1 : 5;
  const time = await medianMilliseconds(() => figuresOfMany(layers), rounds);
  const twice = await medianMilliseconds(() => figuresOfMany(2 * layers), rounds);
  const printed = await medianMilliseconds(() => summaryText(figuresOfMany(layers)), rounds);
  return [
    {
      what: 'ResNet-152 from text to the printed report, against tfjs-layers',
      value: `${ratio.toFixed(0)}x faster`,
      target: '100x',
    },
    {
      what: `${String(layers)} layers from text to all figures, memory and fields`,
      value: `${(time / 1000).toFixed(2)} s`,
      target: '0.8 s for 100,000',
    },
    { what: 'with the printed table', value: `${(printed / 1000).toFixed(2)} s` },
    { what: 'twice as many layers', value: `${(twice / time).toFixed(1)}x`, target: 'about 2x' },
  ];
}

/** All that a report says: shapes, counts, memory with who is there at the peak, receptive fields. */
function figuresOfMany(layers: number): Summary {
  const source = makeSource('deep.cnn', deepText(layers));
  return summarise(graphOf(compile(source, { limits: { layers: 2_000_000 } })), undefined);
}

/** ResNet-152 built and summarised by tfjs-layers, as one would write it there. */
function tfjsResNet152(): void {
  const input = tf.input({ shape: [224, 224, 3] });
  const { conv2d, batchNormalization, reLU, maxPooling2d, add, globalAveragePooling2d, dense } = tf.layers;
  const unit = (
    from: tf.SymbolicTensor,
    filters: number,
    kernel: number,
    strides: number,
  ): tf.SymbolicTensor => {
    const convolved = conv2d({
      filters,
      kernelSize: kernel,
      strides,
      padding: 'same',
      useBias: false,
    }).apply(from);
    return only(batchNormalization().apply(convolved));
  };
  const relu = (from: tf.SymbolicTensor): tf.SymbolicTensor => only(reLU().apply(from));
  let at = relu(unit(input, 64, 7, 2));
  at = only(maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(at));
  for (const [filters, depth] of [
    [64, 3],
    [128, 8],
    [256, 36],
    [512, 3],
  ] as const) {
    for (let round = 0; round < depth; round += 1) {
      const stride = round === 0 && filters > 64 ? 2 : 1;
      const way = unit(relu(unit(relu(unit(at, filters, 1, 1)), filters, 3, stride)), 4 * filters, 1, 1);
      const beside = round === 0 ? unit(at, 4 * filters, 1, stride) : at;
      at = relu(only(add().apply([way, beside])));
    }
  }
  const classes = dense({ units: 1000 }).apply(globalAveragePooling2d({}).apply(at));
  const model = tf.model({ inputs: input, outputs: only(classes) });
  model.summary(undefined, undefined, () => undefined);
  model.dispose();
}

function only(tensor: unknown): tf.SymbolicTensor {
  if (tensor instanceof tf.SymbolicTensor) return tensor;
  throw new Error('expected one symbolic tensor');
}
