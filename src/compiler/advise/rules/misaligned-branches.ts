import { centreOf } from '../../analyse/receptive-field.js';
import { reportAt } from '../../ir/report-at.js';
import { ops } from '../../ops/registry.js';
import { absolute, compare, subtract, toText, type Exact } from '../../values/exact.js';
import { misalignedBranchesProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** A join of images whose fields have their middles a step or more apart; through a gate a branch sees the whole image. */
export const misalignedBranches: Rule = ({ graph, fields: ofNode }, tell) => {
  for (const node of graph.nodes) {
    if (ops[node.kind].category !== 'join' || node.shape.length !== 3) continue;
    const fields = node.inputs.flatMap((id) => ofNode[id] ?? []).filter(({ global }) => !global);
    const [first] = fields;
    if (first === undefined) continue;
    const place = ([0, 1] as const).flatMap((along) => {
      const middles = fields.map((field) => centreOf(field)[along]);
      const apart = largestDistance(middles);
      return compare(apart, first.stride[along]) === -1 ? [] : [{ along, apart }];
    })[0];
    if (place === undefined) continue;
    const facts = {
      layer: node.kind,
      apart: toText(place.apart),
      along: place.along === 0 ? 'height' : 'width',
    };
    tell(reportAt(misalignedBranchesProblem, node, facts));
  }
};

function largestDistance([first = 0, ...others]: readonly Exact[]): Exact {
  let largest: Exact = 0;
  for (const other of others) {
    const distance = absolute(subtract(other, first));
    if (compare(distance, largest) === 1) largest = distance;
  }
  return largest;
}
