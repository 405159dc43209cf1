import type { Span } from '../../diagnostics/source.js';
import type { Parameter } from '../../parser/ast.js';
import type { Trail } from '../ir/graph.js';
import { kindsOfParameters, type ParameterKind } from '../resolve/kinds.js';
import { limitExceeded, missingArgument } from '../resolve/problems.js';
import { isWhole } from '../values/exact.js';
import { describeValue, isNumber, isUnknown } from '../values/kinds.js';
import type { Value } from '../values/value.js';
import { inner, outermost, type Environment } from './environment.js';
import { evaluate } from './evaluate.js';
import { fail } from './evaluator.js';
import { arriving } from './layer.js';
import { wrongKind } from './problems.js';
import {
  nextPath,
  originOf,
  unknownTensor,
  type Expansion,
  type Frame,
  type Line,
  type Place,
  type Sharing,
} from './state.js';
import type { DeclaredTarget, SharedTarget } from './targets.js';

/** Where a block is called. */
export interface ExpansionSite {
  readonly span: Span;
  readonly text: string;
  readonly as: string | undefined;
}

/** Expands a block, a model or a shared part at the current tensor. */
export function expand(
  expansion: Expansion,
  place: Place,
  target: DeclaredTarget | SharedTarget,
  site: ExpansionSite,
): void {
  const { frame, line, environment } = place;
  const first = arriving(expansion, place, site.text, site.span);
  const tree = target.kind === 'shared' ? target.tree : target.declaration.tree;
  const path = nextPath(frame, tree.name.text, site.as);
  if (first.kind === 'unknown') return;
  if (frame.depth >= expansion.limits.callDepth) {
    expansion.stopped = true;
    const { callDepth } = expansion.limits;
    const facts = {
      what: 'calls within calls',
      limit: callDepth,
      got: String(frame.depth + 1),
      flag: '--limit-call-depth',
    };
    fail(expansion.evaluator, limitExceeded, facts, { span: site.span, trail: environment.trail });
    line.current = unknownTensor;
    return;
  }
  const trail: Trail = { step: { text: site.text, span: site.span }, outer: environment.trail };
  const own =
    target.kind === 'shared'
      ? sharedEnvironment(target, trail, first)
      : outermost(target.declaration.module, first, trail);
  if (target.kind === 'declared' && !bindParameters(expansion, target, own, { site, caller: environment })) {
    line.current = unknownTensor;
    return;
  }
  const { builder } = expansion;
  const scope = builder.open({
    path,
    text: site.text,
    parent: frame.scope,
    origin: originOf(site.span, environment.trail),
  });
  const isModel = tree.kind === 'model';
  const sharing = target.kind === 'shared' ? beginSharing(target, site.span) : frame.sharing;
  const called: Frame = {
    name: tree.name.text,
    prefix: `${path}.`,
    scope,
    counts: new Map(),
    taken: new Set(),
    skipped: new Set(),
    depth: frame.depth + 1,
    arriving: first,
    model: isModel ? 'used' : undefined,
    sharing,
  };
  const ownLine: Line = { current: isModel ? undefined : first, beside: [] };
  expansion.runBody(expansion, { environment: own, frame: called, line: ownLine }, tree.body);
  builder.close(scope);
  if (target.kind === 'shared' && sharing !== undefined) target.uses.first ??= sharing.recorded;
  const result = ownLine.current ?? unknownTensor;
  line.current = result.kind === 'tensor' ? { ...result, scope } : result;
}

function sharedEnvironment(
  target: SharedTarget,
  trail: Trail,
  incoming: Environment['incoming'],
): Environment {
  return { ...inner(target.environment, trail), incoming };
}

function beginSharing(target: SharedTarget, span: Span): Sharing {
  return { name: target.tree.name.text, span, recorded: [], first: target.uses.first, next: 0 };
}

/** Gives the parameters of a block their values; false where one is missing or of the wrong kind, which is reported. */
export function bindParameters(
  expansion: Pick<Expansion, 'evaluator' | 'unsound'>,
  target: DeclaredTarget,
  own: Environment,
  call: { readonly site: Pick<ExpansionSite, 'span' | 'text'>; readonly caller: Pick<Environment, 'trail'> },
): boolean {
  const { declaration, bound, places } = target;
  const { parameters } = declaration.tree;
  const kinds = kindsOfParameters(parameters, declaration.module);
  const { evaluator } = expansion;
  const { site, caller } = call;
  let isSound = true;
  for (const [place, parameter] of parameters.entries()) {
    const value = bound.get(parameter.name.text) ?? defaultOf(expansion, parameter, own);
    if (value === undefined) {
      const facts = { name: parameter.name.text, of: declaration.tree.name.text, example: undefined };
      const related = [{ span: parameter.name.span, label: 'declared here, without a default' }];
      fail(evaluator, missingArgument, facts, { span: site.span, trail: caller.trail, related });
      isSound = false;
      continue;
    }
    own.names.set(parameter.name.text, value);
    const kind = kinds[place] ?? 'any';
    const expected = expectedKind(kind, value);
    if (expected === undefined) {
      if (isUnknown(value)) isSound = false;
      continue;
    }
    isSound = false;
    // A parameter that is called without being declared as a block has been reported where it is called.
    if (kind === 'any' && expansion.unsound.has(declaration)) continue;
    const what = `\`${parameter.name.text}\` of \`${declaration.tree.name.text}\``;
    const related = [{ span: parameter.span, label: 'declared here' }];
    fail(
      evaluator,
      wrongKind,
      { what, expected, got: describeValue(value) },
      { span: places.get(parameter.name.text) ?? site.span, trail: caller.trail, related },
    );
  }
  return isSound;
}

function defaultOf(
  expansion: Pick<Expansion, 'evaluator'>,
  parameter: Parameter,
  own: Environment,
): Value | undefined {
  return parameter.default === undefined ? undefined : evaluate(expansion.evaluator, parameter.default, own);
}

/** What was expected, where a value is not of the kind; `undefined` where it is, or is unknown. */
function expectedKind(kind: ParameterKind, value: Value): string | undefined {
  if (isUnknown(value)) return undefined;
  const isBlock = typeof value === 'object' && value.kind === 'block';
  switch (kind) {
    case 'any':
      return isBlock ? 'a number, a list, a text or a truth' : undefined;
    case 'int':
      return isNumber(value) && isWhole(value) !== false ? undefined : 'a whole number';
    case 'float':
      return isNumber(value) ? undefined : 'a number';
    case 'bool':
      return typeof value === 'boolean' ? undefined : '`true` or `false`';
    case 'string':
      return typeof value === 'string' ? undefined : 'a text';
    case 'size':
      return isNumber(value) || isListOfNumbers(value) ? undefined : 'a size';
    case 'list':
      return typeof value === 'object' && (value.kind === 'list' || value.kind === 'range')
        ? undefined
        : 'a list';
    case 'block':
      return isBlock ? undefined : 'a block';
  }
}

function isListOfNumbers(value: Value): boolean {
  if (typeof value !== 'object') return false;
  if (value.kind === 'strided') return true;
  return (
    value.kind === 'list' &&
    value.items.every((item) => isNumber(item) || (typeof item === 'object' && item.kind === 'open'))
  );
}
