import type { OpKind } from '../../src/compiler/ops/registry.js';
import type { Value } from '../../src/compiler/values/value.js';
import type { Given } from '../ops/layer.js';

/** One layer with its arguments, and the shapes that arrive at it. */
export interface Case {
  readonly kind: OpKind;
  readonly given: Given;
  readonly inputs: readonly (readonly number[])[];
  /** Added to the random inputs, which lie around zero. */
  readonly offset?: number;
}

/** Every combination of one value for each parameter, for one shape that arrives. */
export function combine(
  kind: OpKind,
  choices: Readonly<Record<string, readonly (Value | undefined)[]>>,
  input: readonly number[],
): readonly Case[] {
  let all: readonly Given[] = [{}];
  for (const [name, values] of Object.entries(choices)) {
    all = all.flatMap((given) =>
      values.map((value): Given => (value === undefined ? given : { ...given, [name]: value })),
    );
  }
  return all.map((given) => ({ kind, given, inputs: [input] }));
}

/** One case of a layer with one input. */
export function single(kind: OpKind, given: Given, ...input: readonly number[]): Case {
  return { kind, given, inputs: [input] };
}

/** A case in a few words, for the names of tests. */
export function caseText({ kind, given, inputs, offset }: Case): string {
  const shapes = inputs.map((shape) => shape.join('x')).join(' and ');
  const args = Object.entries(given).map(([name, value]) => `${name}=${valueText(value)}`);
  return [kind, ...args, 'on', shapes, ...(offset === undefined ? [] : [`about ${String(offset)}`])].join(
    ' ',
  );
}

function valueText(value: Value): string {
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'word':
      return value.text;
    case 'list':
      return `[${value.items.map(valueText).join(', ')}]`;
    case 'range':
      return `${valueText(value.from)}..${valueText(value.to)}`;
    case 'rational':
      return String(Number(value.numerator) / Number(value.denominator));
    default:
      return value.kind;
  }
}
