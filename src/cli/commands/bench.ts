import { figuresOf, totalOf } from '../../compiler/analyse/figures.js';
import { benchmarkJson } from '../../report/benchmark-json.js';
import { benchmarkText } from '../../report/benchmark-text.js';
import type { Benchmark, EngineSpeed } from '../../report/benchmark.js';
import { writeJson } from '../../report/json.js';
import type { Skipped } from '../../report/verification.js';
import { fewestRuns } from '../../runtime/bench/time-runs.js';
import { engineNames, type EngineName } from '../../runtime/engine/engine.js';
import { benchElsewhere } from '../bench-elsewhere.js';
import { endedBy, isEnded, type Ended } from '../ended.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import { usualSeed, type EngineFlags } from '../flags.js';
import type { Io } from '../io.js';
import { guardReading, readingBytes } from '../memory-guard.js';
import { peakMemory } from '../peak-memory.js';
import { openEngine, readyModel, type ReadyModel } from '../run-model.js';
import { weightsOrFresh, type WeightFlags } from '../weights-or-fresh.js';

/** The flags of `cnnc bench`. */
export interface BenchFlags extends EngineFlags, WeightFlags {
  readonly batch: number;
  readonly runs?: number;
  readonly format: string;
}

/** Shows how fast a model runs on one engine or on all, and what memory that takes. */
export async function bench(
  io: Io,
  file: string,
  model: string | undefined,
  flags: BenchFlags,
): Promise<ExitCode> {
  const ready = await readyModel(io, file, model, flags);
  if (isEnded(ready)) return ready.exitCode;
  const { graph } = ready;
  guardReading(graph, flags.batch, flags.limitMemory);
  const speeds =
    flags.engine === 'all' ? await benchAll(io, ready, flags) : await benchHere(io, ready, file, flags);
  if (isEnded(speeds)) return speeds.exitCode;
  const { macs } = totalOf(figuresOf(graph));
  const benchmark = {
    model: graph.name,
    batch: flags.batch,
    macs,
    predictedBytes: readingBytes(graph, flags.batch),
    ...speeds,
  };
  io.out.write(flags.format === 'json' ? writeJson(benchmarkJson(benchmark)) : benchmarkText(benchmark));
  return exitCodes.well;
}

type Speeds = Pick<Benchmark, 'engines' | 'skipped'>;

/** How long runs go on where their number isn't given. */
const milliseconds = 2000;

/** Runs a model in this process. */
async function benchHere(
  io: Io,
  ready: ReadyModel,
  file: string,
  flags: BenchFlags,
): Promise<Speeds | Ended> {
  const { graph, runtime } = ready;
  const given = weightsOrFresh(io, graph, file, flags);
  if (isEnded(given)) return given;
  const inputs = runtime.randomInputs(graph, flags.batch, flags.seed ?? usualSeed);
  if (!inputs.ok) return endedBy(io, inputs);
  const unopened = await openEngine(io, ready, flags);
  if (unopened !== undefined) return unopened;
  const timing = runtime.benchModel(
    { graph, weights: given.weights, inputs: inputs.value },
    { runs: flags.runs, milliseconds, clock: () => performance.now() },
  );
  const speed = { name: runtime.engineInUse(), ...timing, peakBytes: peakMemory() };
  return { engines: [speed], skipped: [] };
}

/** Runs a model on every engine that is there, each in a process of its own. */
async function benchAll(io: Io, ready: ReadyModel, flags: BenchFlags): Promise<Speeds> {
  const engines: EngineSpeed[] = [];
  const skipped: Skipped[] = [];
  for (const name of engineNames) {
    io.detail(`running ${name}\n`);
    const found = await speedOf(ready, name, flags);
    if ('why' in found) skipped.push(found);
    else engines.push(found);
  }
  if (engines.length > 0) return { engines, skipped };
  const reasons = skipped.map(({ name, why }) => `${name}: ${why}`);
  throw usageFailure('no engine could run the model', reasons.join('\n        '));
}

/** Runs a model on one of all engines, each in a process of its own, or says why it isn't run. */
async function speedOf(
  { graph, runtime, sources }: ReadyModel,
  name: EngineName,
  { batch, runs }: BenchFlags,
): Promise<EngineSpeed | Skipped> {
  const slow = runtime.tooSlow(graph, name, batch * (1 + (runs ?? fewestRuns)));
  if (slow !== undefined) return { name, why: `${slow}; \`--engine ${name}\` runs it all the same` };
  const opened = await runtime.openEngine(name);
  if (!opened.ok) return { name, why: runtime.whyNot(opened) };
  return benchElsewhere({ engine: name, input: sources[0]?.text ?? '' });
}
