import { shapeText, type Shape } from './shape.js';

/** Height, width and channels that are all known. */
type KnownImage = readonly [number, number, number];

/** The repair for branches of two shapes: a projection of one to the other, if there is a plain one. */
export function projection(layer: string, shapes: readonly Shape[]): string | undefined {
  const [first, last] = [shapes[0], shapes.at(-1)];
  if (first === undefined || last === undefined || shapes.length !== 2) return undefined;
  const [one, other] = [knownImage(first), knownImage(last)];
  if (one !== undefined && other !== undefined) return projectionOf(layer, one, other);
  const image = one ?? other;
  const features = one === undefined ? first : last;
  if (image === undefined || features.length !== 1) return undefined;
  return `end the branch of features with \`dense ${String(image[2])}\`, one for each channel`;
}

/** The last branch is projected, as a shortcut stands last, unless only the first can come down to the other's size. */
function projectionOf(layer: string, first: KnownImage, last: KnownImage): string | undefined {
  const downLast = layerFrom(last, first);
  if (downLast !== undefined) {
    return layer === 'add'
      ? `project the shortcut: ${downLast}`
      : `bring the last branch to ${shapeText(first)}: ${downLast}`;
  }
  const downFirst = layerFrom(first, last);
  return downFirst === undefined ? undefined : `bring the first branch to ${shapeText(last)}: ${downFirst}`;
}

function layerFrom(from: KnownImage, to: KnownImage): string | undefined {
  const rows = strideFrom(from[0], to[0]);
  const columns = strideFrom(from[1], to[1]);
  if (rows === undefined || columns === undefined) return undefined;
  const filters = String(to[2]);
  if (rows !== columns) return `\`conv ${filters} 1x1 same stride=[${String(rows)}, ${String(columns)}]\``;
  return rows === 1 ? `\`conv ${filters} 1x1\`` : `\`conv ${filters} 1x1/${String(rows)} same\``;
}

/** The stride with which `same` makes one size of another. */
function strideFrom(from: number, to: number): number | undefined {
  const stride = Math.ceil(from / to);
  return Math.ceil(from / stride) === to ? stride : undefined;
}

function knownImage(shape: Shape): KnownImage | undefined {
  const [height, width, channels] = shape;
  if (typeof height !== 'number' || typeof width !== 'number' || typeof channels !== 'number')
    return undefined;
  return shape.length === 3 ? [height, width, channels] : undefined;
}
