import { join } from 'node:path';
import { grouped } from '../../report/training-text.js';
import { classifierOf } from '../classifier-of.js';
import { compileEntry, isWhole, oneModel } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { findTarget } from '../find-target.js';
import type { ModelFlags } from '../flags.js';
import { withoutInterruption } from '../interrupt.js';
import type { Io } from '../io.js';
import { isEnded } from '../ended.js';
import { readShipped } from '../read-shipped.js';
import { weightsPath } from '../read-weights.js';
import { hasErrors, showDiagnostics } from '../show-diagnostics.js';
import { guardWeights } from '../weights-guard.js';
import { weightsOrFresh, type WeightFlags } from '../weights-or-fresh.js';
import { checkPlace, writeModel, type ModelPlace } from '../write-model.js';

/** The flags of `cnnc build`. */
export interface BuildFlags extends ModelFlags, WeightFlags {
  readonly to: string;
  readonly out: string;
  readonly training?: boolean;
  readonly force?: boolean;
  readonly limitMemory?: number;
}

/** Writes a model that a target loads as it is; what the target lacks is told before anything is written. */
export async function build(
  io: Io,
  file: string,
  model: string | undefined,
  flags: BuildFlags,
): Promise<ExitCode> {
  const target = findTarget(flags.to);
  const weightsFile = flags.weights === undefined ? undefined : weightsPath(flags.weights);
  const inputs = [file, weightsFile, flags.mapping].filter((path) => path !== undefined);
  const place: ModelPlace = { folder: flags.out, force: flags.force === true, inputs };
  for (const name of [...(target.names ?? []), manifest]) checkPlace(place, name);
  const { models, exitCode } = compileEntry(io, file, model, flags);
  if (exitCode !== exitCodes.well) return exitCode;
  const compiled = oneModel(models, file);
  if (!isWhole(compiled)) return exitCodes.problems;
  const { graph, name, doc } = compiled;
  guardWeights(graph, flags.limitMemory);
  const options = { training: flags.training === true };
  const found = target.check(graph, options);
  if (flags.quiet !== true || hasErrors(found)) showDiagnostics(io, found, flags);
  if (hasErrors(found)) return exitCodes.problems;
  const read = weightsOrFresh(io, graph, file, flags);
  if (isEnded(read)) return read.exitCode;
  const untrained = weightsFile === undefined && read.weights.size > 0;
  const classifier = classifierOf(compiled, read.metadata);
  const built = target.build(graph, read.weights, {
    ...options,
    doc,
    untrained,
    ...(classifier && { classifier }),
  });
  const files = [...readShipped(built.shipped ?? []), ...built.files];
  const interrupted = await withoutInterruption(() => {
    writeModel(place, files);
  });
  const bytes = files.reduce((sum, each) => sum + each.bytes.length, 0);
  io.out.write(
    `${name}: ${target.name}, ${String(files.length)} files of ${grouped(bytes)} bytes${untrained ? ', weights random, not trained' : ''}\nwrote ${join(flags.out, manifest)}\n`,
  );
  return interrupted ?? exitCodes.well;
}

/** The file that names the others, and is written last. */
const manifest = 'model.json';
