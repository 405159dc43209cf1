import type { Size } from './box-text.js';

/** Width by height: one line however long; so much; or what fits on a page. */
export type Ratio = 'none' | 'page' | number;

/** Of several the one whose width by height is nearest to what is wanted. */
export function bestOf<One>(
  all: readonly [One, ...One[]],
  sizeOf: (one: One) => Size,
  ratio: number | 'page',
): One {
  if (ratio !== 'page') return nearest(all, sizeOf, ratio);
  const [first, ...others] = all.filter((one) => scaleOf(sizeOf(one)) >= smallest);
  return first === undefined
    ? nearest(all, sizeOf, page.width / page.height)
    : nearest([first, ...others], sizeOf, figure);
}

/** What stands between the text of a page. */
const figure = 4 / 3;

/** The room that a page has for a figure, in points. */
const page: Size = { width: 504, height: 660 };

/** Letters of 11 pixels are then at least 6 points high. */
const smallest = 6 / 11;

/** Points for a pixel, where the picture takes the width of a page, or all its height. */
function scaleOf({ width, height }: Size): number {
  return Math.min(page.width / width, page.height / height);
}

function nearest<One>(all: readonly [One, ...One[]], sizeOf: (one: One) => Size, ratio: number): One {
  const distanceOf = (one: One): number => {
    const { width, height } = sizeOf(one);
    return Math.abs(Math.log(width / height / ratio));
  };
  return all.reduce((best, one) => (distanceOf(one) < distanceOf(best) ? one : best));
}
