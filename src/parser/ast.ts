import type { Source, Span } from '../diagnostics/source.js';

/**
 * The tree of a file. Plain data told apart by `kind`; every node has its span, and comments are attached by the file.
 * Chains that a user can make long (operators, `else if`, `->`) are flat lists, so that no walk recurses along them.
 */
export interface FileTree {
  readonly kind: 'file';
  readonly source: Source;
  readonly items: readonly Item[];
  /** All comments in the order of the text; the printer puts them back by their offsets. */
  readonly comments: readonly Comment[];
  readonly span: Span;
}

export interface Comment {
  readonly kind: 'line' | 'block' | 'doc';
  readonly text: string;
  readonly span: Span;
}

export type Item = Import | Let | Block | Model | Alias | Train | Variants;

export interface Name {
  readonly kind: 'name';
  readonly text: string;
  readonly span: Span;
}

export interface Import {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
  readonly from: StringLiteral;
  readonly span: Span;
}

/** `se as squeeze`: `name` in the other file, `alias` here. */
export interface ImportedName {
  readonly name: Name;
  readonly alias?: Name;
  readonly span: Span;
}

/** `let width = 4 * filters`, or a function of one expression where `parameters` is there. */
export interface Let {
  readonly kind: 'let';
  readonly name: Name;
  readonly parameters?: readonly Parameter[];
  readonly value: Expression;
  readonly doc?: string;
  readonly span: Span;
}

export interface Block {
  readonly kind: 'block';
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
  readonly doc?: string;
  readonly span: Span;
}

export interface Model {
  readonly kind: 'model';
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
  readonly doc?: string;
  readonly span: Span;
}

/** `model ResNet18 = ResNet<depth = 18>`. */
export interface Alias {
  readonly kind: 'alias';
  readonly name: Name;
  readonly target: BlockValue;
  readonly doc?: string;
  readonly span: Span;
}

export interface Train {
  readonly kind: 'train';
  readonly model: Name;
  readonly settings: readonly Setting[];
  readonly doc?: string;
  readonly span: Span;
}

/** `variants ResNet { depth 18, 34; input 224x224x3, 299x299x3 }`: every combination is checked. */
export interface Variants {
  readonly kind: 'variants';
  readonly model: Name;
  readonly settings: readonly Setting[];
  readonly doc?: string;
  readonly span: Span;
}

/** `optimizer adam rate=1e-3`, or `augment { shift 10%; flip horizontal }`, or a list `freeze "stage1", "stage2"`. */
export interface Setting {
  readonly kind: 'setting';
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly settings?: readonly Setting[];
  readonly span: Span;
}

