import { InvalidArgumentError } from 'commander';
import type { CostName } from '../compiler/compare/comparison.js';
import { exact } from '../compiler/values/exact.js';
import { readNumber } from '../parser/number.js';
import type { FailCondition } from '../report/diff-failures.js';

/** Gathers what `--fail-on` names: `weights`, `interface`, `cost:5%`, or one cost such as `macs:5%`. */
export function failOn(text: string, known: readonly FailCondition[] = []): readonly FailCondition[] {
  return [...known, conditionOf(text)];
}

/** `cost` stands for those that a device feels. */
const costs: ReadonlyMap<string, readonly CostName[]> = new Map([
  ['cost', ['params', 'macs', 'peakBytes']],
  ['params', ['params']],
  ['macs', ['macs']],
  ['flops', ['flops']],
  ['peak', ['peakBytes']],
]);

function conditionOf(text: string): FailCondition {
  if (text === 'weights' || text === 'interface') return { kind: text };
  const [name = '', growth = ''] = text.split(':');
  const named = costs.get(name);
  const read = readNumber(growth);
  if (named === undefined || !read.ok || read.unit !== '%' || text.split(':').length !== 2) {
    throw new InvalidArgumentError(
      'It is weights, interface, or a cost with its growth: cost:5%, params:0%, macs:5%, flops:5%, peak:5%.',
    );
  }
  return { kind: 'cost', text, costs: named, growth: exact(read.numerator, read.denominator) };
}
