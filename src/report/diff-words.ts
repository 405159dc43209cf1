import type { ArgumentChange, ChangedLayer } from '../compiler/compare/comparison.js';
import type { Item, LayerItem } from '../compiler/compare/outline.js';
import { layersOf } from '../compiler/compare/outline.js';
import { writtenArguments } from '../compiler/ir/written-arguments.js';
import type { Node } from '../compiler/ir/graph.js';
import type { AnyOp } from '../compiler/ops/op.js';
import { ops } from '../compiler/ops/registry.js';
import { toGrouped } from '../compiler/values/exact.js';
import { shapeText } from '../compiler/values/shape-text.js';
import { counted } from './check-text.js';

/** A layer or a block in words, with its shape: `conv 64 3 same -> relu, 8×8×64`, `residual<64> with 7 layers, 8×8×64`. */
export function itemWords(item: Item): string {
  const layers = layersOf(item);
  const result = layers.at(-1)?.nodes.at(-1);
  const form =
    item.kind === 'layer' ? layerWords(item) : `${item.scope.text} with ${counted(layers.length, 'layer')}`;
  return result === undefined ? form : `${form}, ${shapeText(result.shape)}`;
}

/** What differs in a layer: `filters 4 → 8; 8×8×4 → 8×8×8; 40 → 80 params`. */
export function changeWords(change: ChangedLayer): string {
  const { activation, inputs, sharesWith, shape, params } = change;
  const words = change.arguments.map(argumentWords);
  if (activation !== undefined)
    words.push(`activation ${activation.before || 'none'} → ${activation.after || 'none'}`);
  if (inputs !== undefined) words.push(`reads ${inputs.before.join(', ')} → ${inputs.after.join(', ')}`);
  if (sharesWith !== undefined)
    words.push(`weights ${ownerWords(sharesWith.before)} → ${ownerWords(sharesWith.after)}`);
  if (shape !== undefined) words.push(`${shapeText(shape.before)} → ${shapeText(shape.after)}`);
  if (params !== undefined) words.push(`${toGrouped(params.before)} → ${toGrouped(params.after)} params`);
  return words.join('; ');
}

/** An argument before and after: `filters 4 → 8`. */
export function argumentWords({ name, before, after }: ArgumentChange): string {
  return `${name} ${before ?? 'default'} → ${after ?? 'default'}`;
}

/** The first few of many: `a, b, c and 4 more`. */
export function firstFew(items: readonly string[]): string {
  const shown = items.slice(0, mostShown).join(', ');
  return items.length > mostShown ? `${shown} and ${toGrouped(items.length - mostShown)} more` : shown;
}

const mostShown = 3;

function layerWords({ nodes }: LayerItem): string {
  return nodes.map(nodeWords).join(' -> ');
}

/** As it might be written: what may stand without its name does. */
function nodeWords(node: Node): string {
  const op: AnyOp = ops[node.kind];
  const words = writtenArguments(node).map(({ name, text }) => {
    const isBare = op.positional.includes(name) || op.params[name]?.type.words.includes(text) === true;
    if (name === 'kernel') return text.replace(/^\d+$/, '$&x$&');
    return isBare ? text : `${name}=${text}`;
  });
  return [node.kind, ...words].join(' ');
}

function ownerWords(path: string | undefined): string {
  return path === undefined ? 'of its own' : `of ${path}`;
}
