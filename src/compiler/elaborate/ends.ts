import type { Layer } from '../../parser/ast.js';
import type { Shape } from '../ops/op.js';
import type { InputBinding, OutputBinding } from '../resolve/bindings.js';
import { duplicateName } from '../resolve/problems.js';
import { equals, toNumber } from '../values/exact.js';
import { describeValue, isNumber, isUnknown, shapeText, valueText } from '../values/kinds.js';
import type { Value } from '../values/value.js';
import { evaluate } from './evaluate.js';
import { fail } from './evaluator.js';
import { addLayer, arriving, checkArguments } from './layer.js';
import { modelInputMismatch, severalInputs, unnamedInput, wrongArgument } from './problems.js';
import { nextPath, unknownTensor, type Expansion, type Place, type Tensor } from './state.js';
import type { PlacedValue } from './targets.js';

/** `input 224x224x3`: a node of its own in the model itself; in a model that is used as a block, what arrives. */
export function declareInput(expansion: Expansion, place: Place, step: Layer, binding: InputBinding): void {
  const { frame, line } = place;
  const given = frame.model === 'used' ? undefined : overriddenSize(expansion);
  const size = given ?? evaluate(expansion.evaluator, binding.size, place.environment);
  if (isUnknown(size)) line.current = unknownTensor;
  else if (frame.model === 'used') line.current = takeArriving(expansion, place, step, size);
  else line.current = addInput(expansion, place, { step, binding, size });
  if (binding.name !== undefined) place.environment.names.set(binding.name.text, line.current);
}

/** `--input 299x299x3` stands for the size of the first input. */
function overriddenSize(expansion: Expansion): Value | undefined {
  return expansion.inputNames.size === 0 ? expansion.inputSize : undefined;
}

function addInput(
  expansion: Expansion,
  place: Place,
  input: { readonly step: Layer; readonly binding: InputBinding; readonly size: Value },
): Tensor {
  const { step, binding, size } = input;
  const { trail } = place.environment;
  const isFirst = expansion.inputNames.size === 0;
  const name = binding.name?.text ?? step.as?.text;
  if (!isFirst && name === undefined) {
    fail(expansion.evaluator, unnamedInput, undefined, { span: step.span, trail });
    return unknownTensor;
  }
  const values = new Map<string, PlacedValue>([['shape', { value: size, span: binding.size.span }]]);
  if (!isFirst && name !== undefined)
    values.set('name', { value: { kind: 'word', text: name }, span: step.span });
  const args = checkArguments(
    expansion,
    { kind: 'layer', op: 'input', values, activation: undefined },
    step.span,
    trail,
  );
  if (args === undefined) return unknownTensor;
  const own = name ?? 'input';
  const earlier = expansion.inputNames.get(own);
  if (earlier !== undefined) {
    const related = [{ span: earlier, label: 'the first one' }];
    fail(
      expansion.evaluator,
      duplicateName,
      { name: own, what: 'input' },
      { span: step.span, trail, related },
    );
    return unknownTensor;
  }
  expansion.inputNames.set(own, step.span);
  const path = nextPath(place.frame, 'input', own);
  return addLayer(expansion, place, { op: 'input', args, inputs: [], path }, { span: step.span, values });
}

function takeArriving(expansion: Expansion, place: Place, step: Layer, size: Value): Tensor {
  const { frame, environment } = place;
  const arrived = frame.arriving ?? unknownTensor;
  if (place.line.current !== undefined) {
    fail(
      expansion.evaluator,
      severalInputs,
      { model: frame.name },
      { span: step.span, trail: environment.trail },
    );
    return unknownTensor;
  }
  if (arrived.kind === 'unknown') return arrived;
  if (agrees(size, arrived.shape)) return arrived;
  const facts = { model: frame.name, takes: sizeText(size), got: shapeText(arrived.shape) };
  fail(expansion.evaluator, modelInputMismatch, facts, { span: step.span, trail: environment.trail });
  return unknownTensor;
}

function agrees(size: Value, shape: Shape): boolean {
  const items = typeof size === 'object' && size.kind === 'list' ? size.items : [size];
  if (items.length !== shape.length) return false;
  return items.every((item, place) => {
    const other = shape[place];
    if (typeof item === 'object' && item.kind === 'open') return true;
    return other !== undefined && isNumber(item) && equals(item, other) === true;
  });
}

function sizeText(size: Value): string {
  const items = typeof size === 'object' && size.kind === 'list' ? size.items : [size];
  return items.map(valueText).join('×');
}

/** `output aux1 weight=0.3 training`: names the tensor that arrives there. */
export function declareOutput(expansion: Expansion, place: Place, step: Layer, binding: OutputBinding): void {
  const tensor = arriving(expansion, place, 'output', step.span);
  const { trail } = place.environment;
  const weight = outputWeight(expansion, place, binding);
  if (tensor.kind === 'unknown' || weight === undefined) return;
  const name = `${place.frame.prefix}${binding.name?.text ?? 'output'}`;
  const earlier = expansion.outputSpans.get(name);
  if (earlier !== undefined) {
    const related = [{ span: earlier, label: 'the first one' }];
    fail(expansion.evaluator, duplicateName, { name, what: 'output' }, { span: step.span, trail, related });
    return;
  }
  expansion.outputSpans.set(name, step.span);
  expansion.outputs.push({ name, node: tensor.node, training: binding.training, weight });
}

function outputWeight(expansion: Expansion, place: Place, binding: OutputBinding): number | undefined {
  if (binding.weight === undefined) return 1;
  const value = evaluate(expansion.evaluator, binding.weight, place.environment);
  if (isUnknown(value)) return undefined;
  const weight = isNumber(value) ? toNumber(value) : Number.NaN;
  if (weight >= 0) return weight;
  const facts = {
    parameter: 'weight',
    of: 'output',
    expected: 'a number of at least 0',
    got: describeValue(value),
  };
  fail(expansion.evaluator, wrongArgument, facts, {
    span: binding.weight.span,
    trail: place.environment.trail,
  });
  return undefined;
}
