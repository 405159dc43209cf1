import { escapeForTerminal } from '../../diagnostics/escape.js';
import { evaluationText } from '../../report/evaluation-text.js';
import { jsonObject, plainJson, writeJson } from '../../report/json.js';
import { grouped } from '../../report/training-text.js';
import type { DataSet } from '../../runtime/data/data-set.js';
import type { Evaluation } from '../../runtime/training/evaluate-model.js';
import type { WeightFile } from '../../runtime/weights/weight-file.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { inputFailure } from '../failure.js';
import type { EngineFlags } from '../flags.js';
import { watchForInterrupt } from '../interrupt.js';
import type { Io } from '../io.js';
import { loadData } from '../load-data.js';
import { guardReading } from '../memory-guard.js';
import { openProgress } from '../progress.js';
import { endedBy, isEnded } from '../ended.js';
import { readWeights } from '../read-weights.js';
import { openEngine, readyModel, type ReadyModel } from '../run-model.js';
import { showExamples } from '../show-examples.js';

/** The flags of `cnnc evaluate`. */
export interface EvaluateFlags extends EngineFlags {
  readonly data: string;
  readonly weights: string;
  readonly mapping?: string;
  readonly batch?: number;
  readonly limit?: number;
  readonly show?: number;
  readonly format: string;
}

/** Reads the test images of a data set and says how many were read rightly, and what was taken for what. */
export async function evaluate(
  io: Io,
  file: string,
  model: string | undefined,
  flags: EvaluateFlags,
): Promise<ExitCode> {
  const compiled = await readyModel(io, file, model, flags);
  if (isEnded(compiled)) return compiled.exitCode;
  const batch = flags.batch ?? compiled.settings.batch;
  const ready = { ...compiled, settings: { ...compiled.settings, batch } };
  guardReading(ready.graph, batch, flags.limitMemory);
  const data = loadData(io, ready, flags, 'evaluation');
  if (isEnded(data)) return data.exitCode;
  if (data.test.count === 0) throw inputFailure(`${flags.data} has no images to test with`);
  const weights = readWeights(io, ready.graph, { ...flags, file });
  if (isEnded(weights)) return weights.exitCode;
  noteOtherClasses(io, ready, data, weights);
  const closed = await openEngine(io, ready, flags);
  if (closed !== undefined) return closed.exitCode;

  const progress = openProgress(io);
  const interrupt = watchForInterrupt(() => {
    progress.clear();
  });
  const outcome = await ready.runtime.evaluateModel({
    graph: ready.graph,
    settings: ready.settings,
    weights: weights.weights,
    examples: data.test,
    data,
    signal: interrupt.signal,
    onProgress: (seen) => {
      progress.show(`${grouped(seen)}/${grouped(data.test.count)} images`);
    },
  });
  progress.clear();
  interrupt.release();
  if (!outcome.ok) return endedBy(io, outcome).exitCode;
  const received = interrupt.received();
  if (received !== undefined) {
    io.err.write(`cnnc: interrupted after ${grouped(outcome.value.count)} images\n`);
    return received;
  }
  if (flags.format === 'json') {
    io.out.write(writeJson(evaluationJson(outcome.value)));
    return exitCodes.well;
  }
  io.out.write(evaluationText(outcome.value));
  const shown = showExamples(io, ready, { data, weights: weights.weights, count: flags.show ?? 0 });
  return shown?.exitCode ?? exitCodes.well;
}

function evaluationJson({ loss, accuracy, count, perClass, confusion }: Evaluation) {
  return jsonObject({ loss, accuracy, count, perClass: plainJson(perClass), confusion });
}

/** Weights that were trained on other classes may fit by their number alone. */
function noteOtherClasses(
  io: Io,
  { runtime }: ReadyModel,
  { classes }: DataSet,
  { metadata }: WeightFile,
): void {
  const trained = runtime.classesIn(metadata, classes.length);
  if (trained === undefined || trained.every((name, place) => name === classes[place])) return;
  io.err.write(`note: the weights were trained on the classes ${escapeForTerminal(trained.join(', '))}\n`);
}
