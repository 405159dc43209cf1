import { writeJson } from '../../report/json.js';
import { verificationJson } from '../../report/verification-json.js';
import { verificationText } from '../../report/verification-text.js';
import { engineNames, type EngineName } from '../../runtime/engine/engine.js';
import type { InputArrays } from '../../runtime/index.js';
import { endedBy, isEnded, type Ended } from '../ended.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import { usualSeed, type ModelFlags } from '../flags.js';
import type { Io } from '../io.js';
import { loadPictures } from '../load-pictures.js';
import { guardTracing } from '../memory-guard.js';
import { modelAndImages } from '../model-and-images.js';
import { readyModel, type ReadyModel } from '../run-model.js';
import { weightsOrFresh, type WeightFlags } from '../weights-or-fresh.js';

/** The flags of `cnnc verify`. */
export interface VerifyFlags extends ModelFlags, WeightFlags {
  readonly tolerance: number;
  readonly engines?: readonly EngineName[];
  readonly limitMemory?: number;
  readonly format: string;
}

/** Runs a model in every way that is there, and says which layer departs first: exit 1 where one does. */
export async function verify(
  io: Io,
  file: string,
  rest: readonly string[],
  flags: VerifyFlags,
): Promise<ExitCode> {
  const { model, images } = modelAndImages(file, rest, flags);
  const ready = await readyModel(io, file, model, flags);
  if (isEnded(ready)) return ready.exitCode;
  const { graph, runtime } = ready;
  guardTracing(graph, images.length === 0 ? randomCount : images.length, flags.limitMemory);
  const inputs = inputsOf(io, ready, images, flags.seed ?? usualSeed);
  if (isEnded(inputs)) return inputs.exitCode;
  const given = weightsOrFresh(io, graph, file, flags);
  if (isEnded(given)) return given.exitCode;
  const { weights } = given;
  const verification = await runtime.verify({
    graph,
    weights,
    inputs,
    engines: flags.engines ?? engineNames,
    isPatient: flags.engines !== undefined,
    openEngine: runtime.openEngine,
    targets: runtime.targetRunners(graph, weights, runtime.findLoaders()),
    tolerance: flags.tolerance,
  });
  if (verification.runners.length === 0) {
    const reasons = verification.skipped.map(({ name, why }) => `${name}: ${why}`);
    throw usageFailure('there are not two ways to run the model', reasons.join('\n        '));
  }
  io.out.write(
    flags.format === 'json' ? writeJson(verificationJson(verification)) : verificationText(verification),
  );
  const departs = verification.runners.some((runner) => runner.departs !== undefined);
  return departs ? exitCodes.problems : exitCodes.well;
}

/** How many random inputs are drawn where no image is named. */
const randomCount = 2;

/** The named images, else random numbers. */
function inputsOf(
  io: Io,
  { runtime, graph, settings }: ReadyModel,
  images: readonly string[],
  seed: number,
): InputArrays | Ended {
  if (images.length === 0) {
    const drawn = runtime.randomInputs(graph, randomCount, seed);
    return drawn.ok ? drawn.value : endedBy(io, drawn);
  }
  const pictures = loadPictures(io, { runtime }, images);
  if (isEnded(pictures)) return pictures;
  const read = runtime.pictureInputs(graph, settings.preprocess, pictures);
  return read.ok ? read.value : endedBy(io, read);
}
