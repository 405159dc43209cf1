import { textOf } from '../../diagnostics/source.js';
import { foreignParameter } from './foreign-names.js';
import type { Argument, Expression, Name } from '../../parser/ast.js';
import type { AnyOp } from '../ops/op.js';
import { activationNames, opNamed, ops, type OpKind } from '../ops/registry.js';
import type { BoundActivation, BoundArgument, FailedBinding, LayerBinding } from './bindings.js';
import { isDeclaration, meaningOf, offer, silently, tell, type Context } from './context.js';
import { resolveExpression } from './expression.js';
import { takesByPosition } from './arguments.js';
import {
  missingArgument,
  nameHidesWord,
  notATensor,
  repeatedArgument,
  surplusArgument,
  unknownParameter,
  unknownWord,
} from './problems.js';
import { findLocal, inTurn, visibleNames } from './scope.js';

/** What a layer's arguments were bound to, before what is missing is looked for. */
interface Gathering {
  readonly context: Context;
  readonly kind: OpKind;
  readonly op: AnyOp;
  readonly arguments: Map<string, BoundArgument>;
  readonly tensors: Name[];
  activation: BoundActivation | undefined;
  hasMistake: boolean;
  /** True where one argument too many has been reported: others follow from it. */
  hasSurplus: boolean;
}

/** Puts the arguments of a layer under its parameters, fills in what `default` set; what doesn't fit is reported, and fails. */
export function bindLayer(
  context: Context,
  kind: OpKind,
  layer: { readonly name: Name; readonly arguments: readonly Argument[] },
  isPartial = false,
): LayerBinding | FailedBinding {
  const gathering = gather(context, kind, layer.arguments);
  addDefaults(context, gathering);
  if (!gathering.hasMistake && !isPartial) tellMissing(context, gathering, layer.name);
  if (gathering.hasMistake) return { kind: 'failed' };
  const bound = [...gathering.arguments.values()];
  const isConstant = bound.every(({ value }) => value.kind === 'word' || isLiteral(value.expression));
  return {
    kind: 'layer',
    op: kind,
    arguments: bound,
    activation: gathering.activation,
    tensors: gathering.tensors,
    isConstant,
  };
}

/** Checks what `default` sets for a layer, without looking for what is missing. */
export function bindDefaults(context: Context, kind: OpKind, given: readonly Argument[]): void {
  gather(context, kind, given);
}

function gather(context: Context, kind: OpKind, given: readonly Argument[]): Gathering {
  const gathering: Gathering = {
    context,
    kind,
    op: ops[kind],
    arguments: new Map(),
    tensors: [],
    activation: undefined,
    hasMistake: false,
    hasSurplus: false,
  };
  for (const argument of given) {
    if (argument.name !== undefined) bindNamed(gathering, argument, argument.name);
    else if (argument.value.kind === 'name-expression')
      bindBareName(gathering, argument, argument.value.name);
    else bindPositional(gathering, argument);
  }
  return gathering;
}

function bindNamed(gathering: Gathering, argument: Argument, name: Name): void {
  const { context, op, kind } = gathering;
  const parameter = Object.hasOwn(op.params, name.text) ? op.params[name.text] : undefined;
  if (parameter === undefined) {
    gathering.hasMistake = true;
    const facts = { name: name.text, of: kind };
    const help = foreignParameter(name.text);
    const details =
      help === undefined ? offer(context, name.text, name.span, Object.keys(op.params)) : { help };
    tell(context, unknownParameter, facts, { span: name.span, ...details });
    return;
  }
  const { value } = argument;
  if (
    value.kind === 'name-expression' &&
    findLocal(context.scope, value.name) === undefined &&
    parameter.type.words.includes(value.name)
  ) {
    set(gathering, { parameter: name.text, value: { kind: 'word', word: value.name }, span: argument.span });
    return;
  }
  resolveExpression(context, value, parameter.type.words);
  set(gathering, {
    parameter: name.text,
    value: { kind: 'expression', expression: value },
    span: value.span,
  });
}

function bindBareName(gathering: Gathering, argument: Argument, word: string): void {
  const { context, op, kind } = gathering;
  const local = findLocal(context.scope, word);
  const declared = local ?? context.module.names.get(word);
  const owner = Object.keys(op.params).find((name) => op.params[name]?.type.words.includes(word) === true);
  const activation = op.takesActivation ? activationNamed(word) : undefined;
  if (declared !== undefined) {
    const isWord = owner !== undefined || activation !== undefined;
    const { span } = isDeclaration(declared) ? declared.tree.name : declared;
    if (isWord) {
      tell(
        context,
        nameHidesWord,
        { name: word, layer: kind },
        { span: argument.span, related: [{ span, label: 'declared here' }] },
      );
    }
    bindPositional(gathering, argument);
    return;
  }
  if (owner !== undefined)
    set(gathering, { parameter: owner, value: { kind: 'word', word }, span: argument.span });
  else if (activation !== undefined)
    setActivation(gathering, { kind: 'word', op: activation, span: argument.span });
  else tellUnknownWord(gathering, argument, word);
}

