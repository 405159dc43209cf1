import { offer as nearest } from '../../diagnostics/suggest.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Alias, Block, Model, Name } from '../../parser/ast.js';
import type { Bindings } from './bindings.js';
import { bindCallTarget, followAliases } from './call.js';
import {
  isDeclaration,
  meaningOf,
  offer,
  tell,
  type Context,
  type Gathered,
  type Reference,
} from './context.js';
import { describeDeclaration, type Declaration, type Module } from './declarations.js';
import { orderDeclarations } from './cycles.js';
import { unknownModel, unusedName } from './problems.js';
import { innerScope } from './scope.js';

import { resolveBody, resolveLet, resolveParameters } from './statements.js';
import { tellUnused } from './declare.js';

/** What the names of a compilation mean, and in which order constants can be computed. */
export interface Resolution {
  readonly bindings: Bindings;
  readonly order: readonly Declaration[];
  /** False where declarations use each other in a circle, so that expanding them would not end. */
  readonly canExpand: boolean;
  /** What each declaration refers to. */
  readonly references: ReadonlyMap<Declaration, readonly Reference[]>;
  readonly diagnostics: readonly Diagnostic[];
  /** Those among them that stand in assertions. */
  readonly inAssertions: ReadonlySet<Diagnostic>;
}

/** Gives every name of the files its meaning, checks what can be checked without running through the blocks. */
export function resolve(modules: readonly Module[]): Resolution {
  const gathered: Gathered = {
    bindBlock: (context, value) => {
      bindCallTarget(context, value, true);
    },
    diagnostics: [],
    steps: new Map(),
    figureAssertions: new Set(),
    brokenAssertions: new Set(),
    inAssertions: new Set(),
    references: new Map(),
    used: new Set(),
  };
  for (const module of modules) {
    for (const declaration of module.names.values()) {
      if (declaration.module === module) resolveDeclaration(gathered, module, declaration);
    }
    resolveModelNames(gathered, module);
  }
  const declarations = modules.flatMap((module) => [...module.names.values()]);
  const { order, cycles } = orderDeclarations(declarations, gathered.references);
  for (const module of modules) tellUnusedImports(gathered, module);
  const { steps, figureAssertions, brokenAssertions, diagnostics } = gathered;
  const canExpand = cycles.length === 0;
  return {
    bindings: { steps, figureAssertions, brokenAssertions },
    order,
    canExpand,
    references: gathered.references,
    diagnostics: [...diagnostics, ...cycles],
    inAssertions: gathered.inAssertions,
  };
}

function resolveDeclaration(gathered: Gathered, module: Module, declaration: Declaration): void {
  const isModel = declaration.kind === 'block' && declaration.tree.kind === 'model';
  const context: Context = {
    gathered,
    module,
    owner: declaration,
    scope: innerScope(undefined),
    defaults: [],
    hasInput: declaration.kind === 'block' && !isModel,
    isModel,
    hasFigures: false,
  };
  switch (declaration.kind) {
    case 'block':
      resolveBlock(context, declaration.tree);
      return;
    case 'alias':
      resolveAlias(context, declaration.tree);
      return;
    case 'let':
      resolveLet(context, declaration.tree);
  }
}

function resolveBlock(context: Context, tree: Block | Model): void {
  resolveParameters(context, tree.parameters);
  resolveBody(context, tree.body);
  tellUnused(context);
}

function resolveAlias(context: Context, tree: Alias): void {
  const { target } = tree;
  const meaning = meaningOf(context, target.name.text, target.name.span);
  const model = meaning !== undefined && isDeclaration(meaning) ? meaning : undefined;
  if (
    model === undefined ||
    model.kind === 'let' ||
    followAliases(model)?.declaration.tree.kind === 'block'
  ) {
    tellUnknownModel(context, target.name);
    return;
  }
  bindCallTarget(context, target, true);
}

function tellUnknownModel(context: Context, name: Name): void {
  const models = [...context.module.names]
    .filter(([, found]) => describeDeclaration(found) === 'model')
    .map(([model]) => model);
  tell(
    context,
    unknownModel,
    { name: name.text },
    { span: name.span, ...offer(context, name.text, name.span, models) },
  );
}

function tellUnusedImports(gathered: Gathered, module: Module): void {
  for (const item of module.tree.items) {
    if (item.kind !== 'import') continue;
    for (const { name, alias } of item.names) {
      const here = alias ?? name;
      const declaration = module.names.get(here.text);
      if (declaration === undefined || isUsedIn(gathered, module, declaration)) continue;
      gathered.diagnostics.push(report(unusedName, here.span, { name: here.text, what: 'import' }));
    }
  }
}

function isUsedIn(gathered: Gathered, module: Module, declaration: Declaration): boolean {
  for (const [owner, references] of gathered.references) {
    if (owner.module === module && references.some(({ to }) => to === declaration)) return true;
  }
  return [...module.trainings, ...module.variants].some(
    ({ model }) => module.names.get(model.text) === declaration,
  );
}

/** `train` and `variants` are about a model of the file, or an imported one. */
function resolveModelNames(gathered: Gathered, module: Module): void {
  for (const { model } of [...module.trainings, ...module.variants]) {
    const declaration = module.names.get(model.text);
    const target = declaration === undefined ? undefined : followAliases(declaration);
    if (
      declaration !== undefined &&
      (target?.declaration.tree.kind === 'model' || declaration.kind === 'alias')
    )
      continue;
    const models = [...module.names]
      .filter(([, found]) => describeDeclaration(found) === 'model')
      .map(([name]) => name);
    const { text, span } = model;
    gathered.diagnostics.push(report(unknownModel, span, { name: text }, nearest(text, span, models)));
  }
}
