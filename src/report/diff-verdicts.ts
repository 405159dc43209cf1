import type { Change } from '../compiler/compare/change.js';
import type { Comparison, InterfaceChange, NamedWeight } from '../compiler/compare/comparison.js';
import { toGrouped } from '../compiler/values/exact.js';
import { shapeText } from '../compiler/values/shape-text.js';
import { counted } from './check-text.js';
import { firstFew } from './diff-words.js';

/** Whether a checkpoint of the first model loads into the second; then what is in the way, one thing each. */
export function weightsVerdict({ weights }: Comparison): readonly [string, ...string[]] {
  const { loads, counts, missing, surplus, reshaped, misplaced, renamed } = weights;
  if (loads) return [`an old checkpoint loads whole: ${counted(counts.after, 'array')}`];
  const listed = (list: readonly string[], what: string): readonly string[] =>
    list.length === 0 ? [] : [`${toGrouped(list.length)} ${what}: ${firstFew(list)}`];
  return [
    "an old checkpoint doesn't load as it is",
    ...listed(missing.map(weightText), 'missing'),
    ...listed(surplus.map(weightText), 'surplus'),
    ...listed(
      reshaped.map(({ name, before, after }) => `${name} ${shapeText(before)} → ${shapeText(after)}`),
      'of another shape',
    ),
    ...listed(misplaced.map(renamedText), 'that would go to another layer'),
    ...listed(renamed.map(renamedText), 'under another name'),
  ];
}

/** The same in one sentence. */
export function weightsSentence(comparison: Comparison): string {
  const [verdict, ...details] = weightsVerdict(comparison);
  return details.length === 0 ? verdict : `${verdict}: ${details.join('; ')}`;
}

/** Whether what the model takes and gives is the same, and how it differs. */
export function interfaceVerdict(comparison: Comparison): string {
  const changes = comparison.interface.map(interfaceText);
  if (changes.length === 0) return 'the same';
  return comparison.isSameInterface ? `the same from outside: ${changes.join('; ')}` : changes.join('; ');
}

function weightText({ name, shape }: NamedWeight): string {
  return `${name} ${shapeText(shape)}`;
}

function renamedText({ before, after }: Change<NamedWeight>): string {
  return `${before.name} is now ${after.name}`;
}

function interfaceText({ of, kind, name, before = '', after = '' }: InterfaceChange): string {
  switch (kind) {
    case 'added':
      return `${of} ${name} of ${after} is new`;
    case 'removed':
      return `${of} ${name} of ${before} is gone`;
    case 'reshaped':
      return `${of} ${name} is ${after}, was ${before}`;
    case 'training':
      return `${of} ${name} exists ${after}, was ${before}`;
    case 'order':
      return `the ${name} are in the order ${after}, was ${before}`;
    case 'source':
      return `${of} ${name} is given by ${after}, was ${before}`;
    case 'loss-weight':
      return `${of} ${name} has the weight ${after} in the loss, was ${before}`;
  }
}
