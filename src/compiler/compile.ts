import { mergeDiagnostics } from '../diagnostics/merge.js';
import { sortDiagnostics } from '../diagnostics/sort.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Source } from '../diagnostics/source.js';
import { advise } from './advise/advise.js';
import { settleBudgets, type Budget } from './budgets.js';
import { evaluateBlock } from './elaborate/call-targets.js';
import { settleAssertions, unsettled, type AssertionResult } from './elaborate/assertions.js';
import { computeConstants } from './elaborate/constants.js';
import { freshEffort } from './elaborate/effort.js';
import { elaborate } from './elaborate/elaborate.js';
import type { Ignore } from './ignores/ignore.js';
import { silence } from './ignores/silence.js';
import { findInstances, type Instance } from './instances.js';
import { followsFrom } from './follows-from.js';
import { heeded } from './heed.js';
import { figureSourceOf } from './figure-source.js';
import type { Extent } from './analyse/needed.js';
import type { Graph } from './ir/graph.js';
import type { ListedFor } from './listed-variants.js';
import { defaultLimits, type Limits } from './limits.js';
import type { Module } from './resolve/declarations.js';
import type { Loader } from './resolve/loader.js';
import { isStandardSource, loadModules } from './resolve/modules.js';
import { resolve } from './resolve/resolve.js';
import { unsoundDeclarations } from './resolve/unsound.js';
import { diagnosticsOfVariants } from './variant-diagnostics.js';
import { findVariants } from './variants.js';
import { readTrainings } from './trainings.js';
import type { Value } from './values/value.js';
import type { TrainSettings } from './training/settings.js';

/** What a compilation may be told besides the text. */
export interface CompileOptions {
  /** Reads imported files; without one only the standard library can be imported. */
  readonly loader?: Loader;
  /** How the loader knows the entry; the source's name where nothing is said. */
  readonly entryId?: string;
  readonly limits?: Partial<Limits>;
  /** Names of the models to expand; all of the file where nothing is said. */
  readonly models?: readonly string[];
  /** Values of the models' parameters, each an expression of the language. */
  readonly set?: ReadonlyMap<string, string>;
  /** Stands for the size of a model's first input: `299x299x3`. */
  readonly input?: string;
  /** Settings in the place of the `train` block's own, each written as there: `1e-4` for `rate`. */
  readonly setTrain?: ReadonlyMap<string, string>;
  /** The budgets that a model of this name has to keep to. */
  readonly budgets?: (model: string) => readonly Budget[];
  /** The variants of a model of this name that are listed outside of its file. */
  readonly listed?: ListedFor;
  /** Expands too what the file lists in `variants` blocks, which are read in any case. */
  readonly variants?: boolean;
}

/** One model of a file, or one instance, expanded. */
export interface CompiledModel {
  readonly name: string;
  readonly source: Source;
  readonly doc: string | undefined;
  /** Absent where a mistake was found in it. */
  readonly graph: Graph | undefined;
  readonly assertions: readonly AssertionResult[];
  /** What became of its budgets; each result stands where its budget was set. */
  readonly budgets: readonly AssertionResult[];
  /** What was found wrong while it was expanded; it stands in the compilation’s diagnostics too. */
  readonly diagnostics: readonly Diagnostic[];
  /** What its `train` block says, where it has one. */
  readonly training: TrainSettings | undefined;
}

/** A model with one combination of what its file lists for it. */
export interface CompiledVariant extends CompiledModel {
  /** As messages name it: `ResNet<depth=34, input=299x299x3>`. */
  readonly variant: string;
  /** What was chosen, by the name of the setting. */
  readonly choice: ReadonlyMap<string, Value>;
}

/** All that was made of a file, and all that was found wrong with it. */
export interface Compilation {
  readonly models: readonly CompiledModel[];
  /** Those that `variants` blocks list, where they were asked for. */
  readonly variants: readonly CompiledVariant[];
  readonly diagnostics: readonly Diagnostic[];
  /** The comments that silence warnings: what targets find wrong goes by them too. */
  readonly ignores: readonly Ignore[];
}

