import type { BuiltFile } from '../backend.js';
import { makeNamer } from '../names.js';
import { shardsOf } from '../shards.js';
import type { Weights } from '../weights.js';
import { tensorShape, type DataType } from './attributes.js';
import type { Constant, End, GraphModel, Operation, Tensor } from './operation.js';

/** The files of a model as `tf.loadGraphModel` reads them: weights in shards, then `model.json`. */
export function graphFormat(model: GraphModel, weights: Weights, metadata?: object): readonly BuiltFile[] {
  const names = namesOf(model);
  const constants = model.operations.flatMap(({ id, constant }) => (constant ? [{ id, constant }] : []));
  const shards = shardsOf(constants.map(({ id, constant }) => checked(nameOf(names, id), constant, weights)));
  const json = {
    format: 'graph-model',
    generatedBy: 'cnnc',
    modelTopology: {
      node: model.operations.map((operation) => nodeJson(operation, names)),
      library: {},
      // What TensorFlow has written since 2.0; version 1 is the oldest that may read it.
      versions: { producer: 1087, minConsumer: 1 },
    },
    weightsManifest: [
      {
        paths: shards.map(({ path }) => path),
        weights: constants.map(({ id, constant: { shape, type } }) => ({
          name: nameOf(names, id),
          shape,
          dtype: typeNames[type],
        })),
      },
    ],
    signature: { inputs: endsJson(model.inputs, names), outputs: endsJson(model.outputs, names) },
    ...(metadata && { userDefinedMetadata: metadata }),
  };
  return [...shards, { path: 'model.json', bytes: new TextEncoder().encode(`${JSON.stringify(json)}\n`) }];
}

const typeNames: Readonly<Record<DataType, string>> = { DT_FLOAT: 'float32', DT_INT32: 'int32' };

/** A name for each operation; what is given and what comes out have the first choice. */
export function namesOf({ operations, inputs, outputs }: GraphModel): ReadonlyMap<number, string> {
  const namer = makeNamer();
  const names = new Map<number, string>();
  for (const { name, tensor } of [...inputs, ...outputs]) names.set(tensor.from, namer.fresh(name));
  for (const { id, name } of operations) {
    if (!names.has(id)) names.set(id, namer.fresh(name));
  }
  return names;
}

function nodeJson({ id, op, inputs, attributes }: Operation, names: ReadonlyMap<number, string>) {
  const read = inputs.length === 0 ? {} : { input: inputs.map((input) => reference(input, names)) };
  return { name: nameOf(names, id), op, ...read, attr: attributes };
}

/** A tensor by the name of its operation; the first result is meant where none is named. */
function reference({ from, result }: Tensor, names: ReadonlyMap<number, string>): string {
  const name = nameOf(names, from);
  return result === 0 ? name : `${name}:${String(result)}`;
}

/** Under the names that the model gives, but for those that every JavaScript object has. */
function endsJson(ends: readonly End[], names: ReadonlyMap<number, string>) {
  return Object.fromEntries(
    ends.map(({ name, tensor, shape }) => {
      const legal = nameOf(names, tensor.from);
      const key = name in Object.prototype ? legal : name;
      return [key, { name: `${legal}:0`, dtype: 'DT_FLOAT', tensorShape: tensorShape(shape) }];
    }),
  );
}

function nameOf(names: ReadonlyMap<number, string>, id: number): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`operation ${String(id)} is read, but isn't there`);
  return name;
}

function checked(name: string, { shape, valuesFrom }: Constant, weights: Weights): Float32Array | Int32Array {
  const values = valuesFrom(weights);
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length === count) return values;
  throw new Error(`${String(values.length)} values for \`${name}\` of [${shape.join(', ')}]`);
}
