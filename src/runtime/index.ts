// What running, training and reading models needs, in Node. An engine must be open before anything is computed.
export { openEngineInNode as openEngine } from './node/open-engine.js';
export type { Engine, EngineName } from './engine/engine.js';
export { engineInUse } from './engine/engine-in-use.js';
export { tooSlow } from './engine/predicted-seconds.js';
export { probeEngine } from './engine/probe.js';
export { benchModel, type BenchedModel } from './bench/bench-model.js';
export type { Patience, Timing } from './bench/time-runs.js';
export {
  whyNot,
  type Failure,
  type Outcome,
  type RuntimeProblem,
  type RuntimeProblemCode,
  type Success,
} from './outcome.js';

export { loadDataSet } from './node/load-data-set.js';
export type { Target } from './node/load-idx.js';
export { firstExamples, pictureAt, type DataSet, type Examples } from './data/data-set.js';

export { loadPicture } from './node/load-picture.js';
export { encodePng } from './images/encode.js';
export { drawSheet, sheetSize } from './images/sheet.js';
export { drawPicture } from './images/terminal.js';
export { fitNote, fitPicture } from './images/fit.js';
export type { Picture, PictureShape } from './images/picture.js';

export { initialWeights } from './weights/initial-weights.js';
export { matchWeights } from './weights/match-weights.js';
export { encodeSafetensors } from './weights/encode-safetensors.js';
export { decodeSafetensors } from './weights/decode-safetensors.js';
export type { Stored, WeightFile } from './weights/weight-file.js';
export { loadWeights } from './node/load-weights.js';
export type { WeightArray, Weights } from './weights/weights.js';
export { classesIn, metadataOf } from './weights/metadata.js';

export { defaultTraining } from './training/default-training.js';
export { imageModelOf, pictureShapeOf, type ImageModel } from './training/image-model.js';
export { train, type Trained } from './training/train.js';
export { variationsOf, type PlacedPicture } from './training/augment/variations.js';
export type { TrainingOptions } from './training/course.js';
export type { EpochResult, Measured } from './training/epoch-result.js';
export type { BestEpoch, Keeper, TrainingState } from './training/state.js';
export { logitNotes } from './training/output-form.js';
export type { Checkpoint, RunIdentity } from './checkpoints/checkpoint.js';
export { epochRecord } from './checkpoints/encode-checkpoint.js';
export { isCheckpoint, ownWeights } from './checkpoints/decode-checkpoint.js';
export { checkpointBytes } from './node/load-checkpoint.js';
export { chooseCheckpoint, type Chosen } from './node/choose-checkpoint.js';
export { runIdentity } from './node/run-identity.js';
export { version_core as tensorflowVersion } from '@tensorflow/tfjs-core';
export type { Progress } from './training/meter.js';
export {
  evaluateModel,
  type ClassResult,
  type Evaluation,
  type EvaluationOptions,
} from './training/evaluate-model.js';
export type { Guess } from './training/likeliest.js';
export { predict, type PredictionOptions } from './training/predict.js';
export { findLoaders } from './node/find-loaders.js';
export { pictureInputs, randomInputs } from './verify/inputs.js';
export type { InputArrays, LayerValues, Runner } from './verify/runner.js';
export { targetRunners, type Found, type Loaders } from './verify/target-runners.js';
export { verify, type VerifyOptions } from './verify/verify.js';
export { outputKindOf, type OutputKind } from './training/image-output.js';
export { pictureFrom, runPictures, type OutputValues, type RunOptions } from './training/run-pictures.js';
export { applyMapping } from './weights/mapping/apply-mapping.js';
export type { Mapping, MappingEntry, Transformation } from './weights/mapping/mapping.js';
export { matchByOrder, type Match } from './weights/mapping/match.js';
export { parseMapping } from './weights/mapping/parse-mapping.js';
export { printMapping } from './weights/mapping/print-mapping.js';
export { loadMapping } from './node/load-mapping.js';
