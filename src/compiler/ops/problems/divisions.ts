import { defineProblem } from '../../../diagnostics/problem.js';
import { shapeText, type Shape } from '../shape.js';

/** Groups that don't split the channels evenly. */
export const groupsDoNotDivide = defineProblem<{ layer: string; groups: number; count: number; of: string }>({
  code: 'groups-do-not-divide',
  severity: 'error',
  explain: {
    text:
      'Groups split the channels into parts of one size, each of which is worked on alone; a grouped convolution splits its ' +
      'filters likewise. So the groups must divide both without a rest.',
    wrong: 'model Grouped {\n  input 32x32x3\n  conv 16 3x3 groups=2\n}\n',
    right: 'model Grouped {\n  input 32x32x3\n  conv 16 3x3\n  conv 16 3x3 groups=2\n}\n',
  },
  message: ({ layer, groups, count, of }) =>
    `\`${layer}\` splits its ${of} into ${String(groups)} groups, but ${String(count)} / ${String(groups)} is not whole`,
  help: ({ groups, count }) => `${String(count)} can be split into ${nearestDivisors(count, groups)} groups`,
});

/** Channels that can't be laid out as blocks of pixels. */
export const channelsDoNotFillBlocks = defineProblem<{ block: number; channels: number }>({
  code: 'channels-do-not-fill-blocks',
  severity: 'error',
  explain: {
    text: '`depth_to_space n` lays every n × n channels of a pixel out as a block of n × n pixels, so n × n must divide the channels.',
    wrong: 'model Larger {\n  input 8x8x6\n  depth_to_space 2\n}\n',
    right: 'model Larger {\n  input 8x8x6\n  conv 12 1x1\n  depth_to_space 2\n}\n',
  },
  message: ({ block, channels }) =>
    `blocks of ${shapeText([block, block])} take ${String(block * block)} channels each, which doesn't divide ${String(channels)} channels`,
  help: ({ block, channels }) =>
    `put \`conv ${String(nearestMultiple(channels, block * block))} 1x1\` before it`,
});

/** An image that can't be cut into whole blocks. */
export const imageDoesNotFillBlocks = defineProblem<{ block: number; shape: Shape }>({
  code: 'image-does-not-fill-blocks',
  severity: 'error',
  explain: {
    text: '`space_to_depth n` cuts the image into blocks of n × n pixels and stacks each into channels, so n must divide height and width.',
    wrong: 'model Stacked {\n  input 15x15x3\n  space_to_depth 2\n}\n',
    right: 'model Stacked {\n  input 15x15x3\n  pad [0, 1, 0, 1]\n  space_to_depth 2\n}\n',
  },
  message: ({ block, shape }) =>
    `blocks of ${shapeText([block, block])} don't divide an image of ${shapeText(shape.slice(0, 2))}`,
  help: ({ block, shape }) => {
    const [bottom = 0, right = 0] = shape.map((size) =>
      typeof size === 'number' ? (block - (size % block)) % block : 0,
    );
    return `put \`pad [0, ${String(bottom)}, 0, ${String(right)}]\` before it`;
  },
});

/** The divisors of a count that are nearest to a number, below and above, for messages. */
function nearestDivisors(count: number, wanted: number): string {
  let below = 1;
  let above = count;
  // Divisors come in pairs, one of which is at most the root: 46,341 rounds for the largest dimension.
  for (let small = 1; small * small <= count; small += 1) {
    if (count % small !== 0) continue;
    for (const divisor of [small, count / small]) {
      if (divisor <= wanted) below = Math.max(below, divisor);
      else above = Math.min(above, divisor);
    }
  }
  return below === above || above < wanted ? String(below) : `${String(below)} or ${String(above)}`;
}

function nearestMultiple(count: number, of: number): number {
  return Math.max(1, Math.round(count / of)) * of;
}
