import { textOf, type Span } from '../../diagnostics/source.js';
import type {
  Assert,
  Body,
  Chain,
  Expression,
  For,
  From,
  If,
  Join,
  Layer,
  Repeat,
  Share,
  Statement,
  Step,
} from '../../parser/ast.js';
import type { AnyOp } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import type { LayerBinding } from '../resolve/bindings.js';
import { limitExceeded } from '../resolve/problems.js';
import { compare, isOpen, isWhole, openSizes } from '../values/exact.js';
import { describeValue, isNumber, isUnknown, valueText } from '../values/kinds.js';
import { unknown, type Value } from '../values/value.js';
import { expand } from './calls.js';
import { declareInput, declareOutput } from './ends.js';
import { inner, lookUp, type Environment } from './environment.js';
import {
  conditionOf,
  evaluate,
  fail,
  functionOf,
  itemsOf,
  layerTarget,
  targetOf,
  type FoundTarget,
} from './evaluate.js';
import { describeBranches, type Branch } from './join.js';
import { addLayer, arriving, checkArguments, stopAtLimit } from './layer.js';
import {
  assertionFailed,
  branchesUnread,
  needsSize,
  nothingToJoin,
  notAList,
  wrongCount,
  wrongUnpacking,
} from './problems.js';
import { roundText } from './rounds.js';
import {
  nextPath,
  unknownTensor,
  type CheckedLayer,
  type Expansion,
  type Line,
  type Place,
  type Tensor,
} from './state.js';
import { blockOf, type BlockTarget } from './targets.js';

/** Bodies and calls may nest this deep altogether; parsing bounds one file, this bounds the way through all of them. */
const maximumLevels = 800;

/** Runs the statements of a body, one after another. */
export function runBody(expansion: Expansion, place: Place, body: Body): void {
  if (expansion.levels >= maximumLevels) {
    expansion.stopped = true;
    const facts = { what: 'blocks and braces within each other', limit: maximumLevels, got: 'more' };
    fail(expansion.evaluator, place.environment.trail, limitExceeded, body.span, facts);
    return;
  }
  expansion.levels += 1;
  for (const statement of body.statements) {
    if (expansion.stopped) break;
    expansion.fuel -= 1;
    if (expansion.fuel < 0)
      stopAtLimit(expansion, statement.span, place.environment.trail, 'more, with what only repeats');
    else runStatement(expansion, place, statement);
  }
  expansion.levels -= 1;
}

function runStatement(expansion: Expansion, place: Place, statement: Statement): void {
  const { environment } = place;
  switch (statement.kind) {
    case 'chain':
      runChain(expansion, place, statement);
      return;
    case 'default':
      return;
    case 'let': {
      const isFunction = statement.parameters !== undefined;
      const value = isFunction
        ? functionOf(statement, environment)
        : evaluate(expansion.evaluator, statement.value, environment);
      environment.names.set(statement.name.text, value);
      return;
    }
    case 'assert':
      runAssert(expansion, place, statement);
      return;
    case 'if':
      runIf(expansion, place, statement);
      return;
    case 'repeat':
      runRepeat(expansion, place, statement);
      return;
    case 'for':
      runFor(expansion, place, statement);
      return;
    case 'from':
      runFrom(expansion, place, statement);
      return;
    case 'share':
      runShare(environment, statement);
  }
}

function runChain(expansion: Expansion, place: Place, chain: Chain): void {
  for (const step of chain.steps) {
    runStep(expansion, place, step);
    if (step.as !== undefined) nameTensor(place.environment, step.as.text, place.line.current);
  }
}

function nameTensor(environment: Environment, name: string, tensor: Tensor | undefined): void {
  environment.names.set(name, tensor ?? unknownTensor);
}

