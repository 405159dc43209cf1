import { type Span } from '../../diagnostics/source.js';
import type { Chain, Join, Layer, Step } from '../../parser/ast.js';
import type { AnyOp } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import type { LayerBinding } from '../resolve/bindings.js';
import { expand } from './calls.js';
import { declareInput, declareOutput } from './ends.js';
import { lookUp, type Environment } from './environment.js';
import { layerTarget, targetOf, type FoundTarget } from './call-targets.js';
import { fail } from './evaluator.js';
import { describeBranches, type Branch } from './join.js';
import { addLayer, arriving, checkArguments } from './layer.js';
import { branchesUnread, nothingToJoin } from './problems.js';
import {
  nextPath,
  unknownTensor,
  type CheckedLayer,
  type Expansion,
  type Line,
  type Place,
  type Tensor,
} from './state.js';
import { type BlockTarget } from './targets.js';

/** Runs the steps of a chain, each at the tensor of the one before it. */
export function runChain(expansion: Expansion, place: Place, chain: Chain): void {
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
  expand(expansion, place, target, { ...site, text: found.text });
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
      fail(expansion.evaluator, nothingToJoin, { join: kind }, { span: site.span, trail });
      line.current = unknownTensor;
      return;
    }
  } else if (line.beside.length > 0) {
    fail(expansion.evaluator, branchesUnread, { count: inputs.length }, { span: site.span, trail });
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
    expansion.runBody(expansion, { environment, frame, line: own }, body);
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
    fail(
      expansion.evaluator,
      nothingToJoin,
      { join: op },
      { span: step.name.span, trail: environment.trail },
    );
    return;
  }
  line.current = addLayer(
    expansion,
    place,
    { op, args: checked.args, inputs, path },
    {
      span: step.name.span,
      values,
      details: () => ({
        related: describeBranches(
          expansion,
          { join: step, from, isBlock: isIncoming(environment, from) },
          branches,
        ),
      }),
    },
  );
}

function isIncoming(environment: Environment, tensor: Tensor): boolean {
  const { incoming } = environment;
  return incoming?.kind === 'tensor' && tensor.kind === 'tensor' && incoming.node === tensor.node;
}

/** The tensor that a name holds. */
export function tensorNamed(environment: Environment, name: string): Tensor {
  const value = lookUp(environment, name);
  return typeof value === 'object' && value.kind === 'tensor' ? value : unknownTensor;
}
