import { figuresOf, totalOf } from '../../compiler/analyse/figures.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { isOpen, toNumber } from '../../compiler/values/exact.js';
import type { EngineName } from './engine.js';

/** Multiplications with additions a second that an engine does at least; the others keep nobody waiting. */
const slowestRates: Readonly<Partial<Record<EngineName, number>>> = { cpu: 2e8 };

/** Longer than this nobody waits who has not asked for it. */
const patience = 60;

/** Why an engine is left aside that would take too long for so many images; absent where it would not. */
export function tooSlow(graph: Graph, engine: EngineName, images: number): string | undefined {
  const rate = slowestRates[engine];
  const { macs } = totalOf(figuresOf(graph));
  if (rate === undefined || isOpen(macs)) return undefined;
  const seconds = (toNumber(macs) * images) / rate;
  if (seconds <= patience) return undefined;
  return `it is predicted to take about ${String(Math.round(seconds / 60))} min`;
}
