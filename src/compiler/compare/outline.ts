import type { Graph, Node, Scope } from '../ir/graph.js';
import { nodeAt } from '../ir/graph.js';
import { argumentsText } from '../ir/print.js';
import type { WeightSpec } from '../ops/op.js';
import { toDigits } from '../values/exact.js';

/** A layer with the activations in its line. */
export interface LayerItem {
  readonly kind: 'layer';
  readonly path: string;
  /** The layer first, then its activations. */
  readonly nodes: readonly Node[];
  readonly head: Node;
  readonly keys: ItemKeys;
  readonly hasWeights: boolean;
}

/** A call of a block, or the whole model. */
export interface CallItem {
  readonly kind: 'call';
  readonly path: string;
  readonly scope: Scope;
  readonly items: readonly Item[];
  readonly keys: ItemKeys;
  readonly hasWeights: boolean;
}

/** What a model or a block consists of, in the order of the source. */
export type Item = LayerItem | CallItem;

/** By what an item is found in another model, the strictest first; equal numbers mean equal texts. */
export type ItemKeys = readonly number[];

/** A model as a tree of calls and layers. */
export interface Outline {
  readonly graph: Graph;
  readonly root: CallItem;
  /** All layers in the order of the source. */
  readonly layers: readonly LayerItem[];
  /** By node id, the layer in whose line the node stands. */
  readonly lineOf: readonly LayerItem[];
}

/** Gives equal texts equal numbers. */
export type Intern = (text: string) => number;

/** How many keys an item has. */
export const keyLevels = 6;

/** The key that tells layers with the same arguments and weights, whatever they are called. */
export const sameLayerKey = 2;

/** Makes the interning function that two outlines must share to be compared. */
export function makeIntern(): Intern {
  const known = new Map<string, number>();
  return (text) => {
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  };
}

/** Reads a graph as the tree of calls it was expanded from. */
export function outlineOf(graph: Graph, intern: Intern): Outline {
  const lines = linesOf(graph, intern);
  const children = graph.scopes.map((): Item[] => []);
  // Layers stand in their scopes, scopes in those around them; a scope has a smaller number than those inside.
  for (const line of lines) children[line.head.scope]?.push(line);
  let root: CallItem | undefined;
  for (let index = graph.scopes.length - 1; index >= 0; index--) {
    const scope = graph.scopes[index];
    if (scope === undefined) continue;
    const items = (children[index] ?? []).sort((one, other) => firstNode(one) - firstNode(other));
    const call = callItem(scope, items, intern);
    if (scope.parent === undefined) root = call;
    else if (items.length > 0) children[scope.parent]?.push(call);
  }
  if (root === undefined) throw new Error(`no outermost scope in ${graph.name}`);
  return { graph, root, layers: lines, lineOf: lines.flatMap((line) => line.nodes.map(() => line)) };
}

/** All layers of an item, in the order of the source. */
export function layersOf(item: Item): readonly LayerItem[] {
  return item.kind === 'layer' ? [item] : item.items.flatMap(layersOf);
}

function linesOf(graph: Graph, intern: Intern): readonly LayerItem[] {
  const lines: LayerItem[] = [];
  for (let id = 0; id < graph.nodes.length;) {
    const head = nodeAt(graph, id);
    const nodes = [head];
    for (let node = graph.nodes[++id]; node?.inline === true; node = graph.nodes[++id]) nodes.push(node);
    lines.push(layerItem(head, nodes, intern));
  }
  return lines;
}

function layerItem(head: Node, nodes: readonly Node[], intern: Intern): LayerItem {
  const form = nodes.map((node) => node.kind + argumentsText(node)).join(' -> ');
  const whole = `${form} : ${nodes.map(weightsText).join(' ')}`;
  const { given, name } = namesOf(head.path, head.kind);
  const texts = [`${given} ${whole}`, `${given} ${form}`, whole, form, `${name} ${head.kind}`, head.kind];
  const keys = texts.map((text, level) => intern(`layer ${String(level)} ${text}`));
  const hasWeights = nodes.some(({ weights }) => weights.length > 0);
  return { kind: 'layer', path: head.path, nodes, head, keys, hasWeights };
}

function weightsText({ weights, sharesWith }: Node): string {
  const shapes = weights.map(({ name, shape }: WeightSpec) => `${name} ${shape.map(toDigits).join(' ')}`);
  return `${sharesWith === undefined ? '' : 'shared '}${shapes.join(', ')}`;
}

function callItem(scope: Scope, items: readonly Item[], intern: Intern): CallItem {
  const block = /^[^<]*/.exec(scope.text)?.[0] ?? '';
  const keysOf = (level: number): string => items.map(({ keys }) => keys[level]).join(' ');
  const [whole, form] = [keysOf(2), keysOf(3)];
  const { given, name } = namesOf(scope.path, block);
  const texts = [
    `${given} ${block} ${whole}`,
    `${given} ${block} ${form}`,
    whole,
    form,
    `${name} ${block}`,
    block,
  ];
  const keys = texts.map((text, level) => intern(`call ${String(level)} ${text}`));
  const hasWeights = items.some((item) => item.hasWeights);
  return { kind: 'call', path: scope.path, scope, items, keys, hasWeights };
}

/** The last part of a path, and the same where `as` gave it: a name that was counted says nothing of its layer. */
function namesOf(path: string, counted: string): { readonly name: string; readonly given: string } {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const isCounted = name.startsWith(counted) && /^\d*$/.test(name.slice(counted.length));
  return { name, given: isCounted ? '' : name };
}

function firstNode(item: Item): number {
  return item.kind === 'layer' ? item.head.id : item.scope.first;
}
