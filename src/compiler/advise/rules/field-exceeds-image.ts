import { nodeAt } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import { compare, multiply, toGrouped } from '../../values/exact.js';
import { fieldExceedsImageProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** How many times the image a receptive field may measure: published networks stay below 8 at their own sizes. */
const times = 16;

/** The first layer one place of which sees far more than the image; what comes behind it would only say so again. */
export const fieldExceedsImage: Rule = ({ graph, fields: ofNode }, tell) => {
  const [input] = graph.inputs;
  if (input === undefined) return;
  const { shape } = nodeAt(graph, input);
  const direction = ([0, 1] as const).find((along) => {
    const size = shape[along];
    return (
      typeof size === 'number' &&
      shape.length === 3 &&
      ofNode.some((field) => exceeds(field.size[along], size))
    );
  });
  if (direction === undefined) return;
  const image = shape[direction] ?? 1;
  const node = graph.nodes.find(({ id }) => exceeds(ofNode[id]?.size[direction] ?? 1, image));
  if (node === undefined) return;
  const field = toGrouped(ofNode[node.id]?.size[direction] ?? 1);
  tell(reportAt(fieldExceedsImageProblem, node, { field, image: toGrouped(image), times }));
};

function exceeds(size: Parameters<typeof compare>[0], image: Parameters<typeof compare>[0]): boolean {
  return compare(size, multiply(times, image)) === 1;
}
