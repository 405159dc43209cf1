import { type Span } from '../../diagnostics/source.js';
import type { Body, For, From, If, Repeat, Share, Statement } from '../../parser/ast.js';
import { compare, isOpen, isWhole, openSizes, subtract, toGrouped, type Exact } from '../values/exact.js';
import { describeValue, isNumber, isUnknown, valueText } from '../values/kinds.js';
import { unknown, type Value } from '../values/value.js';
import { limitMet } from './effort.js';
import { inner, type Environment } from './environment.js';
import { conditionOf, evaluate, functionOf, itemsOf } from './evaluate.js';
import { fail } from './evaluator.js';
import { exhaust } from './exhaust.js';
import { stopAtLimit } from './layer.js';
import { needsSize, notAList, wrongCount, wrongUnpacking } from './problems.js';
import { roundText } from './rounds.js';
import { unknownTensor, type Expansion, type Line, type Place } from './state.js';
import { blockOf, type BlockTarget } from './targets.js';

import { runChain, tensorNamed } from './steps.js';
import { runAssert } from './asserts.js';

/** Runs the statements of a body, one after another. */
export function runBody(expansion: Expansion, place: Place, body: Body): void {
  const { effort } = expansion.evaluator;
  const exceeded = limitMet(effort);
  if (exceeded !== undefined) {
    expansion.stopped = true;
    exhaust(expansion.evaluator, exceeded, body.span, place.environment.trail);
    return;
  }
  effort.levels += 1;
  // A round without statements is a step too.
  expansion.fuel -= 1;
  for (const statement of body.statements) {
    if (expansion.stopped) break;
    expansion.fuel -= 1;
    if (expansion.fuel < 0)
      stopAtLimit(expansion, statement.span, place.environment.trail, 'more, with what only repeats');
    else runStatement(expansion, place, statement);
  }
  effort.levels -= 1;
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
    fail(
      evaluator,
      needsSize,
      {
        what: 'the number of rounds',
        sizes: openSizes(count),
      },
      { span, trail: environment.trail },
    );
    return undefined;
  }
  if (typeof count === 'number' && count >= 0) return count;
  if (isNumber(count) && isWhole(count) === true && compare(count, 0) === 1) {
    stopAtLimit(expansion, span, environment.trail, `${valueText(count)} rounds`);
    return undefined;
  }
  fail(evaluator, wrongCount, { got: describeValue(count) }, { span, trail: environment.trail });
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
  const rounds = roundsOfRange(list);
  if (rounds !== undefined && typeof rounds !== 'number') {
    stopAtLimit(expansion, statement.list.span, environment.trail, `${toGrouped(rounds)} rounds`);
    return;
  }
  const items = roundItems(list);
  if (items === undefined) {
    if (!isUnknown(list))
      fail(
        evaluator,
        notAList,
        { got: describeValue(list) },
        { span: statement.list.span, trail: environment.trail },
      );
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
        fail(evaluator, wrongUnpacking, facts, { span: statement.list.span, trail: environment.trail });
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

/** How many whole numbers a range holds, where it is one that could be counted. */
function roundsOfRange(list: Value): Exact | undefined {
  if (typeof list !== 'object' || list.kind !== 'range') return undefined;
  const length = subtract(list.to, list.from);
  return isWhole(list.from) === true && isWhole(length) === true && !isOpen(length) ? length : undefined;
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

function runShare(environment: Environment, statement: Share): void {
  const target: BlockTarget = { kind: 'shared', tree: statement, environment, uses: { first: undefined } };
  environment.names.set(statement.name.text, blockOf(target, `${statement.name.text}<>`));
}
