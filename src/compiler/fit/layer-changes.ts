import type { Node } from '../ir/graph.js';
import type { Args } from '../ops/op.js';
import type { Pair } from '../ops/types/pair.js';

/** Other arguments of a layer, and the change in words. */
export interface LayerChange {
  readonly args: Args;
  readonly text: {
    /** The parameter, as the language names it. */
    readonly parameter: string;
    readonly from: string;
    readonly to: string;
  };
}

/** Twice the stride, where the window is large enough to see every pixel all the same. */
export function largerStride(node: Node): LayerChange | undefined {
  switch (node.kind) {
    case 'conv':
    case 'dwconv':
    case 'pool': {
      const { args } = node;
      const [down, across] = args.stride ?? args.kernel;
      const stride: Pair = [2 * down, 2 * across];
      if (stride[0] > args.kernel[0] || stride[1] > args.kernel[1]) return undefined;
      return {
        args: { ...args, stride },
        text: { parameter: 'stride', from: pairText([down, across]), to: pairText(stride) },
      };
    }
    default:
      return undefined;
  }
}

/** Half the channels or features that a layer gives. */
export function fewerFilters(node: Node): LayerChange | undefined {
  switch (node.kind) {
    case 'conv':
    case 'deconv':
      return halved('filters', node.args.filters, (filters) => ({ ...node.args, filters }));
    case 'dense':
      return halved('units', node.args.units, (units) => ({ ...node.args, units }));
    default:
      return undefined;
  }
}

function halved(parameter: string, from: number, change: (to: number) => Args): LayerChange | undefined {
  const to = Math.ceil(from / 2);
  return to === from
    ? undefined
    : { args: change(to), text: { parameter, from: String(from), to: String(to) } };
}

function pairText([rows, columns]: Pair): string {
  return rows === columns ? String(rows) : `[${String(rows)}, ${String(columns)}]`;
}
