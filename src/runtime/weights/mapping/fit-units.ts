import type { MappingEntry, Transformation } from './mapping.js';
import type { OurUnit } from './our-units.js';
import type { TheirPart, TheirUnit } from './their-units.js';

/** How the arrays of a layer of a file become those of a layer of a model. */
export interface Fit {
  readonly entries: readonly MappingEntry[];
  /** Whether a dense layer is taken for a convolution of one pixel, or the other way round: only where nothing else fits. */
  readonly isAcrossKinds: boolean;
}

/** How a layer of a file fits one of a model: the same arrays, each in the right shape once it lies as the model's does. */
export function fitUnits(theirs: TheirUnit, ours: OurUnit): Fit | undefined {
  if (theirs.parts.size !== ours.parts.size) return undefined;
  const entries: MappingEntry[] = [];
  for (const [role, shape] of ours.parts) {
    const part = theirs.parts.get(role);
    const steps =
      part === undefined ? undefined : stepsFor(part, shape, role === 'kernel' ? ours : undefined);
    if (part === undefined || steps === undefined) return undefined;
    entries.push({ theirs: part.name, ours: `${ours.path}.${role}`, steps });
  }
  const kernel = theirs.parts.get('kernel');
  const isAcrossKinds = kernel !== undefined && kernel.shape.length !== ours.parts.get('kernel')?.length;
  return { entries, isAcrossKinds };
}

/** What turns an array into one of a shape; a kernel by the conventions of where it comes from. */
function stepsFor(
  part: TheirPart,
  wanted: readonly number[],
  kernelOf: OurUnit | undefined,
): readonly Transformation[] | undefined {
  if (kernelOf === undefined) return isSame(part.shape, wanted) ? [] : undefined;
  const order = part.isOutputFirst ? orders.get(`${kernelOf.kind} ${String(part.shape.length)}`) : undefined;
  if (part.isOutputFirst && order === undefined) return undefined;
  const laid = order === undefined ? part.shape : permuted(part.shape, order);
  const steps: Transformation[] = order === undefined ? [] : [{ kind: 'permute', ...order }];
  if (!isSame(laid, wanted)) {
    if (!isReshapable(laid, wanted, kernelOf.kind)) return undefined;
    steps.push({ kind: 'reshape', shape: wanted });
  }
  const [height = 0, width = 0, channels = 0] = kernelOf.flattened ?? [];
  if (part.isOutputFirst && kernelOf.flattened !== undefined) {
    steps.push({ kind: 'rows', from: 'CHW', to: 'HWC', sizes: [channels, height, width] });
  }
  return steps;
}

/** PyTorch's orders of dimensions, by the kind of layer that it becomes and how many dimensions there are. */
const orders: ReadonlyMap<string, { readonly from: string; readonly to: string }> = new Map([
  ['conv 4', { from: 'OIHW', to: 'HWIO' }],
  ['dwconv 4', { from: 'OIHW', to: 'HWIO' }],
  ['dense 4', { from: 'OIHW', to: 'HWIO' }],
  ['deconv 4', { from: 'IOHW', to: 'HWOI' }],
  ['dense 2', { from: 'OI', to: 'IO' }],
  ['conv 2', { from: 'OI', to: 'IO' }],
]);

/** A depthwise kernel whose channels and multipliers lie in one dimension, or one pixel that is written or left out. */
function isReshapable(laid: readonly number[], wanted: readonly number[], kind: string): boolean {
  if (kind === 'dwconv') {
    const [height, width, one, channels = 0] = laid;
    const [rows, columns, inputs = 0, multiplier = 0] = wanted;
    return height === rows && width === columns && one === 1 && channels === inputs * multiplier;
  }
  return isSame(withoutPixel(laid), withoutPixel(wanted));
}

function withoutPixel(shape: readonly number[]): readonly number[] {
  return shape.length === 4 && shape[0] === 1 && shape[1] === 1 ? shape.slice(2) : shape;
}

function permuted(
  shape: readonly number[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly number[] {
  return Array.from(to, (letter) => shape[from.indexOf(letter)] ?? 0);
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((size, place) => size === other[place]);
}
