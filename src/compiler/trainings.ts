import type { Evaluator } from './elaborate/evaluate.js';
import type { Module } from './resolve/declarations.js';
import type { TrainSettings } from './training/settings.js';

/** The settings of the `train` blocks of a file, by model. */
export function readTrainings(_module: Module, _evaluator: Evaluator): ReadonlyMap<string, TrainSettings> {
  return new Map();
}
