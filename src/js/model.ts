import type { Facts } from '../backends/js/facts.js';
import type { End, Signature } from '../backends/js/signature.js';
import type { Guess } from '../runtime/training/likeliest.js';
import { classify, prepare, type PredictOptions, type Prepared } from './classify.js';
import type { Image } from './pixels.js';
import type { Network, Values } from './tensorflow.js';

/** A model that is ready to run; the types beside the module say more of each. */
export interface Model {
  readonly name: string;
  readonly engine: 'wasm' | 'cpu';
  /** In the order of the output's values; none where it tells no classes apart. */
  readonly classes: readonly string[];
  predict(image: Image, options?: PredictOptions): Promise<readonly Guess[]>;
  prepare(image: Image): Promise<Prepared>;
  run(inputs: Readonly<Record<string, Values>>): Promise<Readonly<Record<string, Values>>>;
  dispose(): void;
}

/** A network with what is known of it. */
export interface Opened {
  readonly network: Network;
  readonly engine: 'wasm' | 'cpu';
  readonly facts: Facts;
  readonly signature: Signature;
}

/** A network with all that is done before and behind it. */
export function modelOf({ network, engine, facts, signature }: Opened): Model {
  const { model: name, classifier } = facts;
  const known = () => {
    if (classifier !== undefined) return classifier;
    throw new Error(`${name} doesn’t tell classes of images apart: it has \`run\` only`);
  };
  return {
    name,
    engine,
    classes: classifier?.classes ?? [],
    predict: async (image, options = {}) => classify(network, known(), image, options),
    prepare: async (image) => prepare(image, known()),
    async run(inputs) {
      const given = new Map(signature.inputs.map((end) => [end.name, valuesFor(end, inputs)]));
      const surplus = Object.keys(inputs).find((key) => !given.has(key));
      if (surplus !== undefined) throw new TypeError(`${name} has no input \`${surplus}\``);
      const outputs = signature.outputs.map((end) => end.name);
      return Object.fromEntries(await network.run(given, outputs));
    },
    dispose() {
      network.dispose();
    },
  };
}

function valuesFor({ name, shape }: End, inputs: Readonly<Record<string, Values>>): Values {
  const given = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (given === undefined) throw new TypeError(`the input \`${name}\` is missing`);
  const fits =
    given.shape.length === shape.length &&
    given.shape.every(
      (size, place) => Number.isInteger(size) && size > 0 && [-1, size].includes(shape[place] ?? 0),
    );
  if (!fits)
    throw new TypeError(`\`${name}\` is ${sizes(shape)}, but what is given is ${sizes(given.shape)}`);
  const count = given.shape.reduce((product, size) => product * size, 1);
  if (given.data instanceof Float32Array && given.data.length === count) return given;
  throw new TypeError(`the data of \`${name}\` is a Float32Array of ${String(count)} values`);
}

function sizes(shape: readonly number[]): string {
  return shape.map((size) => (size === -1 ? 'any' : String(size))).join('×');
}
