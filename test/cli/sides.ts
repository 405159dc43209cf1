import { idx, png } from '../runtime/data/files.js';

/** A model that tells two kinds of small images apart. */
export const sidesModel = `model Sides<classes = 2> {
  input 8x8x1
  flatten
  dense classes softmax
}

train Sides { optimizer adam rate=0.05; batch 16; epochs 2 }
`;

/** IDX files of images that are light on the left (0) or on the right (1). */
export function sidesData(training = 160, test = 40): Readonly<Record<string, Uint8Array>> {
  return { ...pair('train', training), ...pair('t10k', test) };
}

/** A PNG file that is light everywhere. */
export const lightImage = png(8, 8, [255, 255, 255]);

function pair(prefix: string, count: number): Readonly<Record<string, Uint8Array>> {
  const labels = Array.from({ length: count }, (_, image) => image % 2);
  const pixels = labels.flatMap((label, image) =>
    Array.from({ length: 64 }, (_, cell) => (isLight(label, cell % 8) ? 200 + (image % 50) : image % 40)),
  );
  return {
    [`data/${prefix}-images-idx3-ubyte`]: idx([count, 8, 8], pixels),
    [`data/${prefix}-labels-idx1-ubyte`]: idx([count], labels),
  };
}

function isLight(label: number, column: number): boolean {
  return label === 0 ? column < 4 : column >= 4;
}
