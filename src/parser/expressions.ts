import type { IOrAlt, IToken, TokenType } from 'chevrotain';
import type { Argument, Conditional, Expression, Name, Parameter } from './ast.js';
import type { Choice } from './lean.js';
import { joinOperands, type Operand } from './operands.js';
import { tooLarge } from './problems.js';
import { RecoveringParser } from './recovery.js';
import * as t from './tokens.js';

const word = {
  if: t.keyword('if'),
  then: t.keyword('then'),
  else: t.keyword('else'),
  in: t.keyword('in'),
  not: t.keyword('not'),
  true: t.keyword('true'),
  false: t.keyword('false'),
  block: t.keyword('block'),
};

/** The longest row of members, indices and calls behind one value: the tree holds each in the next. */
const maximumPostfixes = 16;

/** What has no members, no items, and can't be called. */
const closed: ReadonlySet<Expression['kind']> = new Set([
  ...(['number', 'size', 'strided', 'string', 'boolean', 'block-value'] as const),
]);

const aValue = 'a value';
const elseExpected = { ERR_MSG: '`else`, since a condition in an expression has a value in either case' };
const memberExpected = { ERR_MSG: 'the name of a member' };
const kindExpected = 'the kind of the parameter, such as `int` or `block`';

/** The rules of expressions, arguments and parameters. */
export abstract class ExpressionRules extends RecoveringParser {
  /** The last expression that stood in parentheses: a range in them is no bare one. */
  private enclosed: Expression | undefined;
  private readonly expressions: Choice<Expression> = {
    DEF: [{ ALT: () => this.subrule(1, this.conditional) }, { ALT: () => this.subrule(1, this.operation) }],
    ERR_MSG: aValue,
  };
  private readonly values: Choice<Expression> = { DEF: this.valueAlternatives(), ERR_MSG: aValue };
  private readonly operators = this.operatorAlternatives();

  protected readonly expression = this.rule('expression', (): Expression => {
    if (this.RECORDING_PHASE) return this.or(1, this.expressions);
    // The same by one look, with less stack: expressions stand in each other.
    const isConditional = this.LA_FAST(1).tokenType === word.if;
    return isConditional ? this.subrule(1, this.conditional) : this.subrule(1, this.operation);
  });

  protected readonly conditional = this.rule('conditional', (): Conditional => {
    const first = this.consume(1, word.if);
    const outer = this.isInAngle;
    const branches: Conditional['branches'][number][] = [];
    // Between `if` and `then` a comparison can't be taken for the end of `<`.
    this.isInAngle = false;
    const condition = this.subrule(1, this.expression);
    this.consume(1, word.then);
    this.isInAngle = outer;
    branches.push({ condition, value: this.subrule(2, this.expression) });
    this.many(1, () => {
      this.consume(1, t.ElseIf);
      this.consume(2, word.if);
      this.isInAngle = false;
      const next = this.subrule(3, this.expression);
      this.consume(2, word.then);
      this.isInAngle = outer;
      branches.push({ condition: next, value: this.subrule(4, this.expression) });
    });
    this.consume(1, word.else, elseExpected);
    const otherwise = this.subrule(1, this.operation);
    return { kind: 'conditional', branches, otherwise, span: this.spanFrom(first) };
  });

  /** Operands and the operators between them, in one flat row: precedence is a matter of `joinOperands`. */
  protected readonly operation = this.rule('operation', (): Expression => {
    let signs: IToken[] | undefined;
    this.many(1, () => {
      const sign = this.or(1, [
        { ALT: () => this.consume(1, t.Minus) },
        { ALT: () => this.consume(1, word.not) },
      ]);
      (signs ??= []).push(sign);
    });
    const value = this.subrule(1, this.range);
    let operands: Operand[] | undefined;
    this.many(2, () => {
      operands ??= [this.operand([], signs ?? [], value)];
      const operators = this.or(2, this.operators);
      const nextSigns: IToken[] = [];
      this.many(3, () => {
        nextSigns.push(
          this.or(3, [{ ALT: () => this.consume(2, t.Minus) }, { ALT: () => this.consume(3, word.not) }]),
        );
      });
      operands.push(this.operand(operators, nextSigns, this.subrule(2, this.range)));
    });
    if (operands === undefined && signs === undefined) return value;
    const row = operands ?? [this.operand([], signs ?? [], value)];
    return this.RECORDING_PHASE
      ? value
      : joinOperands(row, { make: this.make, tell: this.tellOnce, isInAngle: this.isInAngle });
  });

  private operand(operators: readonly IToken[], signs: readonly IToken[], value: Expression): Operand {
    return { operators, signs, value, isBareRange: value.kind === 'range' && value !== this.enclosed };
  }

