import type { ProblemDetails } from '../../diagnostics/problem.js';
import { textOf, type Span } from '../../diagnostics/source.js';
import { isComplaint, type AnyOp, type Args } from '../ops/op.js';
import { maximumDimension } from '../ops/limits.js';
import { ops, type OpKind } from '../ops/registry.js';
import { limitExceeded, missingArgument, unknownParameter } from '../resolve/problems.js';
import type { NodeRequest } from '../ir/build.js';
import type { Node, Trail } from '../ir/graph.js';
import { isAtLeast, isOpen, isWhole, toGrouped, toText } from '../values/exact.js';
import { describeValue, isNumber, isUnknown } from '../values/kinds.js';
import { forget } from './environment.js';
import { stepsOf } from '../ir/report-at.js';
import { fail } from './evaluator.js';
import { needsSize, notWhole, shareMismatch, wrongArgument, noTensor } from './problems.js';
import { originOf, unknownTensor, type Expansion, type Place, type Tensor } from './state.js';
import type { LayerTarget, PlacedValue } from './targets.js';

/** The checked arguments of a layer, `undefined` where a mistake was reported. */
export function checkArguments(
  expansion: Expansion,
  target: LayerTarget,
  span: Span,
  trail: Trail | undefined,
): Args | undefined {
  const op: AnyOp = ops[target.op];
  const args: Record<string, unknown> = {};
  const values = splitStride(op, target.values);
  for (const [name, param] of Object.entries(op.params)) {
    const given = values.get(name);
    if (given === undefined) {
      if (param.required) {
        const facts = { name, of: target.op, example: op.doc.example.line };
        fail(expansion.evaluator, missingArgument, facts, { span, trail });
        return undefined;
      }
      args[name] = param.fallback;
      continue;
    }
    if (isUnknown(given.value)) return undefined;
    const parsed = param.type.parse(given.value);
    if (!parsed.ok) {
      tellWrong(
        expansion,
        { name, op: target.op, given, expected: parsed.expected, waitsFor: parsed.waitsFor ?? [] },
        trail,
      );
      return undefined;
    }
    args[name] = parsed.value;
  }
  const surplus = [...values.keys()].find((name) => !Object.hasOwn(op.params, name));
  if (surplus !== undefined) {
    fail(
      expansion.evaluator,
      unknownParameter,
      {
        name: surplus,
        of: target.op,
      },
      { span: values.get(surplus)?.span ?? span, trail },
    );
    return undefined;
  }
  const completed = op.complete(args);
  if (!isComplaint(completed)) return completed;
  const at = completed.parameter === undefined ? span : (values.get(completed.parameter)?.span ?? span);
  expansion.evaluator.report(completed.report(at, { trail: stepsOf(trail) }));
  return undefined;
}

/** `3x3/2` is two arguments: the window, and the stride behind it. */
function splitStride(op: AnyOp, values: ReadonlyMap<string, PlacedValue>): ReadonlyMap<string, PlacedValue> {
  for (const [name, { value, span }] of values) {
    if (typeof value !== 'object' || value.kind !== 'strided' || !Object.hasOwn(op.params, 'stride'))
      continue;
    const split = new Map(values);
    split.set(name, { value: value.window, span });
    if (!split.has('stride')) split.set('stride', { value: value.stride, span });
    return split;
  }
  return values;
}

interface WrongArgument {
  readonly name: string;
  readonly op: OpKind;
  readonly given: PlacedValue;
  readonly expected: string;
  readonly waitsFor: readonly string[];
}

function tellWrong(expansion: Expansion, wrong: WrongArgument, trail: Trail | undefined): void {
  const { name, op, given, expected, waitsFor } = wrong;
  const { evaluator } = expansion;
  const { value, span, held } = given;
  if (held !== undefined) forget(held, textOf(span));
  if (waitsFor.length > 0) {
    fail(evaluator, needsSize, { what: `\`${name}\` of \`${op}\``, sizes: waitsFor }, { span, trail });
    return;
  }
  if (
    isNumber(value) &&
    !isOpen(value) &&
    isWhole(value) === false &&
    expected.startsWith('a whole number')
  ) {
    const text = withoutParentheses(textOf(span));
    fail(evaluator, notWhole, { parameter: name, of: op, text, value: toText(value) }, { span, trail });
    return;
  }
  const help = isNumber(value) && isAtLeast(value, maximumDimension + 1) === true ? beyondHelp : undefined;
  const facts = { parameter: name, of: op, expected, got: describeValue(value) };
  fail(evaluator, wrongArgument, facts, { span, trail, help });
}

