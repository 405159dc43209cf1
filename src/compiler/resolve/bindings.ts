import type { Span } from '../../diagnostics/source.js';
import type {
  Argument,
  Assert,
  BlockValue,
  Call,
  Default,
  Expression,
  Join,
  Layer,
  Name,
} from '../../parser/ast.js';
import type { OpKind } from '../ops/registry.js';
import type { BlockDeclaration } from './declarations.js';

/** An argument of a layer under the parameter that it sets. */
export interface BoundArgument {
  readonly parameter: string;
  readonly value:
    | { readonly kind: 'expression'; readonly expression: Expression }
    | { readonly kind: 'word'; readonly word: string };
  readonly span: Span;
}

/** What follows a layer in the same line of the table: an activation by its word, or a block that a name holds. */
export type BoundActivation =
  | { readonly kind: 'word'; readonly op: OpKind; readonly span: Span }
  | { readonly kind: 'value'; readonly expression: Expression; readonly span: Span };

/** A layer with every argument under its parameter, the defaults that hold there included. */
export interface LayerBinding {
  readonly kind: 'layer';
  readonly op: OpKind;
  readonly arguments: readonly BoundArgument[];
  readonly activation: BoundActivation | undefined;
  /** The named tensors of a join such as `concat skip`. */
  readonly tensors: readonly Name[];
  /** True where nothing but literals and words stand, so that the checked arguments are the same each time. */
  readonly isConstant: boolean;
}

/** `input depth 224x224x1`. */
export interface InputBinding {
  readonly kind: 'input';
  readonly name: Name | undefined;
  readonly size: Expression;
}

/** `output aux1 weight=0.3 training`. */
export interface OutputBinding {
  readonly kind: 'output';
  readonly name: Name | undefined;
  readonly weight: Expression | undefined;
  readonly training: boolean;
}

/** A call whose target is known, or is the block that a name in scope holds. */
export interface CallBinding {
  readonly kind: 'call';
  readonly target:
    | {
        readonly kind: 'declared';
        readonly declaration: BlockDeclaration;
        readonly bound: readonly AliasStep[];
      }
    | { readonly kind: 'variable' }
    | { readonly kind: 'layer'; readonly layer: LayerBinding };
  readonly arguments: readonly Argument[];
}

/** An instance of a model that the way to the model itself led through, outermost first. */
export interface AliasStep {
  readonly arguments: readonly Argument[];
}

/** A step that could not be given a meaning; that has been reported. */
export interface FailedBinding {
  readonly kind: 'failed';
}

export type StepBinding = LayerBinding | InputBinding | OutputBinding | CallBinding | FailedBinding;

/** What the names of a compilation mean: a table beside the trees, which stay as they were. */
export interface Bindings {
  readonly steps: ReadonlyMap<Layer | Call | Join | BlockValue, StepBinding>;
  /** Assertions that ask for figures, and so wait until these are known. */
  readonly figureAssertions: ReadonlySet<Assert>;
  /** Assertions in which a mistake was reported: they have failed, and nothing more is said of them. */
  readonly brokenAssertions: ReadonlySet<Assert>;
}

/** Arguments that `default conv same bias=false` sets from there to the end of the braces. */
export interface LayerDefaults {
  readonly op: OpKind;
  readonly tree: Default;
}
