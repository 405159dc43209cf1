import { nodeAt } from '../../ir/graph.js';
import { product } from '../../values/exact.js';
import { times, type Amount } from './amount.js';
import type { Scene } from './scene.js';
import type { Held } from './stage.js';
import { logitsOf, lossOf, type LossKind } from './targets.js';

/** Takes the loss of an output: what the way back begins with, and what lies about until all losses are summed. */
export function takeLoss(
  { stage, graph, each }: Scene,
  values: ReadonlyMap<number, Held>,
  output: number,
): { readonly loss: Held; readonly lying: readonly Held[] } {
  const [read = output] = logitsOf(graph, output);
  const given = values.get(read);
  if (given === undefined) throw new Error(`node ${String(read)} was not held for the loss`);
  const { shape } = nodeAt(graph, output);
  const { amount } = given.data;
  const rows = each(product(shape.slice(0, -1)));
  const lying = stepsOf(lossOf(graph, output), amount, rows).map(({ moments, leaves }) => {
    const made = moments.map((one) => stage.make(one));
    const left = stage.make(leaves);
    for (const one of made) stage.end(one);
    return left;
  });
  const loss = stage.make(times(0, amount));
  const slope = lying.at(-1);
  const needs = slope === undefined ? [] : [slope];
  stage.record(loss, [{ of: given, needs, gradient: () => stage.make(amount) }]);
  return { loss, lying };
}

/** One step of a loss: what is there for a moment, and what it leaves until the loss is summed. */
interface LossStep {
  readonly moments: readonly Amount[];
  readonly leaves: Amount;
}

/** The steps of the executor's losses, of outputs of so many values in so many rows; the last leaves the slope. */
function stepsOf(kind: LossKind, all: Amount, rows: Amount): readonly LossStep[] {
  const target = { moments: [all], leaves: all };
  switch (kind) {
    case 'crossentropy':
      return [
        target,
        { moments: [rows, all, all, rows, rows], leaves: all },
        { moments: [all], leaves: rows },
        { moments: [all, all, all], leaves: all },
      ];
    case 'binary':
      return [
        target,
        { moments: Array.from({ length: 9 }, () => all), leaves: times(0, all) },
        { moments: [all, all], leaves: all },
      ];
    case 'squared':
      return [
        { moments: [], leaves: all },
        { moments: [all], leaves: all },
      ];
    default: {
      const never: never = kind;
      return never;
    }
  }
}