function runStep(expansion: Expansion, place: Place, step: Step): void {
  const { line, environment } = place;
  switch (step.kind) {
    case 'layer': {
      const binding = expansion.evaluator.bindings.steps.get(step);
      if (binding?.kind === 'input') declareInput(expansion, place, step, binding);
      else if (binding?.kind === 'output') declareOutput(expansion, place, step, binding);
      else if (binding?.kind === 'layer') runLayer(expansion, place, step, binding);
      else line.current = unknownTensor;
      return;
    }
    case 'call': {
      const found = targetOf(expansion.evaluator, step, environment);
      if (found === undefined) line.current = unknownTensor;
      else applyTarget(expansion, place, found, { span: step.span, as: step.as?.text });
      return;
    }
    case 'join':
      runJoin(expansion, place, step);
  }
}

/** Applies whatever a block value stands for to the current tensor. */
function applyTarget(expansion: Expansion, place: Place, found: FoundTarget, site: CallSite): void {
  const { target } = found;
  if (target.kind === 'layer') {
    const args = checkArguments(expansion, target, site.span, place.environment.trail);
    applyLayer(expansion, place, { target, args }, { ...site, others: [] });
    return;
  }
  expand(expansion, place, target, { ...site, text: found.text, run: runBody });
}

/** Where a call or a layer was written, and the name that `as` gives it. */
interface CallSite {
  readonly span: Span;
  readonly as: string | undefined;
}

function runLayer(expansion: Expansion, place: Place, step: Layer, binding: LayerBinding): void {
  const checked = checkedLayer(expansion, place, step, binding);
  const others = binding.tensors.map((name) => tensorNamed(place.environment, name.text));
  applyLayer(expansion, place, checked, { span: step.span, as: step.as?.text, others });
}

/** A layer without names among its arguments means the same each time, so it is put together once. */
function checkedLayer(
  expansion: Expansion,
  place: Place,
  step: Layer | Join,
  binding: LayerBinding,
): CheckedLayer | undefined {
  const isConstant = binding.isConstant && binding.activation?.kind !== 'value';
  const known = isConstant ? expansion.constantLayers.get(binding) : undefined;
  if (known !== undefined) return known;
  const target = layerTarget(expansion.evaluator, binding, place.environment);
  if (target === undefined) return undefined;
  const checked = {
    target,
    args: checkArguments(expansion, target, step.name.span, place.environment.trail),
  };
  if (isConstant) expansion.constantLayers.set(binding, checked);
  return checked;
}

function applyLayer(
  expansion: Expansion,
  place: Place,
  checked: CheckedLayer | undefined,
  site: CallSite & { readonly others: readonly Tensor[] },
): void {
  const { line, frame } = place;
  const { trail } = place.environment;
  const kind = checked?.target.op;
  const first = arriving(expansion, place, kind ?? 'this', site.span);
  if (checked === undefined || kind === undefined) {
    line.current = unknownTensor;
    return;
  }
  const path = nextPath(frame, kind, site.as);
  if (checked.args === undefined) {
    line.current = unknownTensor;
    return;
  }
  const op: AnyOp = ops[kind];
  const inputs = [first, ...line.beside, ...site.others];
  if (op.category === 'join') {
    line.beside = [];
    if (inputs.length < op.arity.min) {
      fail(expansion.evaluator, trail, nothingToJoin, site.span, { join: kind });
      line.current = unknownTensor;
      return;
    }
  } else if (line.beside.length > 0) {
    fail(expansion.evaluator, trail, branchesUnread, site.span, { count: inputs.length });
    line.beside = [];
    line.current = unknownTensor;
    return;
  }
  const { values, activation } = checked.target;
  line.current = addLayer(
    expansion,
    place,
    { op: kind, args: checked.args, inputs, path },
    { span: site.span, values },
  );
  if (activation !== undefined) activate(expansion, place, activation, { site, path });
}

/** An activation that is written as a layer's argument is a node of its own, shown in that layer's line. */
function activate(
  expansion: Expansion,
  place: Place,
  activation: BlockTarget,
  owner: { readonly site: CallSite; readonly path: string },
): void {
  const { site, path } = owner;
  if (activation.kind !== 'layer' || activation.activation !== undefined) {
    applyTarget(
      expansion,
      place,
      { target: activation, text: 'activation' },
      { span: site.span, as: undefined },
    );
    return;
  }
  const args = checkArguments(expansion, activation, site.span, place.environment.trail);
  const { line } = place;
  if (args === undefined || line.current === undefined) {
    line.current = unknownTensor;
    return;
  }
  const { op, values } = activation;
  const layer = { op, args, inputs: [line.current], path: `${path}.${op}`, inline: true };
  line.current = addLayer(expansion, place, layer, { span: site.span, values });
}

