import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/source.js';
import type { Let, Model, Name } from '../../parser/ast.js';
import { buildGraph } from '../ir/build.js';
import type { Graph } from '../ir/graph.js';
import type { Limits } from '../limits.js';
import type { Bindings } from '../resolve/bindings.js';
import type { BlockDeclaration, Declaration } from '../resolve/declarations.js';
import { isOpen, openSizes, compare, toGrouped } from '../values/exact.js';
import { isUnknown, valueText } from '../values/kinds.js';
import type { Value } from '../values/value.js';
import { evaluateBlock } from './call-targets.js';
import { duplicateName } from '../resolve/problems.js';
import { bindParameters } from './calls.js';
import { freshEffort } from './effort.js';
import { outermost, type Environment } from './environment.js';
import { leastLayers } from './estimate.js';
import { fail, type Evaluator } from './evaluator.js';
import { stopAtLimit } from './layer.js';
import { assertionFailed, emptyModel, unusedTensor } from './problems.js';
import { runBody } from './statements.js';
import {
  originOf,
  type Expansion,
  type Frame,
  type Line,
  type PendingAssertion,
  type SettledAssertion,
  type Tensor,
} from './state.js';

/** A model, or an instance of one, with what is known of its parameters. */
export interface Instance {
  /** The instance's own name: `ResNet18`. */
  readonly name: Name;
  readonly declaration: BlockDeclaration & { readonly tree: Model };
  readonly bound: ReadonlyMap<string, Value>;
  /** Where these values were written. */
  readonly places: ReadonlyMap<string, Span>;
  /** Stands for the size of the first input. */
  readonly inputSize: Value | undefined;
}

/** What all models of a compilation are expanded with. */
export interface ElaborateOptions {
  readonly bindings: Bindings;
  readonly constants: ReadonlyMap<Let, Value>;
  /** What stands on a mistake that has been reported: no graph is made of it. */
  readonly unsound: ReadonlySet<Declaration>;
  readonly limits: Limits;
}

/** A model with its blocks expanded; without a graph where a mistake was found. */
export interface Elaborated {
  readonly graph: Graph | undefined;
  readonly pending: readonly PendingAssertion[];
  readonly settled: readonly SettledAssertion[];
  readonly evaluator: Evaluator;
  readonly diagnostics: readonly Diagnostic[];
}

/** Expands the blocks, loops and branches of a model into its graph, inferring every shape on the way. */
export function elaborate(instance: Instance, options: ElaborateOptions): Elaborated {
  const diagnostics = collector();
  const evaluator: Evaluator = {
    bindings: options.bindings,
    constants: options.constants,
    report: diagnostics.add,
    block: evaluateBlock,
    callDepth: options.limits.callDepth,
    effort: freshEffort(options.limits.layers),
  };
  const expansion = startExpansion(instance, options, evaluator);
  const environment = outermost(instance.declaration.module);
  const site = { span: instance.name.span, text: instance.name.text };
  const { declaration, bound, places } = instance;
  const target = { kind: 'declared', declaration, bound, places } as const;
  const isBound = bindParameters(expansion, target, environment, { site, caller: environment });
  const isSound = isBound && isKnown(instance.inputSize) && !options.unsound.has(instance.declaration);
  if (isBound) expandModel(expansion, instance, environment);
  // An assertion that doesn't hold is a mistake of the model, not of its graph: the others are evaluated all the same.
  const hasErrors = diagnostics.found.some(
    ({ severity, code }) => severity === 'error' && code !== assertionFailed.code,
  );
  return {
    graph: hasErrors || !isSound ? undefined : finish(expansion, instance, environment),
    pending: expansion.pending,
    settled: expansion.settled,
    evaluator,
    diagnostics: diagnostics.found,
  };
}

function isKnown(size: Value | undefined): boolean {
  return size === undefined || !isUnknown(size);
}

/** Keeps the first message of a code at a place: the rounds of a loop would repeat it. */
function collector(): { readonly found: Diagnostic[]; readonly add: (diagnostic: Diagnostic) => void } {
  const found: Diagnostic[] = [];
  const seen = new Map<object, Set<string>>();
  return {
    found,
    add(diagnostic) {
      const { code, span } = diagnostic;
      const key = `${code} ${String(span.start)} ${String(span.end)}`;
      const inSource = seen.get(span.source) ?? new Set();
      seen.set(span.source, inSource);
      if (inSource.has(key)) return;
      inSource.add(key);
      found.push(diagnostic);
    },
  };
}

