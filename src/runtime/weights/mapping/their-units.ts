import type { Weights } from '../weights.js';

/** The arrays of one layer of a file, told by their names. */
export interface TheirUnit {
  /** What the names have in common. */
  readonly prefix: string;
  /** The names of the arrays by what they are to the layer, in the words of the model: `kernel`, `moving_mean`. */
  readonly parts: ReadonlyMap<string, TheirPart>;
}

/** One array of a unit. */
export interface TheirPart {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whether it lies as PyTorch's do: outputs before inputs before rows before columns. */
  readonly isOutputFirst: boolean;
}

/** The units of a file in its order, and the arrays that no layer of a model can use. */
export interface TheirUnits {
  readonly units: readonly TheirUnit[];
  readonly unused: readonly string[];
}

/** Groups arrays by the layer that their names tell. */
export function theirUnitsOf(weights: Weights): TheirUnits {
  const groups = new Map<string, { prefix: string; members: Member[] }>();
  const unused: string[] = [];
  for (const [name, { shape }] of weights) {
    const { prefix, leaf } = splitName(name);
    if (unusedLeaves.has(leaf)) {
      unused.push(name);
      continue;
    }
    // A separable convolution is two layers here, of which the first has no bias.
    const key = leaf.startsWith('depthwise') ? `${prefix} depthwise` : prefix;
    const group = groups.get(key);
    const member = { name, leaf, shape };
    if (group === undefined) groups.set(key, { prefix, members: [member] });
    else group.members.push(member);
  }
  return { units: [...groups.values()].flatMap(apartOf).map(unitOf), unused };
}

/** Keras 3 numbers the two kernels of a separable convolution 0 and 1: each is a layer of its own here. */
function apartOf(group: { prefix: string; members: readonly Member[] }): (typeof group)[] {
  const [first, second] = group.members;
  const isSeparable = first?.leaf === '0' && first.shape.length === 4 && second?.shape.length === 4;
  if (!isSeparable) return [group];
  return [
    { ...group, members: [first] },
    { ...group, members: group.members.slice(1) },
  ];
}

interface Member {
  readonly name: string;
  readonly leaf: string;
  readonly shape: readonly number[];
}

/** What counts batches or steps, not what a layer computes with. */
const unusedLeaves: ReadonlySet<string> = new Set(['num_batches_tracked', 'seed_generator_state']);

/** The layer and the array in it; TensorFlow puts the number of an output behind. */
function splitName(name: string): { readonly prefix: string; readonly leaf: string } {
  const plain = name.replace(/:\d+$/, '');
  const place = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('.'));
  return { prefix: place < 0 ? '' : plain.slice(0, place), leaf: plain.slice(place + 1) };
}

function unitOf({ prefix, members }: { prefix: string; members: readonly Member[] }): TheirUnit {
  const isNormalisation = members.every(({ shape }) => shape.length <= 1) && members.length > 1;
  const isNumbered = members.every(({ leaf }) => /^\d+$/.test(leaf));
  const parts = members.map(({ name, leaf, shape }, place) => {
    const role = isNumbered
      ? roleByPlace(place, members.length, isNormalisation)
      : roleByName(leaf, shape.length, isNormalisation);
    return [role, { name, shape, isOutputFirst: leaf === 'weight' && shape.length > 1 }] as const;
  });
  return { prefix, parts: new Map(parts) };
}

/** Keras 3 numbers the arrays of a layer. */
function roleByPlace(place: number, count: number, isNormalisation: boolean): string {
  const roles = isNormalisation ? normalisationRoles : kernelRoles;
  return roles[place] ?? `${String(place)} of ${String(count)}`;
}

const normalisationRoles = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
const kernelRoles = ['kernel', 'bias'];

function roleByName(leaf: string, rank: number, isNormalisation: boolean): string {
  if (leaf === 'weight' && rank > 1) return 'kernel';
  if (leaf === 'weight') return isNormalisation ? 'gamma' : 'alpha';
  if (leaf === 'bias' && isNormalisation) return 'beta';
  return roles.get(leaf) ?? leaf;
}

const roles: ReadonlyMap<string, string> = new Map([
  ['weights', 'kernel'],
  ['filters', 'kernel'],
  ['depthwise_kernel', 'kernel'],
  ['depthwise_weights', 'kernel'],
  ['depthwise_filter', 'kernel'],
  ['pointwise_kernel', 'kernel'],
  ['pointwise_weights', 'kernel'],
  ['pointwise_filter', 'kernel'],
  ['biases', 'bias'],
  ['running_mean', 'moving_mean'],
  ['running_var', 'moving_variance'],
  ['mean', 'moving_mean'],
  ['variance', 'moving_variance'],
]);