function runJoin(expansion: Expansion, place: Place, step: Join): void {
  const { line, environment, frame } = place;
  const from = arriving(expansion, place, step.name.text, step.name.span);
  const branches: Branch[] = step.branches.map((body) => {
    const own: Line = { current: from, beside: [] };
    runBody(expansion, { environment, frame, line: own }, body);
    return { body, tensor: own.current ?? unknownTensor };
  });
  const binding = expansion.evaluator.bindings.steps.get(step);
  const checked = binding?.kind === 'layer' ? checkedLayer(expansion, place, step, binding) : undefined;
  if (checked?.args === undefined) {
    line.current = unknownTensor;
    return;
  }
  const { op, values } = checked.target;
  const path = nextPath(frame, op, step.as?.text);
  const inputs = branches.map(({ tensor }) => tensor);
  const [only] = inputs;
  if (only !== undefined && inputs.length === 1) {
    line.current = only;
    fail(expansion.evaluator, environment.trail, nothingToJoin, step.name.span, { join: op });
    return;
  }
  line.current = addLayer(
    expansion,
    place,
    { op, args: checked.args, inputs, path },
    {
      span: step.name.span,
      values,
      details: () => ({ related: describeBranches(expansion, step, from, branches) }),
    },
  );
}

function runAssert(expansion: Expansion, place: Place, statement: Assert): void {
  const { environment, frame, line } = place;
  const { evaluator } = expansion;
  if (evaluator.bindings.figureAssertions.has(statement)) {
    expansion.pending.push({ tree: statement, environment, scope: frame.scope, at: line.current });
    return;
  }
  const passed = conditionOf(evaluator, statement.condition, environment) ?? false;
  const isKnown = !isUnknown(evaluate(evaluator, statement.condition, environment));
  expansion.settled.push({ tree: statement, passed });
  if (passed || !isKnown) return;
  const why = statement.why === undefined ? undefined : evaluate(evaluator, statement.why, environment);
  const facts = {
    text: textOf(statement.condition.span),
    why: typeof why === 'string' ? why : undefined,
    facts: namedValues(environment, statement.condition),
  };
  fail(evaluator, environment.trail, assertionFailed, statement.span, facts);
}

