import type { Change } from '../compiler/compare/change.js';
import type { Comparison, CostName } from '../compiler/compare/comparison.js';
import { areSameSizes } from '../compiler/compare/same-size.js';
import {
  compare,
  divide,
  isOpen,
  subtract,
  toGrouped,
  toNumber,
  type Exact,
} from '../compiler/values/exact.js';
import { pairText } from './quantities.js';

/** The titles above the figures of a comparison. */
export const figureTitles = ['figure', 'before', 'after', 'change'] as const;

/** What the costs are called, in the order in which they are shown. */
export const costTitles = {
  params: 'params',
  trainable: 'trainable',
  macs: 'macs',
  flops: 'flops',
  weightBytes: 'weights, bytes',
  peakBytes: 'peak, bytes',
} as const satisfies Readonly<Record<CostName, string>>;

/** What two models come to, a row for each figure, in the order of the titles; every number with all its digits. */
export function figureRows({ costs, field }: Comparison): readonly (readonly string[])[] {
  const rows = costNames.map((name) => {
    const { before, after } = costs[name];
    return [costTitles[name], toGrouped(before), toGrouped(after), differenceText(costs[name])];
  });
  const isSame = areSameSizes(field.before, field.after);
  return [
    ...rows,
    ['receptive field', pairText(field.before), pairText(field.after), isSame ? '–' : 'changed'],
  ];
}

/** How much something grew: `+1,024 (+5.2%)`, and a dash where it did not change. */
export function differenceText({ before, after }: Change<Exact>): string {
  const difference = subtract(after, before);
  if (difference === 0) return '–';
  const sign = compare(difference, 0) === 1 ? '+' : '';
  const ratio = divide(difference, before);
  if (ratio === undefined || isOpen(ratio)) return sign + toGrouped(difference);
  return `${sign}${toGrouped(difference)} (${percentText(100 * toNumber(ratio))})`;
}

const costNames = [
  'params',
  'trainable',
  'macs',
  'flops',
  'weightBytes',
  'peakBytes',
] as const satisfies readonly CostName[];

function percentText(percent: number): string {
  const sign = percent > 0 ? '+' : '-';
  const size = Math.abs(percent);
  return size < 0.05 ? `${sign}<0.1%` : `${sign}${size.toFixed(1)}%`;
}
