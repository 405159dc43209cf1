import type { Argument, BlockValue, Call } from '../../parser/ast.js';
import { standardBlocks } from '../std/index.js';
import { opNamed, opNames } from '../ops/registry.js';
import { bindArguments, tellMistakes } from './arguments.js';
import type { CallBinding, FailedBinding, AliasStep } from './bindings.js';
import { isDeclaration, meaningOf, offer, tell, type Context } from './context.js';
import { describeDeclaration, type BlockDeclaration, type Declaration } from './declarations.js';
import { resolveExpression } from './expression.js';
import { bindLayer } from './layer.js';
import { notABlock, unknownBlock } from './problems.js';
import { inTurn, visibleNames } from './scope.js';

/** Finds what a call leads to, checks its arguments, and notes both for the elaborator. */
export function bindCallTarget(context: Context, call: Call | BlockValue, isPartial: boolean): void {
  context.gathered.steps.set(call, bindingOf(context, call, isPartial));
}

function resolveArguments(context: Context, given: readonly Argument[]): void {
  for (const { value } of given) resolveExpression(context, value);
}

function bindingOf(
  context: Context,
  call: Call | BlockValue,
  isPartial: boolean,
): CallBinding | FailedBinding {
  const { name, arguments: given } = call;
  const meaning = meaningOf(context, name.text, name.span);
  if (meaning === undefined) {
    const found = opNamed(name.text);
    if (found !== undefined) {
      const layer = bindLayer(context, found.kind, call, isPartial);
      if (layer.kind === 'failed') return layer;
      return { kind: 'call', target: { kind: 'layer', layer }, arguments: given };
    }
    resolveArguments(context, given);
    const candidates = inTurn<string>(
      visibleNames(context.scope),
      context.module.names.keys(),
      opNames,
      standardBlocks.keys(),
    );
    const importable = standardBlocks.get(name.text);
    const details = importable === undefined ? offer(context, name.text, name.span, candidates) : {};
    tell(context, unknownBlock, { name: name.text, importable }, { span: name.span, ...details });
    return { kind: 'failed' };
  }
  resolveArguments(context, given);
  if (!isDeclaration(meaning)) {
    if (
      meaning.kind === 'block parameter' ||
      meaning.kind === 'shared part' ||
      meaning.kind === 'constant' ||
      meaning.kind === 'loop variable'
    ) {
      return { kind: 'call', target: { kind: 'variable' }, arguments: given };
    }
    tell(context, notABlock, { name: name.text, kind: meaning.kind }, { span: name.span });
    return { kind: 'failed' };
  }
  const target = followAliases(meaning);
  if (target === undefined) {
    if (meaning.kind !== 'alias')
      tell(context, notABlock, { name: name.text, kind: describeDeclaration(meaning) }, { span: name.span });
    return { kind: 'failed' };
  }
  const taken = namesBoundBy(target);
  const { parameters } = target.declaration.tree;
  const { mistakes } = bindArguments(parameters, given, taken);
  tellMistakes(context, mistakes, { of: name.text, span: call.span, parameters, isPartial });
  if (mistakes.some((mistake) => mistake.kind !== 'missing' || !isPartial)) return { kind: 'failed' };
  return { kind: 'call', target: { kind: 'declared', ...target }, arguments: given };
}

/** The block or model behind a declaration, and what the instances on the way bind, outermost first. */
export function followAliases(
  start: Declaration,
): { readonly declaration: BlockDeclaration; readonly bound: readonly AliasStep[] } | undefined {
  const bound: AliasStep[] = [];
  const seen = new Set<Declaration>();
  let here: Declaration | undefined = start;
  while (here !== undefined && !seen.has(here)) {
    if (here.kind === 'block') return { declaration: here, bound };
    if (here.kind === 'let') return undefined;
    seen.add(here);
    bound.push({ arguments: here.tree.target.arguments });
    here = here.module.names.get(here.tree.target.name.text);
  }
  return undefined;
}

/** The parameters that the instances on the way have bound. */
function namesBoundBy(target: {
  readonly declaration: BlockDeclaration;
  readonly bound: readonly AliasStep[];
}): ReadonlySet<string> {
  const { parameters } = target.declaration.tree;
  const taken = new Set<string>();
  for (const { arguments: given } of target.bound.toReversed()) {
    for (const name of bindArguments(parameters, given, taken).bound.keys()) taken.add(name);
  }
  return taken;
}