  private operatorAlternatives(): IOrAlt<IToken[]>[] {
    const one = (type: Parameters<typeof this.consume>[1]) => ({ ALT: () => [this.consume(1, type)] });
    return [
      one(t.keyword('or')),
      one(t.keyword('and')),
      ...[t.EqualEqual, t.NotEqual, t.LessEqual, t.GreaterEqual, t.Less, t.Greater].map(one),
      one(word.in),
      { ALT: () => [this.consume(2, word.not), this.consume(2, word.in)] },
      ...[t.Plus].map(one),
      { ALT: () => [this.consume(3, t.Minus)] },
      ...[t.Star, t.Slash, t.StrideSlash, t.Caret].map(one),
    ];
  }

  /** `0..58`, or a value alone. */
  protected readonly range = this.rule('range', (): Expression => {
    const from = this.subrule(1, this.value);
    const to = this.option(1, () => {
      this.consume(1, t.Range);
      return this.subrule(2, this.value);
    });
    if (to === undefined || this.RECORDING_PHASE) return from;
    return { kind: 'range', from, to, span: this.make.between(from.span.start, to.span.end) };
  });

  /** A value with what is glued to it: `in.channels`, `xs[0]`, `floor(x)`. */
  protected readonly value = this.rule('value', (): Expression => {
    // Names come most often, and blocks in each other's arguments need their stack.
    const isName = !this.RECORDING_PHASE && this.LA_FAST(1).tokenType === t.Identifier;
    let value = isName ? this.nameOrBlock() : this.or(1, this.values);
    if (this.RECORDING_PHASE) {
      this.many(1, () => {
        this.recordPostfix(value);
      });
      return value;
    }
    if (closed.has(value.kind) && value !== this.enclosed) return value;
    for (let count = 1; this.postfixes.has(this.LA_FAST(1).tokenType); count += 1) {
      value = this.postfix(value);
      if (count > maximumPostfixes) value = this.tooMany(value, count);
    }
    return value;
  });

  private readonly postfixes: ReadonlySet<TokenType> = new Set([t.Dot, t.GluedBracket, t.GluedParen]);

  private recordPostfix(value: Expression): void {
    this.or(2, [
      { ALT: () => this.member(value) },
      { ALT: () => this.index(value) },
      { ALT: () => this.call(value) },
    ]);
  }

  /** One of them, with less stack than a choice takes. */
  private postfix(value: Expression): Expression {
    const type = this.LA_FAST(1).tokenType;
    if (type === t.Dot) return this.member(value);
    return type === t.GluedBracket ? this.index(value) : this.call(value);
  }

  private member(object: Expression): Expression {
    this.consume(1, t.Dot);
    const member = this.make.name(this.consume(1, t.Identifier, memberExpected));
    return { kind: 'member', object, member, span: this.spanSince(object) };
  }

  private index(object: Expression): Expression {
    const outer = this.enterBracket(this.consume(1, t.GluedBracket), false);
    const index = this.subrule(1, this.expression);
    this.consume(1, t.CloseBracket);
    this.leaveBracket(outer);
    return { kind: 'index', object, index, span: this.spanSince(object) };
  }

  private call(callee: Expression): Expression {
    const outer = this.enterBracket(this.consume(1, t.GluedParen), false);
    const given = this.optional(1, this.argumentList) ?? [];
    this.consume(1, t.CloseParen);
    this.leaveBracket(outer);
    return { kind: 'call-expression', callee, arguments: given, span: this.spanSince(callee) };
  }

  private tooMany(value: Expression, count: number): Expression {
    if (count === maximumPostfixes + 1) {
      const what = 'too many members, indices and calls stand behind one value';
      this.make.tell(tooLarge, value.span, { what, limit: maximumPostfixes, got: 'more', flag: undefined });
    }
    return { kind: 'missing', span: value.span };
  }

  private valueAlternatives(): IOrAlt<Expression>[] {
    return [
      { ALT: () => this.make.number(this.consume(1, t.NumberToken)) },
      { ALT: () => this.nameOrBlock() },
      { ALT: () => this.size() },
      { ALT: () => this.make.string(this.consume(1, t.StringToken)) },
      { ALT: () => this.list() },
      { ALT: () => this.parentheses() },
      { ALT: () => this.truth(this.consume(1, word.true)) },
      { ALT: () => this.truth(this.consume(1, word.false)) },
      { ALT: () => ({ kind: 'in', span: this.make.spanOf(this.consume(1, word.in)) }) },
    ];
  }

  private truth(token: IToken): Expression {
    return { kind: 'boolean', value: token.image === 'true', span: this.make.spanOf(token) };
  }

  /** `filters`, or `se<16>`. */
  private nameOrBlock(): Expression {
    const token = this.consume(2, t.Identifier);
    const given = this.optional(2, this.angleArguments);
    if (given === undefined)
      return { kind: 'name-expression', name: token.image, span: this.make.spanOf(token) };
    return { kind: 'block-value', name: this.make.name(token), arguments: given, span: this.spanFrom(token) };
  }

  /** `3x3`, `3x3/2`. */
  private size(): Expression {
    const window = this.make.size(this.consume(1, t.Size));
    return this.strided(window, this.optional(3, this.stride));
  }

  protected readonly stride = this.rule('stride', (): Expression => {
    this.consume(1, t.StrideSlash);
    return this.subrule(1, this.value);
  });

