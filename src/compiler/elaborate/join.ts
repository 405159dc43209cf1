import type { Related } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/source.js';
import type { Body, Join } from '../../parser/ast.js';
import { nodeAt, type Node } from '../ir/graph.js';
import type { AnyOp, Shape } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { toText } from '../values/exact.js';
import { shapeText } from '../values/kinds.js';
import type { TensorValue } from '../values/value.js';
import type { Expansion, Tensor } from './state.js';

/** One branch of a join: where it stands and what came out of it. */
export interface Branch {
  readonly body: Body;
  readonly tensor: Tensor;
}

/** A join, what arrives at it, and whether that is what arrives at a block. */
export interface JoinSite {
  readonly join: Join;
  readonly from: Tensor;
  readonly isBlock: boolean;
}

/** The places that a message about a join points at: each branch, what it gives, and how the size came there. */
export function describeBranches(
  expansion: Expansion,
  site: JoinSite,
  branches: readonly Branch[],
): readonly Related[] {
  return branches.flatMap(({ body, tensor }) => {
    if (tensor.kind === 'unknown') return [];
    const span = branchSpan(body);
    return [{ span, label: `${shapeText(tensor.shape)}${history(expansion, tensor, site)}` }];
  });
}

function branchSpan(body: Body): Span {
  const first = body.statements[0]?.span ?? body.span;
  const last = body.statements.at(-1)?.span ?? body.span;
  return { source: first.source, start: first.start, end: last.end };
}

/** `: stride 2 halves 56×56`, or that it is what arrives. */
function history(expansion: Expansion, tensor: TensorValue, { from, join, isBlock }: JoinSite): string {
  if (from.kind === 'unknown') return '';
  if (tensor.node === from.node) return `: ${isBlock ? 'the block’s input' : 'what arrives'}, unchanged`;
  const nodes = expansion.builder.nodes;
  let node: Node = nodeAt({ nodes }, tensor.node);
  while (node.id !== from.node) {
    const previousId = node.inputs[0];
    if (previousId === undefined || node.id < from.node) return '';
    const previous = nodeAt({ nodes }, previousId);
    const change = sizeChange(node, previous, join.span);
    if (change !== undefined) return `: ${change}`;
    node = previous;
  }
  return '';
}

function sizeChange(node: Node, previous: Node, within: Span): string | undefined {
  if (node.shape.length !== 3 || previous.shape.length !== 3) return undefined;
  const [now, before] = [planeText(node.shape), planeText(previous.shape)];
  if (now === before) return undefined;
  const op: AnyOp = ops[node.kind];
  const window = op.window(node.args, [previous.shape]);
  const strides = typeof window === 'object' ? window.stride : [1, 1];
  const strided = strides[0] > 1 || strides[1] > 1;
  const what = strided
    ? `stride ${strides[0] === strides[1] ? String(strides[0]) : strides.join('×')}`
    : `\`${node.kind}\``;
  const { span } = node.origin;
  const isInside = span.source === within.source && span.start >= within.start && span.end <= within.end;
  const action = halves(node.shape, previous.shape) ? `halves ${before}` : `takes ${before} to ${now}`;
  return `${what} ${isInside ? '' : `of \`${node.path}\` `}${action}`;
}

function halves(now: Shape, before: Shape): boolean {
  return [0, 1].every((side) => {
    const [small, large] = [now[side], before[side]];
    return typeof small === 'number' && typeof large === 'number' && small * 2 === large;
  });
}

function planeText(shape: Shape): string {
  return shape
    .slice(0, 2)
    .map((size) => toText(size))
    .join('×');
}
