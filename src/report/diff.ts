import { compareModels } from '../compiler/compare/compare-models.js';
import type { Comparison } from '../compiler/compare/comparison.js';
import type { Summary } from './summary.js';

/** A model of two versions of a file. */
export type DiffModel =
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'added' | 'removed'; readonly model: Summary };

/** A file in two versions; a name is absent where the file is not there. */
export interface DiffFile {
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly models: readonly DiffModel[];
}

/** Everything that a comparison of files found. */
export interface DiffReport {
  /** The revision that the files were compared with, where it was one. */
  readonly against: string | undefined;
  readonly files: readonly DiffFile[];
}

/** Compares the models of a file by their names; a model alone on both sides is compared whatever its name. */
export function diffModels(before: readonly Summary[], after: readonly Summary[]): readonly DiffModel[] {
  const [old, ...others] = before;
  const [now, ...more] = after;
  if (old !== undefined && now !== undefined && others.length === 0 && more.length === 0)
    return [{ kind: 'compared', comparison: compareModels(old, now) }];
  const known = new Map(before.map((model) => [model.graph.name, model]));
  const names = new Set(after.map(({ graph }) => graph.name));
  return [
    ...after.map((model): DiffModel => {
      const counterpart = known.get(model.graph.name);
      if (counterpart === undefined) return { kind: 'added', model };
      return { kind: 'compared', comparison: compareModels(counterpart, model) };
    }),
    ...before
      .filter(({ graph }) => !names.has(graph.name))
      .map((model): DiffModel => ({ kind: 'removed', model })),
  ];
}

/** True where nothing differs: no file, no model, no layer, no figure. */
export function isSameReport({ files }: DiffReport): boolean {
  return files.every(
    ({ before, after, models }) => before !== undefined && after !== undefined && models.every(isSameModel),
  );
}

/** True for a model that is there on both sides, and the same. */
export function isSameModel(model: DiffModel): boolean {
  return model.kind === 'compared' && model.comparison.isSame;
}

/** A model's name in both versions: `Small`, or `Small → Large`. */
export function nameOfModel(model: DiffModel): string {
  if (model.kind !== 'compared') return model.model.graph.name;
  const [old, now] = [model.comparison.before.graph.name, model.comparison.after.graph.name];
  return old === now ? now : `${old} → ${now}`;
}
