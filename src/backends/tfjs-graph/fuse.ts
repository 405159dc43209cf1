import { integer, types, words, type Attributes } from './attributes.js';
import type { GraphModel, Operation, Tensor } from './operation.js';

/** What becomes of an operation that weighs when a bias follows it, and the activations that it may take up besides. */
interface Fusion {
  readonly op: string;
  readonly activations: ReadonlySet<string>;
  /** What TensorFlow asks for besides, though tfjs doesn't read it. */
  readonly attributes?: Attributes;
}

const common = ['Relu', 'Relu6', 'Elu', 'Sigmoid'] as const;

const fusions: ReadonlyMap<string, Fusion> = new Map([
  [
    'Conv2D',
    {
      op: '_FusedConv2D',
      activations: new Set([...common, 'LeakyRelu']),
      attributes: { TArgs: types(['DT_FLOAT']) },
    },
  ],
  // The converter doesn't read the slope of this one.
  ['DepthwiseConv2dNative', { op: 'FusedDepthwiseConv2dNative', activations: new Set(common) }],
  ['MatMul', { op: '_FusedMatMul', activations: new Set([...common, 'LeakyRelu']) }],
]);

/** Makes one operation of a convolution or product, the bias behind it and the activation behind that. */
export function fuse(model: GraphModel): GraphModel {
  const readers = readersOf(model);
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  for (const operation of model.operations) {
    const before = soleSource(operations, readers, operation);
    if (before === undefined) continue;
    const fused = fusedWith(before, operation);
    if (fused === undefined) continue;
    operations.delete(before.id);
    operations.set(operation.id, fused);
  }
  return { ...model, operations: [...operations.values()] };
}

/** How many read each operation, outputs counted too. */
function readersOf({ operations, outputs }: GraphModel): ReadonlyMap<number, number> {
  const readers = new Map<number, number>();
  const read = ({ from }: Tensor): void => void readers.set(from, (readers.get(from) ?? 0) + 1);
  for (const { inputs } of operations) inputs.forEach(read);
  for (const { tensor } of outputs) read(tensor);
  return readers;
}

/** The operation that gives the first input, if nothing else reads it. */
function soleSource(
  operations: ReadonlyMap<number, Operation>,
  readers: ReadonlyMap<number, number>,
  { inputs }: Operation,
): Operation | undefined {
  const [first] = inputs;
  if (first === undefined || readers.get(first.from) !== 1) return undefined;
  return operations.get(first.from);
}

/** The one operation that does what both do, in the place and under the name of the second. */
function fusedWith(
  before: Operation,
  { id, name, op, inputs, attributes }: Operation,
): Operation | undefined {
  if (op === 'BiasAdd') {
    const fusion = fusions.get(before.op);
    if (fusion === undefined) return undefined;
    const own = {
      ...before.attributes,
      ...fusion.attributes,
      num_args: integer(1),
      fused_ops: words(['BiasAdd']),
    };
    return {
      ...before,
      id,
      name,
      op: fusion.op,
      inputs: [...before.inputs, ...inputs.slice(1)],
      attributes: own,
    };
  }
  const isBiased = [...fusions.values()].some(
    (fusion) => fusion.op === before.op && fusion.activations.has(op),
  );
  if (!isBiased) return undefined;
  return { ...before, id, name, attributes: activated(before.attributes, op, attributes) };
}

function activated(attributes: Attributes, activation: string, { alpha }: Attributes): Attributes {
  const slope = alpha === undefined ? {} : { leakyrelu_alpha: alpha };
  return { ...attributes, fused_ops: words(['BiasAdd', activation]), ...slope };
}