const beyondHelp = 'no size is larger than 2,147,483,647';

function withoutParentheses(text: string): string {
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1).trim() : text;
}

/** A layer that is about to be added. */
export interface NewLayer {
  readonly op: OpKind;
  readonly args: Args;
  readonly inputs: readonly Tensor[];
  readonly path: string;
  readonly inline?: boolean;
}

/** Where it was written: the whole, each argument, and what else a complaint should point at. */
export interface NewLayerSite {
  readonly span: Span;
  readonly values: ReadonlyMap<string, PlacedValue>;
  readonly details?: () => ProblemDetails;
}

/** Adds the node of a layer that reads the given tensors, and gives its tensor; behind a mistake that is unknown. */
export function addLayer(expansion: Expansion, place: Place, layer: NewLayer, site: NewLayerSite): Tensor {
  const known = layer.inputs.filter((tensor) => tensor.kind === 'tensor');
  if (known.length < layer.inputs.length) return unknownTensor;
  const op: AnyOp = ops[layer.op];
  const [first] = known;
  if (op.passesThrough && first !== undefined) return first;
  const { trail } = place.environment;
  const { builder, evaluator, limits } = expansion;
  if (builder.nodes.length >= limits.layers) {
    stopAtLimit(expansion, site.span, trail, `more than ${toGrouped(limits.layers)}`);
    return unknownTensor;
  }
  const request: NodeRequest = {
    kind: layer.op,
    path: layer.path,
    args: layer.args,
    inputs: known.map((tensor) => tensor.node),
    scope: place.frame.scope,
    origin: originOf(site.span, trail),
    inline: layer.inline ?? false,
    ...sharedNode(expansion, place),
  };
  const node = builder.add(request);
  if (isComplaint(node)) {
    const at =
      node.parameter === undefined ? site.span : (site.values.get(node.parameter)?.span ?? site.span);
    evaluator.report(node.report(at, { trail: stepsOf(trail), ...site.details?.() }));
    return unknownTensor;
  }
  recordShared(expansion, place, node, site.span);
  return { kind: 'tensor', node: node.id, shape: node.shape };
}

/** Reports that a limit of layers was met, once, and stops the expansion. */
export function stopAtLimit(expansion: Expansion, span: Span, trail: Trail | undefined, got: string): void {
  if (expansion.stopped) return;
  expansion.stopped = true;
  const facts = { what: 'layers', limit: expansion.limits.layers, got, flag: '--limit-layers' };
  fail(expansion.evaluator, limitExceeded, facts, { span, trail });
}

/** What a layer reads, or a reported mistake where nothing arrives. */
export function arriving(expansion: Expansion, place: Place, step: string, span: Span): Tensor {
  const { current } = place.line;
  if (current !== undefined) return current;
  fail(expansion.evaluator, noTensor, { step }, { span, trail: place.environment.trail });
  place.line.current = unknownTensor;
  return unknownTensor;
}

function sharedNode(expansion: Expansion, place: Place): { readonly sharesWith?: number } {
  const { sharing } = place.frame;
  const owner = sharing?.first?.[sharing.next];
  return owner === undefined || expansion.builder.nodes[owner]?.weights.length === 0
    ? {}
    : { sharesWith: owner };
}

function recordShared(expansion: Expansion, place: Place, node: Node, span: Span): void {
  const { sharing } = place.frame;
  if (sharing === undefined) return;
  sharing.recorded.push(node.id);
  if (sharing.first === undefined) return;
  const ownerId = sharing.first[sharing.next];
  sharing.next += 1;
  const owner = ownerId === undefined ? undefined : expansion.builder.nodes[ownerId];
  const first = owner === undefined ? 'no layer here' : needs(owner);
  const now = needs(node);
  if (first !== now) {
    fail(
      expansion.evaluator,
      shareMismatch,
      {
        part: sharing.name,
        first,
        now,
      },
      { span, trail: place.environment.trail },
    );
  }
}

/** `\`conv\` with 3×3×1×4 + 4`. */
function needs(node: Node): string {
  const sizes = node.weights.map(({ shape }) => shape.map((size) => toText(size)).join('×')).join(' + ');
  return sizes === '' ? `\`${node.kind}\`` : `\`${node.kind}\` with ${sizes}`;
}
