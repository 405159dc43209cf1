import { inputShapes, nodeAt, type Graph, type Node } from '../ir/graph.js';
import type { AnyOp, WindowSpec } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { add, compare, divide, multiply, subtract, type Exact } from '../values/exact.js';
import { neededNodes, type Extent } from './needed.js';

/** Rows and columns. */
export type PairOfExact = readonly [Exact, Exact];

/** The part of the image that one place of a layer's output sees (Araujo et al. 2019, Distill). */
export interface ReceptiveField {
  /** Rows and columns of the image, over the largest way of sliding windows that leads here. */
  readonly size: PairOfExact;
  /** How far it moves in the image from one place to the next. */
  readonly stride: PairOfExact;
  /** Where the first place's field begins in the image: negative where it begins in the padding. */
  readonly offset: PairOfExact;
  /** True where some way here saw the whole image at once: global pooling, a dense layer, a gate. */
  readonly global: boolean;
}

/** The receptive field of every node, and of the model. */
export interface ReceptiveFields {
  /** By node id. */
  readonly ofNode: readonly ReceptiveField[];
  /** The largest field that slides: global layers behind it see the whole image and don't enlarge it. */
  readonly ofModel: ReceptiveField;
}

/** Follows every window from the input on; where ways join, the largest counts. */
export function receptiveFieldsOf(graph: Graph, extent: Extent = {}): ReceptiveFields {
  const ofNode: ReceptiveField[] = [];
  for (const node of graph.nodes) ofNode.push(fieldOf(graph, node, ofNode));
  const needed = neededNodes(graph, extent);
  let ofModel = onePlace;
  for (const output of graph.outputs) {
    const field = ofNode[output.node];
    if (field !== undefined && needed[output.node] === 1) ofModel = larger(ofModel, field);
  }
  return { ofNode, ofModel };
}

const onePlace: ReceptiveField = { size: [1, 1], stride: [1, 1], offset: [0, 0], global: false };

function fieldOf(graph: Graph, node: Node, known: readonly ReceptiveField[]): ReceptiveField {
  const fields = node.inputs.map((id) => known[id] ?? onePlace);
  const arriving = fields.length === 0 ? onePlace : fields.reduce(larger);
  const op: AnyOp = ops[node.kind];
  const window = op.window(node.args, inputShapes(graph, node));
  if (window === undefined) return arriving;
  if (window === 'everything') return arriving.global ? arriving : { ...arriving, global: true };
  return slide(arriving, window);
}

function slide({ size, stride, offset, global }: ReceptiveField, window: WindowSpec): ReceptiveField {
  const along = (direction: 0 | 1): readonly [Exact, Exact, Exact] => {
    const jump = stride[direction];
    const reach = multiply(window.kernel[direction] - 1, window.dilation[direction]);
    const step = multiply(jump, window.stride[direction]);
    const enlarged = window.upsampling?.[direction] ?? 1;
    return [
      add(size[direction], multiply(reach, jump)),
      divide(step, enlarged) ?? step,
      subtract(offset[direction], multiply(window.padBefore[direction], jump)),
    ];
  };
  const rows = along(0);
  const columns = along(1);
  return {
    size: [rows[0], columns[0]],
    stride: [rows[1], columns[1]],
    offset: [rows[2], columns[2]],
    global,
  };
}

/** Rows and columns are compared each for itself, since a way may be the larger in one direction only. */
function larger(first: ReceptiveField, second: ReceptiveField): ReceptiveField {
  const rows = compare(first.size[0], second.size[0]) === -1 ? second : first;
  const columns = compare(first.size[1], second.size[1]) === -1 ? second : first;
  const global = first.global || second.global;
  if (rows === columns && rows.global === global) return rows;
  return {
    size: [rows.size[0], columns.size[1]],
    stride: [rows.stride[0], columns.stride[1]],
    offset: [rows.offset[0], columns.offset[1]],
    global,
  };
}

/** The node's field; asking for a node that isn't there is our mistake. */
export function fieldAt(fields: ReceptiveFields, graph: Graph, id: number): ReceptiveField {
  return fields.ofNode[nodeAt(graph, id).id] ?? onePlace;
}

/** Where in the image the middle of the first place's field lies, in cells from the first one: halves lie between two. */
export function centreOf({ size, offset }: ReceptiveField): PairOfExact {
  const along = (direction: 0 | 1): Exact =>
    add(offset[direction], divide(subtract(size[direction], 1), 2) ?? 0);
  return [along(0), along(1)];
}

/**
 * Whether the field that slides is at least as large as the image of the model's first input; unknown where that is open or
 * no image.
 */
export function coversInput(graph: Graph, { size }: ReceptiveField): boolean | undefined {
  const [input] = graph.inputs;
  const shape = input === undefined ? [] : nodeAt(graph, input).shape;
  if (shape.length !== 3) return undefined;
  const [rows, columns] = [compare(size[0], shape[0] ?? 0), compare(size[1], shape[1] ?? 0)];
  if (rows === undefined || columns === undefined) return undefined;
  return rows >= 0 && columns >= 0;
}
