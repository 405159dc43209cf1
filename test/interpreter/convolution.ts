import type { ArgsOfKind } from '../../src/compiler/ops/registry.js';
import { only, type Layer } from './layer.js';
import { channelsOf, imageOf, makeImage, sizeAt, tensor, valueAt } from './tensor.js';
import { slides } from './window.js';

/** y[i, j, f] = bias[f] + Σ kernel[u, v, c, f] · x[i·stride + u·dilation - top, j·stride + v·dilation - left, c]. */
export const conv: Layer<'conv'> = (args, inputs, { weight }) => {
  const x = imageOf(only(inputs));
  const kernel = imageOf(weight('kernel'));
  const [rows, columns] = slides(args, x.height, x.width);
  const channelsOfGroup = x.channels / args.groups;
  const filtersOfGroup = args.filters / args.groups;
  return makeImage([x.batch, rows.count, columns.count, args.filters], (n, i, j, f) => {
    let sum = args.bias ? valueAt(weight('bias'), f) : 0;
    const firstChannel = Math.floor(f / filtersOfGroup) * channelsOfGroup;
    for (let u = 0; u < args.kernel[0]; u++) {
      const row = rows.first + i * args.stride[0] + u * args.dilation[0];
      if (row < 0 || row >= x.height) continue;
      for (let v = 0; v < args.kernel[1]; v++) {
        const column = columns.first + j * args.stride[1] + v * args.dilation[1];
        if (column < 0 || column >= x.width) continue;
        for (let c = 0; c < channelsOfGroup; c++) {
          sum += kernel.at(u, v, c, f) * x.at(n, row, column, firstChannel + c);
        }
      }
    }
    return sum;
  });
};

/** y[i, j, c·multiplier + m] = bias + Σ kernel[u, v, c, m] · x[i·stride + u·dilation - top, j·stride + v·dilation - left, c]. */
export const dwconv: Layer<'dwconv'> = (args, inputs, { weight }) => {
  const x = imageOf(only(inputs));
  const kernel = imageOf(weight('kernel'));
  const [rows, columns] = slides(args, x.height, x.width);
  return makeImage([x.batch, rows.count, columns.count, x.channels * args.multiplier], (n, i, j, f) => {
    let sum = args.bias ? valueAt(weight('bias'), f) : 0;
    const c = Math.floor(f / args.multiplier);
    for (let u = 0; u < args.kernel[0]; u++) {
      for (let v = 0; v < args.kernel[1]; v++) {
        const row = rows.first + i * args.stride[0] + u * args.dilation[0];
        const column = columns.first + j * args.stride[1] + v * args.dilation[1];
        if (row < 0 || row >= x.height || column < 0 || column >= x.width) continue;
        sum += kernel.at(u, v, c, f % args.multiplier) * x.at(n, row, column, c);
      }
    }
    return sum;
  });
};

/** Lays kernel[u, v, f, c] · x[a, b, c] at row a·stride + u - top, column b·stride + v - left, and sums what falls together. */
export const deconv: Layer<'deconv'> = (args, inputs, { weight }) => {
  const x = imageOf(only(inputs));
  const kernel = imageOf(weight('kernel'));
  const rows = spread(args, x.height, 0);
  const columns = spread(args, x.width, 1);
  const bias = args.bias ? weight('bias') : undefined;
  const y = makeImage([x.batch, rows.size, columns.size, args.filters], (_n, _i, _j, f) =>
    bias === undefined ? 0 : valueAt(bias, f),
  );
  for (let n = 0; n < x.batch; n++) {
    for (let a = 0; a < x.height; a++) {
      for (let b = 0; b < x.width; b++) {
        for (let u = 0; u < args.kernel[0]; u++) {
          for (let v = 0; v < args.kernel[1]; v++) {
            const row = a * args.stride[0] + u - rows.cut;
            const column = b * args.stride[1] + v - columns.cut;
            if (row < 0 || row >= rows.size || column < 0 || column >= columns.size) continue;
            for (let f = 0; f < args.filters; f++) {
              for (let c = 0; c < x.channels; c++) {
                const place = ((n * rows.size + row) * columns.size + column) * args.filters + f;
                y.values[place] = valueAt(y, place) + kernel.at(u, v, f, c) * x.at(n, a, b, c);
              }
            }
          }
        }
      }
    }
  }
  return y;
};

/** y[…, u] = bias[u] + Σ kernel[c, u] · x[…, c]. */
export const dense: Layer<'dense'> = (args, inputs, { weight }) => {
  const x = only(inputs);
  const kernel = weight('kernel');
  const features = channelsOf(x);
  const places = x.values.length / features;
  const values: number[] = [];
  for (let place = 0; place < places; place++) {
    for (let u = 0; u < args.units; u++) {
      let sum = args.bias ? valueAt(weight('bias'), u) : 0;
      for (let c = 0; c < features; c++) {
        sum += valueAt(kernel, c * sizeAt(kernel, 1) + u) * valueAt(x, place * features + c);
      }
      values.push(sum);
    }
  }
  return tensor([...x.shape.slice(0, -1), args.units], values);
};

/** How large a transposed convolution's output is in one direction, and how much of what it lays is cut off before it. */
function spread(
  { pad, kernel, stride, output_pad: more }: ArgsOfKind<'deconv'>,
  size: number,
  direction: 0 | 1,
): { readonly size: number; readonly cut: number } {
  const step = stride[direction];
  const overlap = Math.max(kernel[direction] - step, 0);
  if (pad.kind === 'same') return { size: size * step, cut: Math.floor(overlap / 2) };
  if (pad.kind === 'valid') return { size: size * step + overlap, cut: 0 };
  const [before, behind] = direction === 0 ? [pad.top, pad.bottom] : [pad.left, pad.right];
  return {
    size: (size - 1) * step + kernel[direction] - before - behind + more[direction],
    cut: before,
  };
}
