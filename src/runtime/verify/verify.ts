import type { Graph } from '../../compiler/ir/graph.js';
import type { Engine, EngineName } from '../engine/engine.js';
import { tooSlow } from '../engine/predicted-seconds.js';
import { whyNot, type Outcome } from '../outcome.js';
import type { Weights } from '../weights/weights.js';
import { compareValues } from './compare.js';
import { engineRunner } from './engine-runner.js';
import { layerPaths } from './paths.js';
import type { InputArrays, LayerValues, Runner } from './runner.js';
import type { RunnerDifferences, Skipped, Verification } from '../../report/verification.js';

/** What a verification reads. */
export interface VerifyOptions {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: InputArrays;
  /** What is tried, in this order: the first that opens is the reference. */
  readonly engines: readonly EngineName[];
  /** True where the engines were asked for by name, so that none is left aside for its slowness. */
  readonly isPatient: boolean;
  readonly openEngine: (name: EngineName) => Promise<Outcome<Engine>>;
  /** They run on the engine of the reference. */
  readonly targets: readonly (Runner | Skipped)[];
  /** How far a layer may be off, by the largest magnitude of the reference in it. */
  readonly tolerance: number;
}

/** Runs a model on every engine and in every target, and compares them layer by layer. */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { graph, weights, inputs, engines, targets, tolerance } = options;
  const paths = layerPaths(graph);
  const batch = [...inputs.values()][0]?.shape[0] ?? 0;
  const runners: RunnerDifferences[] = [];
  const skipped: Skipped[] = [];
  let reference: { readonly name: string; readonly values: LayerValues } | undefined;
  const hold = async (runner: Runner, known: LayerValues): Promise<void> => {
    const other = { name: runner.name, values: await runner.run(inputs) };
    runners.push(compareValues(paths, known, other, tolerance));
  };
  for (const name of engines) {
    const hindrance = await hindranceOf(options, name, batch);
    if (hindrance !== undefined) {
      skipped.push({ name, why: hindrance });
      continue;
    }
    const runner = engineRunner(name, graph, weights);
    if (reference !== undefined) {
      await hold(runner, reference.values);
      continue;
    }
    reference = { name, values: await runner.run(inputs) };
    for (const target of targets) {
      if ('run' in target) await hold(target, reference.values);
      else skipped.push(target);
    }
  }
  const kinds = new Map(graph.nodes.map(({ path, kind }) => [path, kind]));
  const layers = paths.map((path) => ({ path, kind: kinds.get(path) ?? '' }));
  return { model: graph.name, reference: reference?.name, tolerance, batch, layers, runners, skipped };
}

/** Opens an engine, or says why it isn't used. */
async function hindranceOf(
  { graph, isPatient, openEngine }: VerifyOptions,
  name: EngineName,
  batch: number,
): Promise<string | undefined> {
  const slow = isPatient ? undefined : tooSlow(graph, name, batch);
  if (slow !== undefined) return `${slow}; \`--engines ${name}\` runs it all the same`;
  const opened = await openEngine(name);
  if (opened.ok) return undefined;
  return whyNot(opened);
}