  /** `[1, 7]`, `[1, 7]/2`. */
  private list(): Expression {
    const first = this.consume(1, t.OpenBracket);
    const outer = this.enterBracket(first, false);
    const items: Expression[] = [];
    this.option(4, () => {
      items.push(this.subrule(2, this.expression));
      this.many(2, () => {
        this.consume(1, t.Comma);
        this.option(5, () => items.push(this.subrule(3, this.expression)));
        this.refuseSecondComma(aValue);
      });
    });
    this.consume(2, t.CloseBracket);
    this.leaveBracket(outer);
    const span = this.spanFrom(first);
    return this.strided({ kind: 'list', items, span }, this.optional(6, this.stride));
  }

  private strided(
    window: Extract<Expression, { kind: 'size' | 'list' }>,
    stride: Expression | undefined,
  ): Expression {
    if (stride === undefined || this.RECORDING_PHASE) return window;
    return { kind: 'strided', window, stride, span: this.make.between(window.span.start, stride.span.end) };
  }

  /** `(4 * filters)`, `(64, 3)`. */
  private parentheses(): Expression {
    const first = this.consume(1, t.OpenParen);
    const outer = this.enterBracket(first, false);
    const items = [this.subrule(4, this.expression)];
    this.many(3, () => {
      this.consume(2, t.Comma);
      items.push(this.subrule(5, this.expression));
    });
    this.consume(2, t.CloseParen);
    this.leaveBracket(outer);
    const span = this.spanFrom(first);
    const [only] = items;
    if (only === undefined || items.length > 1) return { kind: 'tuple', items, span };
    this.enclosed = { ...only, span };
    return this.enclosed;
  }

  /** One comma may stand before the closing bracket, and no more. */
  protected refuseSecondComma(expected: string): void {
    if (!this.RECORDING_PHASE && this.LA(0).tokenType === t.Comma && this.LA(1).tokenType === t.Comma) {
      this.fail(expected, undefined);
    }
  }

  /** Arguments between `<` and `>` or `(` and `)`: a whole expression each, with its name or by its place. */
  protected readonly argumentList = this.rule('arguments', (): Argument[] => {
    const items = [this.listedArgument(1)];
    this.many(1, () => {
      this.consume(1, t.Comma);
      this.option(1, () => items.push(this.listedArgument(2)));
      this.refuseSecondComma('an argument');
    });
    return items;
  });

  private listedArgument(occurrence: number): Argument {
    const name = this.option(1 + occurrence, () => this.argumentName(occurrence));
    const value = this.subrule(occurrence, this.expression);
    return this.makeArgument(name, value);
  }

  /** `name =`. */
  protected argumentName(occurrence: number): Name {
    const token = this.consume(occurrence, t.ArgumentName);
    this.consume(occurrence, t.Equals);
    return this.make.name(token);
  }

  protected makeArgument(name: Name | undefined, value: Expression): Argument {
    if (name === undefined) return { kind: 'argument', value, span: value.span };
    return { kind: 'argument', name, value, span: this.spanSince(name) };
  }

  /** `<16>`, `<64, stride = 2>`. */
  protected readonly angleArguments = this.rule('block arguments', (): Argument[] => {
    const outer = this.enterBracket(this.consume(1, t.OpenAngle), true);
    const given = this.optional(1, this.argumentList) ?? [];
    this.consume(1, t.CloseAngle);
    this.leaveBracket(outer);
    return given;
  });

  protected readonly parameterList = this.rule('parameters', (): Parameter[] => {
    const items = [this.subrule(1, this.parameter)];
    this.many(1, () => {
      this.consume(1, t.Comma);
      this.option(1, () => items.push(this.subrule(2, this.parameter)));
      this.refuseSecondComma('a parameter');
    });
    return items;
  });

  /** `stride = 1`, `attention: block = identity`. */
  protected readonly parameter = this.rule('parameter', (): Parameter => {
    const name = this.make.name(this.consume(1, t.Identifier, { ERR_MSG: 'the name of a parameter' }));
    const type = this.option(1, () => {
      this.consume(1, t.Colon);
      return this.or(1, {
        DEF: [
          { ALT: () => this.make.name(this.consume(2, t.Identifier)) },
          { ALT: () => this.make.name(this.consume(1, word.block)) },
        ],
        ERR_MSG: kindExpected,
      });
    });
    const value = this.option(2, () => {
      this.consume(1, t.Equals);
      return this.subrule(1, this.expression);
    });
    return {
      kind: 'parameter',
      name,
      ...(type === undefined ? {} : { type }),
      ...(value === undefined ? {} : { default: value }),
      span: this.spanSince(name),
    };
  });

  /** Goes into a bracket; gives what to come back to. */
  protected enterBracket(opening: IToken, isAngle: boolean): boolean {
    const outer = this.isInAngle;
    this.enter(opening);
    this.isInAngle = isAngle;
    return outer;
  }

  protected leaveBracket(outer: boolean): void {
    this.leave();
    this.isInAngle = outer;
  }
}