function startExpansion(instance: Instance, options: ElaborateOptions, evaluator: Evaluator): Expansion {
  const { layers, callDepth } = options.limits;
  return {
    evaluator,
    runBody,
    builder: buildGraph(),
    outputs: [],
    outputSpans: new Map(),
    inputNames: new Map(),
    pending: [],
    settled: [],
    ends: [],
    constantLayers: new Map(),
    limits: { layers, callDepth },
    fuel: Math.max(1_000_000, layers * 20),
    stopped: false,
    inputSize: instance.inputSize,
    unsound: options.unsound,
  };
}

function expandModel(expansion: Expansion, instance: Instance, environment: Environment): void {
  const { tree } = instance.declaration;
  const least = leastLayers(expansion.evaluator, tree.body, environment);
  if (compare(least.layers, expansion.limits.layers) === 1) {
    stopAtLimit(
      expansion,
      least.most?.span ?? tree.name.span,
      undefined,
      `${toGrouped(least.layers)}${least.isExact ? '' : ' or more'}`,
    );
    return;
  }
  const origin = originOf(tree.name.span, undefined);
  const scope = expansion.builder.open({ path: '', text: instance.name.text, parent: undefined, origin });
  const line: Line = { current: undefined, beside: [] };
  const frame: Frame = {
    name: tree.name.text,
    prefix: '',
    scope,
    counts: new Map(),
    taken: new Set(),
    skipped: new Set(),
    depth: 0,
    arriving: undefined,
    model: 'outermost',
    sharing: undefined,
  };
  runBody(expansion, { environment, frame, line }, tree.body);
  expansion.builder.close(scope);
  if (expansion.stopped) return;
  if (line.current === undefined) {
    fail(
      expansion.evaluator,
      emptyModel,
      { model: instance.name.text },
      { span: tree.name.span, trail: undefined },
    );
    return;
  }
  addLastOutput(expansion, line.current);
}

/** The last tensor is an output, called `output`, where it was not declared as one. */
function addLastOutput(expansion: Expansion, last: Tensor): void {
  if (last.kind === 'unknown') return;
  if (expansion.outputs.some(({ node, training }) => node === last.node && !training)) return;
  const name = 'output';
  const taken = expansion.outputSpans.get(name);
  if (taken === undefined) expansion.outputs.push({ name, node: last.node, training: false, weight: 1 });
  else {
    const help = 'the last tensor of the model has this name: give the other one its own, `output features`';
    fail(
      expansion.evaluator,
      duplicateName,
      { name, what: 'output' },
      { span: taken, trail: undefined, help },
    );
  }
}

function finish(expansion: Expansion, instance: Instance, environment: Environment): Graph {
  tellUnused(expansion);
  const { nodes } = expansion.builder;
  const open = new Set<string>();
  for (const node of nodes) {
    if (node.kind !== 'input') continue;
    for (const size of node.shape) if (isOpen(size)) for (const name of openSizes(size)) open.add(name);
  }
  const parameters = instance.declaration.tree.parameters.map(({ name }) => {
    const value = environment.names.get(name.text) ?? { kind: 'unknown' as const };
    return { name: name.text, value, text: valueText(value) };
  });
  return expansion.builder.finish({
    name: instance.name.text,
    parameters,
    openSizes: [...open],
    outputs: expansion.outputs,
  });
}

/** Lines of `from` that end in nothing. */
function tellUnused(expansion: Expansion): void {
  if (expansion.ends.length === 0) return;
  const { nodes } = expansion.builder;
  const read = new Set<number>();
  for (const node of nodes) for (const input of node.inputs) read.add(input);
  for (const { node } of expansion.outputs) read.add(node);
  for (const { node } of expansion.ends) {
    const end = nodes[node];
    if (read.has(node) || end === undefined) continue;
    const { span, trail } = end.origin;
    fail(expansion.evaluator, unusedTensor, { step: end.path }, { span, trail });
  }
}
