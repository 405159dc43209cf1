import type { Node } from '../../compiler/ir/graph.js';
import type { AnyOp } from '../../compiler/ops/op.js';
import { ops } from '../../compiler/ops/registry.js';

/** A layer in the words of the language, with the values that its arguments have: `conv 64 7×7/2`. */
export function layerTitle(node: Node): string {
  const op: AnyOp = ops[node.kind];
  const args: Readonly<Record<string, unknown>> = node.args;
  const write = (name: string): string => op.params[name]?.type.write(args[name]) ?? '';
  const mode = args['mode'] === undefined ? [] : [write('mode')];
  const values = op.positional
    .filter((name) => args[name] !== undefined)
    .map((name) => (name === 'kernel' ? write(name).replace(/^\d+$/, '$&x$&') : write(name)));
  const stride = args['stride'] === undefined ? '' : write('stride');
  const step = stride === '' || stride === '1' ? '' : `/${stride}`;
  return `${[node.kind, ...mode, ...values].join(' ')}${step}`.replace(/(\d)x(?=\d)/g, '$1×');
}

/** Arguments that change what a layer computes and that its title has not: `groups=2`. */
export function layerNotes(node: Node): readonly string[] {
  const op: AnyOp = ops[node.kind];
  const args: Readonly<Record<string, unknown>> = node.args;
  return ['dilation', 'groups', 'multiplier'].flatMap((name) => {
    const param = op.params[name];
    if (param === undefined || op.positional.includes(name)) return [];
    const text = param.type.write(args[name]);
    return text === param.type.write(param.fallback) ? [] : [`${name}=${text}`];
  });
}