/** `attention: block = identity`. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly name: Name;
  readonly type?: Name;
  readonly default?: Expression;
  readonly span: Span;
}

/** What stands between braces (the span includes them), or one branch of a join. */
export interface Body {
  readonly kind: 'body';
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export type Statement = Chain | Default | If | Repeat | For | Let | Assert | From | Share;

/** Steps joined by `->` in one line; `conv 64 3x3 -> bn -> relu`. `input` and `output` are steps too. */
export interface Chain {
  readonly kind: 'chain';
  readonly steps: readonly Step[];
  readonly span: Span;
}

export type Step = Layer | Call | Join;

/** `conv 64 3x3/2 same relu as stem`. A join with named tensors, `concat skip`, is a layer too: its name decides. */
export interface Layer {
  readonly kind: 'layer';
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly as?: Name;
  readonly span: Span;
}

/** `residual<64, stride = 2>`. */
export interface Call {
  readonly kind: 'call';
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly as?: Name;
  readonly span: Span;
}

/** `concat { | … | … }`. */
export interface Join {
  readonly kind: 'join';
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly branches: readonly Body[];
  readonly as?: Name;
  readonly span: Span;
}

/** A positional argument (a bare word is a `NameExpression`), or `name=value` where `name` is there. */
export interface Argument {
  readonly kind: 'argument';
  readonly name?: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** `default conv same bias=false`. */
export interface Default {
  readonly kind: 'default';
  readonly layer: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

/** `if … { } else if … { } else { }`, flat. */
export interface If {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: Expression; readonly body: Body }[];
  readonly otherwise?: Body;
  readonly span: Span;
}

export interface Repeat {
  readonly kind: 'repeat';
  readonly count: Expression;
  readonly as?: Name;
  readonly body: Body;
  readonly span: Span;
}

/** `for (filters, depth) in [(64, 3)] { }`; one name stands without parentheses. */
export interface For {
  readonly kind: 'for';
  readonly names: readonly Name[];
  readonly list: Expression;
  readonly body: Body;
  readonly span: Span;
}

export interface Assert {
  readonly kind: 'assert';
  readonly condition: Expression;
  readonly why?: Expression;
  readonly span: Span;
}

/** `from mid { … }`: a new line of layers at named tensors (several are joined inside by a join's first step). */
export interface From {
  readonly kind: 'from';
  readonly names: readonly Name[];
  readonly body: Body;
  readonly span: Span;
}

/** `share encoder { … }` declares layers whose weights are one set however often `encoder<>` is called. */
export interface Share {
  readonly kind: 'share';
  readonly name: Name;
  readonly body: Body;
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | SizeLiteral
  | StringLiteral
  | BooleanLiteral
  | ListExpression
  | TupleExpression
  | RangeExpression
  | NameExpression
  | InputExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | BlockValue
  | Operation
  | Unary
  | Conditional
  | Strided
  | Missing;

/** `1_000`, `1e-4`, `40%`, `2.5M`, `64KiB`, `10deg`: the digits as written, and the unit. */
export interface NumberLiteral {
  readonly kind: 'number';
  /** The exact value as a fraction, unit included (`40%` is 2/5; degrees stay degrees). */
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** True where it was written with a point, an exponent below zero or `%`: such a default makes a parameter a `float`. */
  readonly isDecimal: boolean;
  readonly unit?: string;
  readonly span: Span;
}

/** `224x224x3`, `?x?x3`; an open size is `undefined`. */
export interface SizeLiteral {
  readonly kind: 'size';
  readonly sizes: readonly (bigint | undefined)[];
  readonly span: Span;
}

/** `3x3/2`, `[1, 7]/2`: a window with a stride glued to it. */
export interface Strided {
  readonly kind: 'strided';
  readonly window: SizeLiteral | ListExpression;
  readonly stride: Expression;
  readonly span: Span;
}

export interface StringLiteral {
  readonly kind: 'string';
  /** With escapes resolved. */
  readonly value: string;
  readonly span: Span;
}

export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span: Span;
}

export interface ListExpression {
  readonly kind: 'list';
  readonly items: readonly Expression[];
  readonly span: Span;
}

/** `(64, 3)`: two items or more. */
export interface TupleExpression {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
  readonly span: Span;
}

/** `0..58`: the end is excluded. */
export interface RangeExpression {
  readonly kind: 'range';
  readonly from: Expression;
  readonly to: Expression;
  readonly span: Span;
}

export interface NameExpression {
  readonly kind: 'name-expression';
  readonly name: string;
  readonly span: Span;
}

/** `in`: the tensor that arrives at the block. */
export interface InputExpression {
  readonly kind: 'in';
  readonly span: Span;
}

export interface MemberExpression {
  readonly kind: 'member';
  readonly object: Expression;
  readonly member: Name;
  readonly span: Span;
}

export interface IndexExpression {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
  readonly span: Span;
}

/** `floor(x)`, `memory.training(batch=32)`. */
export interface CallExpression {
  readonly kind: 'call-expression';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

/** `se<16>` as a value: a block with arguments bound. */
export interface BlockValue {
  readonly kind: 'block-value';
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

export type OperatorText =
  'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | '+' | '-' | '*' | '/' | '^';

/**
 * Operands of one precedence in a row: `a + b - c` is first a, rest [+ b, - c], meant from the left;
 * `^` from the right. Comparisons have exactly one in `rest`.
 */
export interface Operation {
  readonly kind: 'operation';
  readonly first: Expression;
  readonly rest: readonly {
    readonly operator: OperatorText;
    readonly operatorSpan: Span;
    readonly operand: Expression;
  }[];
  readonly span: Span;
}

/** `-x`, `not x`; repeated signs are one node, outermost first. */
export interface Unary {
  readonly kind: 'unary';
  readonly operators: readonly ('-' | 'not')[];
  readonly operand: Expression;
  readonly span: Span;
}

/** `if c then a else if d then b else e`, flat. */
export interface Conditional {
  readonly kind: 'conditional';
  readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
  readonly otherwise: Expression;
  readonly span: Span;
}

/** Stands where an expression could not be read; its mistake has been reported, so what meets it is silent. */
export interface Missing {
  readonly kind: 'missing';
  readonly span: Span;
}
