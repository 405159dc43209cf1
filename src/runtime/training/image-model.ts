import { nodeAt, type Graph, type Output } from '../../compiler/ir/graph.js';
import { shapeText } from '../../compiler/ops/shape.js';
import type { LossSettings } from '../../compiler/training/settings.js';
import type { PictureShape } from '../images/picture.js';
import { outputForm } from './output-form.js';
import {
  failWith,
  problem,
  succeed,
  type Failure,
  type Outcome,
  type RuntimeProblemCode,
} from '../outcome.js';

/** What a model that tells classes of images apart takes and gives. */
export interface ImageModel {
  /** The path of its only input. */
  readonly input: string;
  readonly shape: PictureShape;
  /** How many classes it tells apart. */
  readonly classes: number;
  /** How many values its outputs have: one for each class, or a single one, the share of the second of two classes. */
  readonly values: number;
  /** The output that is read; others are trained too. */
  readonly output: Output;
}

/** Looks a model over: one input that is an image of known size, outputs of one value for each class. */
export function imageModelOf(graph: Graph): Outcome<ImageModel> {
  const shape = pictureShapeOf(graph);
  if (!shape.ok) return shape;
  const [inputId = 0] = graph.inputs;
  const output = graph.outputs.find(({ training }) => !training);
  // Every graph that is compiled has one: its last tensor.
  if (output === undefined) throw new Error(`the graph ${graph.name} has no output at inference`);
  const sizes = graph.outputs.map(({ node }) => nodeAt(graph, node).shape);
  const [values] = nodeAt(graph, output.node).shape;
  for (const [place, given] of sizes.entries()) {
    if (typeof values === 'number' && given.length === 1 && given[0] === values) continue;
    const name = graph.outputs[place]?.name ?? '';
    return refuse(
      'not-a-classifier',
      `the output \`${name}\` of \`${graph.name}\` is ${shapeText(given)}, not one value for each class`,
      'end with `dense classes softmax`',
    );
  }
  return succeed({
    input: nodeAt(graph, inputId).path,
    shape: shape.value,
    classes: values === 1 ? 2 : Number(values),
    values: Number(values),
    output,
  });
}

/** The size of the images that a model takes. */
export function pictureShapeOf(graph: Graph): Outcome<PictureShape> {
  const [inputId, ...others] = graph.inputs;
  if (inputId === undefined || others.length > 0) {
    const count = String(graph.inputs.length);
    return refuse('not-one-input', `\`${graph.name}\` has ${count} inputs, but images are one`);
  }
  const { shape } = nodeAt(graph, inputId);
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    return refuse(
      'not-an-image',
      `the input of \`${graph.name}\` is ${shapeText(shape)}, not height × width × 1 or 3 channels`,
    );
  }
  if (typeof height !== 'number' || typeof width !== 'number') {
    return refuse(
      'open-input',
      `the input of \`${graph.name}\` is ${shapeText(shape)}, whose size is left open`,
      'give it with `--input`, for example `--input 224x224x3`',
    );
  }
  return succeed({ height, width, channels });
}

/** What hinders a model from being trained or tested with these classes and this loss. */
export function checkClasses(
  graph: Graph,
  model: ImageModel,
  data: { readonly name: string; readonly classes: readonly string[] },
  loss: LossSettings,
): Failure | undefined {
  const count = data.classes.length;
  if (model.classes !== count) {
    return refuse(
      'classes-mismatch',
      `\`${graph.name}\` tells ${String(model.classes)} classes apart, but ${data.name} has ${String(count)}`,
      `where the model has a parameter for it: \`--set classes=${String(count)}\``,
    );
  }
  return loss.kind === 'mse' ? undefined : checkOutputs(graph, model, loss.kind);
}

/** What hinders the outputs from being compared with a cross-entropy. */
function checkOutputs(
  graph: Graph,
  { output, values }: ImageModel,
  loss: 'crossentropy' | 'binary',
): Failure | undefined {
  if (loss === 'crossentropy' && values === 1) {
    return refuse(
      'output-without-shares',
      `cross-entropy compares the shares of all classes, but the output \`${output.name}\` of \`${graph.name}\` is one value`,
      'set `loss binary`, or end with one value for each class',
    );
  }
  const other = graph.outputs.find((one) => outputForm(graph, one) === 'activation');
  if (other === undefined) return undefined;
  const [name, end] = loss === 'binary' ? ['binary cross-entropy', 'sigmoid'] : ['cross-entropy', 'softmax'];
  return refuse(
    'output-without-shares',
    `${name} needs shares or logits, but the output \`${other.name}\` of \`${graph.name}\` is the result of ` +
      `\`${nodeAt(graph, other.node).kind}\``,
    `end with \`${end}\`, or with no activation, or set \`loss mse\``,
  );
}

function refuse(code: RuntimeProblemCode, message: string, help?: string): Failure {
  return failWith(problem(code, message, help));
}
