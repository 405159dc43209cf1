import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type {
  Alias,
  Block,
  Body,
  Chain,
  Expression,
  For,
  From,
  If,
  Layer,
  Let,
  Model,
  Name,
  Parameter,
  Repeat,
  Share,
  Statement,
  Step,
} from '../../parser/ast.js';
import { joinNames, opNamed, opNames } from '../ops/registry.js';
import type { Bindings, StepBinding } from './bindings.js';
import { bindCallTarget, followAliases } from './call.js';
import { isDeclaration, meaningOf, offer, tell, type Context, type Gathered } from './context.js';
import { describeDeclaration, type Declaration, type Module } from './declarations.js';
import { orderDeclarations } from './cycles.js';
import { resolveExpression } from './expression.js';
import { figureParts } from './figures.js';
import { kindOfParameter, writtenKinds } from './kinds.js';
import { bindDefaults, bindLayer } from './layer.js';
import {
  blockWithoutAngles,
  duplicateName,
  misplaced,
  missingArgument,
  notATensor,
  repeatedArgument,
  surplusArgument,
  unknownKind,
  unknownLayer,
  unknownModel,
  unknownParameter,
  unusedName,
} from './problems.js';
import { findLocal, innerScope, visibleNames, type LocalKind } from './scope.js';

/** What the names of a compilation mean, and in which order constants can be computed. */
export interface Resolution {
  readonly bindings: Bindings;
  readonly order: readonly Declaration[];
  /** False where declarations use each other in a circle, so that expanding them would not end. */
  readonly canExpand: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Gives every name of the files its meaning, checks what can be checked without running through the blocks. */
export function resolve(modules: readonly Module[]): Resolution {
  const gathered: Gathered = {
    diagnostics: [],
    steps: new Map(),
    figureAssertions: new Set(),
    references: new Map(),
    used: new Set(),
  };
  for (const module of modules) {
    for (const declaration of module.names.values()) {
      if (declaration.module === module) resolveDeclaration(gathered, module, declaration);
    }
    resolveTrainings(gathered, module);
  }
  const declarations = modules.flatMap((module) => [...module.names.values()]);
  const { order, cycles } = orderDeclarations(declarations, gathered.references);
  for (const module of modules) tellUnusedImports(gathered, module);
  const { steps, figureAssertions, diagnostics } = gathered;
  const canExpand = cycles.length === 0;
  return {
    bindings: { steps, figureAssertions },
    order,
    canExpand,
    diagnostics: [...diagnostics, ...cycles],
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

function resolveParameters(context: Context, parameters: readonly Parameter[]): void {
  const earlier = new Set<string>();
  for (const parameter of parameters) {
    const { name, type } = parameter;
    if (type !== undefined && !writtenKinds.has(type.text)) {
      tell(
        context,
        unknownKind,
        type.span,
        { kind: type.text },
        offer(type.text, type.span, writtenKinds.keys()),
      );
    }
    if (parameter.default !== undefined) resolveExpression(context, parameter.default);
    const kind = kindOfParameter(parameter, earlier, context.module);
    earlier.add(name.text);
    declare(context, name, kind === 'block' ? 'block parameter' : 'parameter');
  }
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
  bindCallTarget(context, target, target.arguments, true);
}

function tellUnknownModel(context: Context, name: Name): void {
  const models = [...context.module.names]
    .filter(([, found]) => describeDeclaration(found) === 'model')
    .map(([model]) => model);
  tell(context, unknownModel, name.span, { name: name.text }, offer(name.text, name.span, models));
}

function resolveLet(context: Context, tree: Let): void {
  if (tree.parameters === undefined) {
    resolveExpression(context, tree.value);
    return;
  }
  const inner = { ...context, scope: innerScope(context.scope) };
  resolveParameters(inner, tree.parameters);
  resolveExpression(inner, tree.value);
  tellUnused(inner);
}

function resolveBody(context: Context, body: Body): void {
  let here = context;
  for (const statement of body.statements) here = resolveStatement(here, statement);
}

/** Resolves one statement and gives the context of those behind it: only `default` changes it. */
function resolveStatement(context: Context, statement: Statement): Context {
  switch (statement.kind) {
    case 'chain':
      resolveChain(context, statement);
      return context;
    case 'default': {
      const found = opNamed(statement.layer.text);
      if (found === undefined) {
        tellUnknownLayer(context, statement.layer);
        return context;
      }
      bindDefaults(context, found.kind, statement.arguments);
      return { ...context, defaults: [...context.defaults, { op: found.kind, tree: statement }] };
    }
    case 'let':
      resolveLet(context, statement);
      declare(context, statement.name, statement.parameters === undefined ? 'constant' : 'function');
      return context;
    case 'assert': {
      const asks = { ...context, hasFigures: true };
      resolveExpression(asks, statement.condition);
      if (statement.why !== undefined) resolveExpression(context, statement.why);
      if (mentionsFigure(context, statement.condition)) context.gathered.figureAssertions.add(statement);
      return context;
    }
    case 'if':
      resolveIf(context, statement);
      return context;
    case 'repeat':
      resolveRepeat(context, statement);
      return context;
    case 'for':
      resolveFor(context, statement);
      return context;
    case 'from':
      resolveFrom(context, statement);
      return context;
    case 'share':
      resolveShare(context, statement);
      return context;
  }
}

function resolveChain(context: Context, chain: Chain): void {
  for (const step of chain.steps) {
    resolveStep(context, step);
    if (step.as !== undefined) declare(context, step.as, 'tensor');
  }
}

function resolveStep(context: Context, step: Step): void {
  switch (step.kind) {
    case 'layer':
      context.gathered.steps.set(step, bindStep(context, step));
      return;
    case 'call':
      bindCallTarget(context, step, step.arguments, false);
      return;
    case 'join': {
      const kind = joinNames.find((join) => join === step.name.text);
      if (kind === undefined) {
        tell(
          context,
          unknownLayer,
          step.name.span,
          { name: step.name.text },
          {
            help: `branches are joined by ${joinNames.map((name) => `\`${name}\``).join(', ')}`,
          },
        );
        context.gathered.steps.set(step, { kind: 'failed' });
      } else context.gathered.steps.set(step, bindLayer(context, kind, step));
      for (const branch of step.branches) resolveBody(context, branch);
    }
  }
}

function bindStep(context: Context, step: Layer): StepBinding {
  const { text, span } = step.name;
  const meaning = findLocal(context.scope, text) ?? context.module.names.get(text);
  if (meaning !== undefined && !(isDeclaration(meaning) && meaning.kind === 'let') && isCallable(meaning)) {
    meaningOf(context, text, span);
    const kind = isDeclaration(meaning) ? describeDeclaration(meaning) : meaning.kind;
    tell(context, blockWithoutAngles, span, { name: text, kind }, anglesFor(step));
    return { kind: 'failed' };
  }
  if (text === 'output') return bindOutput(context, step);
  const found = opNamed(text);
  if (found === undefined) {
    tellUnknownLayer(context, step.name);
    return { kind: 'failed' };
  }
  if (found.op.category === 'input') return bindInput(context, step);
  return bindLayer(context, found.kind, step);
}

function isCallable(meaning: { readonly kind: LocalKind | Declaration['kind'] }): boolean {
  return ['block parameter', 'shared part', 'block', 'alias'].includes(meaning.kind);
}

function anglesFor(step: Layer): { readonly help: string } {
  const written = step.arguments.map(({ span }) => span.source.text.slice(span.start, span.end)).join(', ');
  return { help: `write \`${step.name.text}<${written}>\`` };
}

function tellUnknownLayer(context: Context, name: Name): void {
  const blocks = [...visibleNames(context.scope), ...context.module.names.keys()];
  tell(
    context,
    unknownLayer,
    name.span,
    { name: name.text },
    offer(name.text, name.span, [...opNames, 'output', ...blocks]),
  );
}

function bindInput(context: Context, step: Layer): StepBinding {
  if (!context.isModel) {
    tell(
      context,
      misplaced,
      step.name.span,
      { what: '`input`', where: 'outside of a model' },
      {
        help: 'a block takes the tensor that arrives: `in`',
      },
    );
    return { kind: 'failed' };
  }
  const [first, second, surplus] = step.arguments;
  const isNamed = second !== undefined && first?.value.kind === 'name-expression' && first.name === undefined;
  const size = isNamed ? second : first;
  if (size === undefined) {
    tell(context, missingArgument, step.name.span, {
      name: 'shape',
      of: 'input',
      example: 'input 224x224x3',
    });
    return { kind: 'failed' };
  }
  const beyond = isNamed ? surplus : second;
  if (beyond !== undefined)
    tell(context, surplusArgument, beyond.span, { of: 'input', takes: 'a name and a size' });
  if (size.name !== undefined && size.name.text !== 'shape') {
    tell(context, unknownParameter, size.name.span, { name: size.name.text, of: 'input' });
  }
  resolveExpression(context, size.value);
  const name = isNamed && first.value.kind === 'name-expression' ? nameFrom(first.value) : undefined;
  if (name !== undefined) declare(context, name, 'tensor');
  return { kind: 'input', name, size: size.value };
}

function nameFrom(expression: Extract<Expression, { kind: 'name-expression' }>): Name {
  return { kind: 'name', text: expression.name, span: expression.span };
}

function bindOutput(context: Context, step: Layer): StepBinding {
  if (!context.isModel) {
    tell(
      context,
      misplaced,
      step.name.span,
      { what: '`output`', where: 'outside of a model' },
      {
        help: 'the last tensor of a block is what it gives; declare the output in the model',
      },
    );
    return { kind: 'failed' };
  }
  let name: Name | undefined;
  let weight: Expression | undefined;
  let training = false;
  for (const argument of step.arguments) {
    const { value } = argument;
    if (argument.name !== undefined) {
      if (argument.name.text !== 'weight') {
        const facts = { name: argument.name.text, of: 'output' };
        tell(
          context,
          unknownParameter,
          argument.name.span,
          facts,
          offer(argument.name.text, argument.name.span, ['weight']),
        );
      } else if (weight !== undefined)
        tell(context, repeatedArgument, argument.span, { name: 'weight', of: 'output' });
      resolveExpression(context, value);
      weight ??= value;
    } else if (value.kind === 'name-expression' && value.name === 'training') training = true;
    else if (value.kind === 'name-expression' && name === undefined) name = nameFrom(value);
    else
      tell(context, surplusArgument, argument.span, {
        of: 'output',
        takes: 'a name, `weight=`, and the word `training`',
      });
  }
  return { kind: 'output', name, weight, training };
}

function resolveIf(context: Context, statement: If): void {
  for (const { condition, body } of statement.branches) {
    resolveExpression(context, condition);
    resolveInside(context, body);
  }
  if (statement.otherwise !== undefined) resolveInside(context, statement.otherwise);
}

function resolveInside(
  context: Context,
  body: Body,
  names: readonly (readonly [Name, LocalKind])[] = [],
): void {
  const inner = { ...context, scope: innerScope(context.scope) };
  for (const [name, kind] of names) declare(inner, name, kind);
  resolveBody(inner, body);
}

function resolveRepeat(context: Context, statement: Repeat): void {
  resolveExpression(context, statement.count);
  resolveInside(context, statement.body, statement.as === undefined ? [] : [[statement.as, 'loop variable']]);
}

function resolveFor(context: Context, statement: For): void {
  resolveExpression(context, statement.list);
  resolveInside(
    context,
    statement.body,
    statement.names.map((name) => [name, 'loop variable']),
  );
}

function resolveFrom(context: Context, statement: From): void {
  for (const name of statement.names) {
    const meaning = meaningOf(context, name.text, name.span);
    if (meaning === undefined) {
      const tensors = visibleNames(context.scope).filter(
        (found) => findLocal(context.scope, found)?.kind === 'tensor',
      );
      tell(
        context,
        notATensor,
        name.span,
        { name: name.text, kind: 'name that nothing has' },
        offer(name.text, name.span, tensors),
      );
    } else if (isDeclaration(meaning) || meaning.kind !== 'tensor') {
      const kind = isDeclaration(meaning) ? describeDeclaration(meaning) : meaning.kind;
      tell(context, notATensor, name.span, { name: name.text, kind });
    }
  }
  resolveBody(context, statement.body);
}

function resolveShare(context: Context, statement: Share): void {
  resolveBody(
    { ...context, scope: innerScope(context.scope), hasInput: true, isModel: false },
    statement.body,
  );
  declare(context, statement.name, 'shared part');
}

/** Declares a name in the innermost braces. A tensor may be named again: the later one hides the earlier one. */
function declare(context: Context, name: Name, kind: LocalKind): void {
  const first = context.scope.names.get(name.text);
  if (first !== undefined && !(kind === 'tensor' && first.kind === 'tensor')) {
    const related = [{ span: first.span, label: 'the first one' }];
    tell(context, duplicateName, name.span, { name: name.text, what: first.kind }, { related });
    return;
  }
  context.scope.names.set(name.text, { name: name.text, kind, span: name.span });
}

/** Parameters that nothing reads; what `as` names is read by people too, so it may stand alone. */
function tellUnused(context: Context): void {
  for (const local of context.scope.names.values()) {
    if (context.gathered.used.has(local) || local.kind === 'tensor' || local.name.startsWith('_')) continue;
    tell(context, unusedName, local.span, { name: local.name, what: local.kind });
  }
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
  return module.trainings.some(({ model }) => module.names.get(model.text) === declaration);
}

function resolveTrainings(gathered: Gathered, module: Module): void {
  for (const training of module.trainings) {
    const declaration = module.names.get(training.model.text);
    const target = declaration === undefined ? undefined : followAliases(declaration);
    if (
      declaration !== undefined &&
      (target?.declaration.tree.kind === 'model' || declaration.kind === 'alias')
    )
      continue;
    const models = [...module.names]
      .filter(([, found]) => describeDeclaration(found) === 'model')
      .map(([name]) => name);
    const { text, span } = training.model;
    gathered.diagnostics.push(report(unknownModel, span, { name: text }, offer(text, span, models)));
  }
}

/** True where an expression asks for a figure, and the name isn't one in scope. */
function mentionsFigure(context: Context, expression: Expression): boolean {
  switch (expression.kind) {
    case 'name-expression':
      return (
        figureParts.has(expression.name) &&
        findLocal(context.scope, expression.name) === undefined &&
        !context.module.names.has(expression.name)
      );
    case 'member':
      return mentionsFigure(context, expression.object);
    case 'index':
      return mentionsFigure(context, expression.object) || mentionsFigure(context, expression.index);
    case 'call-expression':
      return (
        mentionsFigure(context, expression.callee) ||
        expression.arguments.some(({ value }) => mentionsFigure(context, value))
      );
    case 'list':
    case 'tuple':
      return expression.items.some((item) => mentionsFigure(context, item));
    case 'operation':
      return (
        mentionsFigure(context, expression.first) ||
        expression.rest.some(({ operand }) => mentionsFigure(context, operand))
      );
    case 'unary':
      return mentionsFigure(context, expression.operand);
    case 'conditional':
      return (
        expression.branches.some(
          ({ condition, value }) => mentionsFigure(context, condition) || mentionsFigure(context, value),
        ) || mentionsFigure(context, expression.otherwise)
      );
    case 'range':
      return mentionsFigure(context, expression.from) || mentionsFigure(context, expression.to);
    default:
      return false;
  }
}
