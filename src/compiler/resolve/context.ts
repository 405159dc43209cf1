import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report, type Problem, type ProblemDetails } from '../../diagnostics/problem.js';
import type { Span } from '../../diagnostics/source.js';
import { offer as nearest } from '../../diagnostics/suggest.js';
import type { Assert, BlockValue, Call, Join, Layer } from '../../parser/ast.js';
import type { LayerDefaults, StepBinding } from './bindings.js';
import type { Declaration, Module } from './declarations.js';
import { findLocal, type LocalName, type Scope } from './scope.js';

/** What one declaration refers to, for the search for circles. */
export interface Reference {
  readonly to: Declaration;
  readonly span: Span;
}

/** What the walk over all files gathers. */
export interface Gathered {
  /** Finds what a block in an expression means: calls hold expressions, and expressions hold calls. */
  readonly bindBlock: (context: Context, value: BlockValue) => void;
  readonly diagnostics: Diagnostic[];
  readonly steps: Map<Layer | Call | Join | BlockValue, StepBinding>;
  readonly figureAssertions: Set<Assert>;
  readonly brokenAssertions: Set<Assert>;
  /** Mistakes in assertions: what is expanded is sound all the same. */
  readonly inAssertions: Set<Diagnostic>;
  readonly references: Map<Declaration, Reference[]>;
  readonly used: Set<LocalName | Declaration>;
}

/** Where the walk is. */
export interface Context {
  readonly gathered: Gathered;
  readonly module: Module;
  readonly owner: Declaration;
  readonly scope: Scope;
  /** What `default` has set so far in the braces around, by layer; later ones hide earlier ones. */
  readonly defaults: readonly LayerDefaults[];
  /** True inside of a block, where `in` has a meaning. */
  readonly hasInput: boolean;
  /** True inside of a model's own braces. */
  readonly isModel: boolean;
  /** True inside of an assertion, where figures have names. */
  readonly hasFigures: boolean;
}

/** Adds a message. */
export function tell<Facts>(
  context: Context,
  problem: Problem<Facts>,
  facts: Facts,
  { span, ...details }: ProblemDetails & { readonly span: Span },
): void {
  context.gathered.diagnostics.push(report(problem, span, facts, details));
}

/** The same place, where what is found wrong is kept to itself; names still count as used. */
export function silently(context: Context): Context {
  return { ...context, gathered: { ...context.gathered, diagnostics: [] } };
}

/** So many mistakes in, nobody reads what was nearly meant, and looking for it would take long. */
const maximumOffers = 1_000;

/** The details that offer the nearest of the candidates, with the edit that takes it. */
export function offer(
  context: Pick<Context, 'gathered'>,
  name: string,
  span: Span,
  candidates: Iterable<string>,
): ProblemDetails {
  return context.gathered.diagnostics.length < maximumOffers ? nearest(name, span, candidates) : {};
}

/** What a name means here: a local one, else one of the file. Marks it as used, and notes what refers to what. */
export function meaningOf(context: Context, name: string, span: Span): LocalName | Declaration | undefined {
  const local = findLocal(context.scope, name);
  if (local !== undefined) {
    context.gathered.used.add(local);
    return local;
  }
  const declaration = context.module.names.get(name);
  if (declaration !== undefined) refer(context, declaration, span);
  return declaration;
}

function refer(context: Context, to: Declaration, span: Span): void {
  context.gathered.used.add(to);
  const known = context.gathered.references.get(context.owner);
  if (known === undefined) context.gathered.references.set(context.owner, [{ to, span }]);
  else known.push({ to, span });
}

/** Tells a declaration of a file from a local name. */
export function isDeclaration(meaning: LocalName | Declaration): meaning is Declaration {
  return 'module' in meaning;
}