function tellUnknownWord(gathering: Gathering, argument: Argument, word: string): void {
  const { context, op, kind } = gathering;
  gathering.hasMistake = true;
  const words = Object.values(op.params).flatMap((parameter) => parameter.type.words);
  const activations = op.takesActivation ? activationNames : [];
  const candidates = inTurn<string>(
    words,
    activations,
    visibleNames(context.scope),
    context.module.names.keys(),
  );
  if (op.category === 'join') {
    tell(
      context,
      notATensor,
      { name: word, kind: 'name that nothing has' },
      { span: argument.span, ...offer(context, word, argument.span, visibleNames(context.scope)) },
    );
    return;
  }
  const facts = { word, layer: kind };
  const help = helpForWord(op, word);
  const details = help === undefined ? offer(context, word, argument.span, candidates) : { help };
  tell(context, unknownWord, facts, { span: argument.span, ...details });
}

/** A word that is a parameter lacks its value; another layer has to follow. */
function helpForWord(op: AnyOp, word: string): string | undefined {
  if (Object.hasOwn(op.params, word)) return `give it a value: \`${word}=…\``;
  if (/^x\d*$/.test(word)) return 'a size is written without spaces: `3x3`';
  return opNamed(word) === undefined ? undefined : `it is a layer of its own: let it follow, \`-> ${word}\``;
}

function bindPositional(gathering: Gathering, argument: Argument): void {
  const { context, op, kind } = gathering;
  const { value } = argument;
  if (op.category === 'join' && value.kind === 'name-expression') {
    bindTensor(gathering, { kind: 'name', text: value.name, span: value.span });
    return;
  }
  if (
    value.kind === 'name-expression' &&
    op.takesActivation &&
    findLocal(context.scope, value.name)?.kind === 'block parameter'
  ) {
    resolveExpression(context, value, []);
    setActivation(gathering, { kind: 'value', expression: value, span: value.span });
    return;
  }
  const place = op.positional.find(
    (name) => !gathering.arguments.has(name) && op.params[name]?.type.words.length === 0,
  );
  if (place !== undefined) {
    resolveExpression(context, value, []);
    set(gathering, { parameter: place, value: { kind: 'expression', expression: value }, span: value.span });
    return;
  }
  const followsFromMistake = gathering.hasSurplus || gathering.hasMistake;
  gathering.hasMistake = true;
  // What is used here is used, though nothing more is said of it.
  resolveExpression(silently(context), value, []);
  if (followsFromMistake) return;
  gathering.hasSurplus = true;
  tell(context, surplusArgument, { of: kind, takes: takesByPosition(op) }, { span: argument.span });
}

function bindTensor(gathering: Gathering, name: Name): void {
  const meaning = meaningOf(gathering.context, name.text, name.span);
  if (meaning !== undefined && !isDeclaration(meaning) && meaning.kind === 'tensor') {
    gathering.tensors.push(name);
    return;
  }
  gathering.hasMistake = true;
  const kind = meaning === undefined || isDeclaration(meaning) ? 'name of the file' : meaning.kind;
  tell(gathering.context, notATensor, { name: name.text, kind }, { span: name.span });
}

function set(gathering: Gathering, argument: BoundArgument): void {
  const first = gathering.arguments.get(argument.parameter);
  if (first === undefined) {
    gathering.arguments.set(argument.parameter, argument);
    return;
  }
  const words = [first, argument].flatMap(({ value }) => (value.kind === 'word' ? [value.word] : []));
  const facts = { name: argument.parameter, of: gathering.kind, words };
  tell(gathering.context, repeatedArgument, facts, {
    span: argument.span,
    related: [{ span: first.span, label: 'the first one' }],
  });
}

function setActivation(gathering: Gathering, activation: BoundActivation): void {
  if (gathering.activation === undefined) {
    gathering.activation = activation;
    return;
  }
  const related = [{ span: gathering.activation.span, label: 'the first one' }];
  tell(
    gathering.context,
    repeatedArgument,
    {
      name: 'activation',
      of: gathering.kind,
      words: [gathering.activation, activation].map(({ span }) => textOf(span)),
    },
    { span: activation.span, related },
  );
}

/** What `default` set holds where the layer itself says nothing; later defaults come before earlier ones. */
function addDefaults(context: Context, gathering: Gathering): void {
  for (const { op, tree } of context.defaults.toReversed()) {
    if (op !== gathering.kind) continue;
    const defaults = gather(silently(context), op, tree.arguments);
    for (const [name, argument] of defaults.arguments) {
      if (!gathering.arguments.has(name)) gathering.arguments.set(name, argument);
    }
    gathering.activation ??= defaults.activation;
  }
}

function tellMissing(context: Context, gathering: Gathering, name: Name): void {
  const { op, kind } = gathering;
  for (const [parameter, { required }] of Object.entries(op.params)) {
    if (!required || gathering.arguments.has(parameter)) continue;
    gathering.hasMistake = true;
    tell(
      context,
      missingArgument,
      { name: parameter, of: kind, example: op.doc.example.line },
      { span: name.span },
    );
    return;
  }
}

function activationNamed(word: string): OpKind | undefined {
  return activationNames.find((name) => name === word);
}

/** True where an expression has the same value wherever it stands. */
function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'size':
    case 'boolean':
    case 'string':
      return true;
    case 'list':
    case 'tuple':
      return expression.items.every(isLiteral);
    case 'strided':
      return isLiteral(expression.window) && isLiteral(expression.stride);
    case 'range':
      return isLiteral(expression.from) && isLiteral(expression.to);
    case 'unary':
      return isLiteral(expression.operand);
    default:
      return false;
  }
}