/** Compiles a file: text, tree, names, graph, figures. Never throws at what a user can write. */
export function compile(entry: Source, options: CompileOptions = {}): Compilation {
  const limits = { ...defaultLimits, ...options.limits };
  const loaded = loadModules(entry, options.entryId ?? entry.name, options.loader ?? noFiles, limits);
  if (!loaded.canResolve) return failed(loaded.diagnostics);

  const resolution = resolve(loaded.all);
  const diagnostics = [...loaded.diagnostics, ...resolution.diagnostics];
  if (!resolution.canExpand) return failed(withoutFollowing(diagnostics, loaded.all));

  const report = (found: Diagnostic): void => void diagnostics.push(found);
  const { bindings } = resolution;
  const base = {
    bindings,
    report,
    block: evaluateBlock,
    callDepth: limits.callDepth,
    effort: freshEffort(limits.layers),
  };
  const constants = computeConstants(base, resolution.order);
  const evaluator = { ...base, constants };
  const unsound = unsoundDeclarations(
    resolution.order,
    resolution.references,
    diagnostics.filter((found) => !resolution.inAssertions.has(found)),
  );
  const trainings = readTrainings(loaded.entry, evaluator, options);
  const expand = (instance: Instance, extent: Extent = {}): ExpandedModel =>
    expandInstance(instance, { bindings, constants, unsound, limits, extent }, trainings, options);
  const models = findInstances(loaded.entry, evaluator, options).map((instance) => expand(instance));
  const listed = findVariants(loaded.entry, evaluator, options.listed ?? (() => []));
  const variants = (options.variants === true ? listed : []).map(
    ({ text, choice, place, instance, extent }) => ({
      ...expand(instance, extent),
      variant: text,
      choice,
      place,
    }),
  );
  const expanded = [
    ...withoutFollowing(diagnostics, loaded.all),
    ...models.flatMap((model) => model.expanded),
  ];
  const found = [...expanded, ...diagnosticsOfVariants(expanded, variants, (model) => model.expanded)];
  const { diagnostics: left, ignores } = heeded(loaded, found, isAsWritten(options));
  // One mistake in several rounds is one message, but a model can fail several budgets, all of them at its name.
  const ofBudgets = models.flatMap((model) => model.ofBudgets);
  const more = diagnosticsOfVariants(ofBudgets, variants, (model) => model.ofBudgets);
  const heeding = <Model extends CompiledModel>(model: Model): Model => ({
    ...model,
    diagnostics: silence(model.diagnostics, ignores),
  });
  return {
    models: models.map(heeding),
    variants: variants.map(heeding),
    diagnostics: sortDiagnostics([...left, ...ofBudgets, ...more]),
    ignores,
  };
}

function isAsWritten({ models, set, input }: CompileOptions): boolean {
  return models === undefined && set === undefined && input === undefined;
}

function failed(diagnostics: readonly Diagnostic[]): Compilation {
  return { models: [], variants: [], diagnostics: mergeDiagnostics(diagnostics), ignores: [] };
}

function expandInstance(
  instance: Instance,
  { extent, ...options }: Parameters<typeof elaborate>[1] & { readonly extent: Extent },
  trainings: ReadonlyMap<string, TrainSettings>,
  { budgets: budgetsOf }: CompileOptions,
): ExpandedModel {
  const elaborated = elaborate(instance, options);
  const { graph, evaluator } = elaborated;
  const { name, declaration } = instance;
  const figures = graph === undefined ? undefined : figureSourceOf(graph, extent);
  const assertions = figures === undefined ? unsettled(elaborated) : settleAssertions(elaborated, figures);
  // Assertions report where the expansion did.
  const advice = graph === undefined ? [] : advise(graph, isStandardSource);
  const expanded = [...elaborated.diagnostics, ...advice];
  const budgets = settleBudgets(budgetsOf?.(name.text) ?? [], name, evaluator, figures);
  return {
    name: name.text,
    source: name.span.source,
    doc: instance.doc ?? declaration.tree.doc,
    graph,
    assertions,
    budgets: budgets.results,
    expanded,
    ofBudgets: budgets.diagnostics,
    diagnostics: [...expanded, ...budgets.diagnostics],
    training: trainings.get(name.text),
  };
}

/** A model with what was found in it told apart by where it comes from. */
interface ExpandedModel extends CompiledModel {
  readonly expanded: readonly Diagnostic[];
  readonly ofBudgets: readonly Diagnostic[];
}

/** Leaves out what is only found since some text could not be read: that has its message. */
function withoutFollowing(found: readonly Diagnostic[], modules: readonly Module[]): readonly Diagnostic[] {
  const bySource = new Map(modules.map((module) => [module.source, module]));
  return found.filter((one) => {
    const module = bySource.get(one.span.source);
    return module === undefined || !followsFrom(one, module);
  });
}

const noFiles: Loader = { load: () => ({ kind: 'refused', reason: 'no-files' }) };