/** `\`stride\` is 3`, for the names that a condition reads. */
function namedValues(environment: Environment, condition: Expression): string | undefined {
  const operands =
    condition.kind === 'operation'
      ? [condition.first, ...condition.rest.map(({ operand }) => operand)]
      : [condition];
  const parts = operands.flatMap((operand) => {
    if (operand.kind !== 'name-expression') return [];
    const value = lookUp(environment, operand.name);
    return value === undefined || isUnknown(value) ? [] : [`\`${operand.name}\` is ${valueText(value)}`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

function runIf(expansion: Expansion, place: Place, statement: If): void {
  for (const { condition, body } of statement.branches) {
    const holds = conditionOf(expansion.evaluator, condition, place.environment);
    if (holds === undefined) {
      place.line.current = unknownTensor;
      return;
    }
    if (holds) {
      runBody(expansion, { ...place, environment: inner(place.environment) }, body);
      return;
    }
  }
  if (statement.otherwise === undefined) return;
  runBody(expansion, { ...place, environment: inner(place.environment) }, statement.otherwise);
}

function runRepeat(expansion: Expansion, place: Place, statement: Repeat): void {
  const { environment } = place;
  const count = evaluate(expansion.evaluator, statement.count, environment);
  const rounds = roundsOf(expansion, count, statement, environment);
  if (rounds === undefined) {
    place.line.current = unknownTensor;
    return;
  }
  for (let round = 0; round < rounds && !expansion.stopped; round += 1) {
    runRound(
      expansion,
      place,
      { body: statement.body, span: statement.span, round, loop: 'repeat' },
      (names) => {
        if (statement.as !== undefined) names.set(statement.as.text, round);
      },
    );
  }
}

function roundsOf(
  expansion: Expansion,
  count: Value,
  statement: Repeat,
  environment: Environment,
): number | undefined {
  if (isUnknown(count)) return undefined;
  const { span } = statement.count;
  const { evaluator } = expansion;
  if (isNumber(count) && isOpen(count)) {
    fail(evaluator, environment.trail, needsSize, span, {
      what: 'the number of rounds',
      sizes: openSizes(count),
    });
    return undefined;
  }
  if (typeof count === 'number' && count >= 0) return count;
  if (isNumber(count) && isWhole(count) === true && compare(count, 0) === 1) {
    stopAtLimit(expansion, span, environment.trail, `${valueText(count)} rounds`);
    return undefined;
  }
  fail(evaluator, environment.trail, wrongCount, span, { got: describeValue(count) });
  return undefined;
}

function runRound(
  expansion: Expansion,
  place: Place,
  round: {
    readonly body: Body;
    readonly span: Span;
    readonly round: number;
    readonly loop: 'for' | 'repeat';
  },
  setNames: (names: Map<string, Value>) => void,
): void {
  const { environment } = place;
  const step = { text: roundText(round.round, round.loop), span: round.span };
  const own = inner(environment, { step, outer: environment.trail });
  setNames(own.names);
  runBody(expansion, { ...place, environment: own }, round.body);
}

function runFor(expansion: Expansion, place: Place, statement: For): void {
  const { environment, line } = place;
  const { evaluator } = expansion;
  const list = evaluate(evaluator, statement.list, environment);
  const items = roundItems(list);
  if (items === undefined) {
    if (!isUnknown(list))
      fail(evaluator, environment.trail, notAList, statement.list.span, { got: describeValue(list) });
    line.current = unknownTensor;
    return;
  }
  let round = 0;
  for (const item of items) {
    if (expansion.stopped) return;
    const values = unpack(item, statement.names.length);
    if (values === undefined) {
      if (!isUnknown(item)) {
        const facts = { names: statement.names.length, got: describeValue(item) };
        fail(evaluator, environment.trail, wrongUnpacking, statement.list.span, facts);
      }
      line.current = unknownTensor;
      return;
    }
    runRound(
      expansion,
      place,
      { body: statement.body, span: statement.span, round, loop: 'for' },
      (names) => {
        for (const [index, name] of statement.names.entries()) names.set(name.text, values[index] ?? unknown);
      },
    );
    round += 1;
  }
}

function roundItems(list: Value): Iterable<Value> | undefined {
  if (typeof list !== 'object') return undefined;
  if (list.kind === 'list') return list.items;
  if (list.kind === 'range' && typeof list.from === 'number' && typeof list.to === 'number')
    return numbersIn(list.from, list.to);
  return undefined;
}

function* numbersIn(from: number, to: number): Iterable<number> {
  for (let number = from; number < to; number += 1) yield number;
}

function unpack(item: Value, names: number): readonly Value[] | undefined {
  if (names === 1) return [item];
  const items = itemsOf(item);
  return items?.length === names ? items : undefined;
}

function runFrom(expansion: Expansion, place: Place, statement: From): void {
  const { environment, frame } = place;
  const [first, ...beside] = statement.names.map((name) => tensorNamed(environment, name.text));
  const line: Line = { current: first, beside };
  runBody(expansion, { environment, frame, line }, statement.body);
  if (line.current?.kind === 'tensor') expansion.ends.push({ node: line.current.node, span: statement.span });
}

function tensorNamed(environment: Environment, name: string): Tensor {
  const value = lookUp(environment, name);
  return typeof value === 'object' && value.kind === 'tensor' ? value : unknownTensor;
}

function runShare(environment: Environment, statement: Share): void {
  const target: BlockTarget = { kind: 'shared', tree: statement, environment, uses: { first: undefined } };
  environment.names.set(statement.name.text, blockOf(target, `${statement.name.text}<>`));
}
