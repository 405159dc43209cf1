import { createTokenInstance, EmbeddedActionsParser, EOF, type IToken, type TokenType } from 'chevrotain';
import type { Argument, Conditional, Expression, Name, NumberLiteral, StringLiteral } from './ast.js';
import type { TreeMaker } from './make.js';
import { joinOperands, type Operand } from './operands.js';
import { expectations } from './syntax-messages.js';
import * as t from './tokens.js';
import { keywords as word } from './tokens.js';

/** The part of the grammar that reads expressions and arguments. */
export abstract class ExpressionGrammar extends EmbeddedActionsParser {
  /** Makes the nodes of the text at hand. */
  protected make: TreeMaker;
  /** True between `<` and `>`, where a comparison would be taken for the end. */
  protected inAngle = false;

  constructor(make: TreeMaker) {
    super([...t.allTokens], { recoveryEnabled: true, maxLookahead: 2, errorMessageProvider: expectations });
    this.make = make;
  }

  /** An argument of a layer: `name=` with a whole expression, or a value that needs no operator. */
  protected readonly argument = this.RULE('argument', (): Argument => {
    return this.OR<Argument>([
      {
        ALT: () => {
          const name = this.SUBRULE(this.name);
          this.CONSUME(t.Equals);
          const value = this.SUBRULE(this.expression);
          return this.ACTION((): Argument => ({
            kind: 'argument',
            name,
            value,
            span: this.make.from(name.span, this.lastEnd()),
          }));
        },
      },
      {
        ALT: () => {
          const value = this.SUBRULE(this.plainValue);
          return this.ACTION((): Argument => ({ kind: 'argument', value, span: value.span }));
        },
      },
    ]);
  });

  protected readonly plainValue = this.RULE(
    'plain value',
    (): Expression => {
      const from = this.SUBRULE(this.operand);
      const to = this.OPTION(() => {
        this.CONSUME(t.Range);
        return this.SUBRULE2(this.operand);
      });
      return this.ACTION(() => (to === undefined ? from : this.make.range(from, to)));
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly angleArguments = this.RULE(
    'block arguments',
    (): Argument[] => {
      const outer = this.enterAngle();
      this.CONSUME(t.OpenAngle);
      const list = this.SUBRULE(this.argumentList);
      this.CONSUME(t.Greater);
      this.inAngle = outer;
      return list;
    },
    { recoveryValueFunc: (): Argument[] => [] },
  );

  protected readonly argumentList = this.RULE(
    'arguments',
    (): Argument[] => {
      const list: Argument[] = [];
      this.MANY(() => {
        keep(list, this.SUBRULE(this.listedArgument));
        this.OPTION(() => this.CONSUME(t.Comma));
      });
      return list;
    },
    { recoveryValueFunc: (): Argument[] => [] },
  );

  protected readonly listedArgument = this.RULE('listed argument', (): Argument => {
    return this.OR<Argument>([
      {
        ALT: () => {
          const name = this.SUBRULE(this.name);
          this.CONSUME(t.Equals);
          const value = this.SUBRULE(this.expression);
          return this.ACTION((): Argument => ({
            kind: 'argument',
            name,
            value,
            span: this.make.from(name.span, this.lastEnd()),
          }));
        },
      },
      {
        ALT: () => {
          const value = this.SUBRULE2(this.expression);
          return this.ACTION((): Argument => ({ kind: 'argument', value, span: value.span }));
        },
      },
    ]);
  });

  protected readonly expression = this.RULE(
    'expression',
    (): Expression => {
      return this.OR<Expression>([
        { ALT: () => this.SUBRULE(this.conditional) },
        { ALT: () => this.SUBRULE(this.operation) },
      ]);
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly conditional = this.RULE(
    'conditional',
    (): Conditional => {
      const first = this.CONSUME(word.if);
      const outer = this.inAngle;
      const branches: { condition: Expression; value: Expression }[] = [];
      this.inAngle = false;
      const condition = this.SUBRULE(this.expression);
      this.CONSUME(word.then);
      this.inAngle = outer;
      branches.push({ condition, value: this.SUBRULE2(this.expression) });
      let otherwise: Expression | undefined;
      this.AT_LEAST_ONE({
        GATE: () => otherwise === undefined,
        DEF: () => {
          this.CONSUME(word.else);
          this.OR([
            {
              ALT: () => {
                this.CONSUME2(word.if);
                this.inAngle = false;
                const next = this.SUBRULE3(this.expression);
                this.CONSUME2(word.then);
                this.inAngle = outer;
                branches.push({ condition: next, value: this.SUBRULE4(this.expression) });
              },
            },
            {
              ALT: () => {
                otherwise = this.SUBRULE(this.operation);
              },
            },
          ]);
        },
      });
      return this.ACTION(() => this.make.conditional(branches, otherwise, this.span(first)));
    },
    { recoveryValueFunc: (): Conditional => this.make.conditional([], undefined, this.missing().span) },
  );

  /** Operands and the operators between them, in one flat row: precedence is a matter of `joinOperands`. */
  protected readonly operation = this.RULE(
    'operation',
    (): Expression => {
      const operands: Operand[] = [];
      keep(operands, this.SUBRULE(this.signedOperand));
      this.MANY({
        GATE: () => !this.inAngle || !this.isComparison(),
        DEF: () => {
          const operators = this.SUBRULE(this.operator);
          const operand = this.SUBRULE2(this.signedOperand);
          this.ACTION(() => operands.push({ ...operand, operators }));
        },
      });
      return this.ACTION(() => joinOperands(operands, this.make));
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly operator = this.RULE(
    'operator',
    (): IToken[] => {
      const found: IToken[] = [];
      this.OR([
        { ALT: () => found.push(this.CONSUME(word.or)) },
        { ALT: () => found.push(this.CONSUME(word.and)) },
        { ALT: () => found.push(this.CONSUME(t.EqualEqual)) },
        { ALT: () => found.push(this.CONSUME(t.NotEqual)) },
        { ALT: () => found.push(this.CONSUME(t.LessEqual)) },
        { ALT: () => found.push(this.CONSUME(t.GreaterEqual)) },
        { ALT: () => found.push(this.CONSUME(t.Less)) },
        { ALT: () => found.push(this.CONSUME(t.Greater)) },
        { ALT: () => found.push(this.CONSUME(word.in)) },
        {
          ALT: () => {
            found.push(this.CONSUME(word.not));
            found.push(this.CONSUME2(word.in));
          },
        },
        { ALT: () => found.push(this.CONSUME(t.Plus)) },
        { ALT: () => found.push(this.CONSUME(t.Minus)) },
        { ALT: () => found.push(this.CONSUME(t.Star)) },
        { ALT: () => found.push(this.CONSUME(t.Slash)) },
        { ALT: () => found.push(this.CONSUME(t.StrideSlash)) },
        { ALT: () => found.push(this.CONSUME(t.Caret)) },
      ]);
      return found;
    },
    { recoveryValueFunc: (): IToken[] => [] },
  );

  protected readonly signedOperand = this.RULE(
    'signed operand',
    (): Operand => {
      const signs: IToken[] = [];
      this.MANY(() => {
        this.OR([
          { ALT: () => signs.push(this.CONSUME(t.Minus)) },
          { ALT: () => signs.push(this.CONSUME(word.not)) },
        ]);
      });
      const value = this.SUBRULE(this.plainValue);
      return this.ACTION((): Operand => ({ operators: [], signs, value }));
    },
    { recoveryValueFunc: (): Operand => ({ operators: [], signs: [], value: this.missing() }) },
  );

  /** A primary with what is glued to it: `xs[0]`, `in.channels`, `floor(x)`. */
  protected readonly operand = this.RULE(
    'operand',
    (): Expression => {
      let value = this.SUBRULE(this.primary);
      this.MANY(() => {
        value = this.OR<Expression>([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              const member = this.SUBRULE(this.name);
              const object = value;
              return this.ACTION((): Expression => this.make.member(object, member));
            },
          },
          {
            ALT: () => {
              const object = value;
              const outer = this.leaveAngle();
              this.CONSUME(t.GluedBracket);
              const index = this.SUBRULE(this.expression);
              this.CONSUME(t.CloseBracket);
              this.inAngle = outer;
              return this.ACTION((): Expression => this.make.index(object, index, this.lastEnd()));
            },
          },
          {
            ALT: () => {
              const callee = value;
              const outer = this.leaveAngle();
              this.CONSUME(t.GluedParen);
              const given = this.SUBRULE(this.argumentList);
              this.CONSUME(t.CloseParen);
              this.inAngle = outer;
              return this.ACTION((): Expression => this.make.call(callee, given, this.lastEnd()));
            },
          },
        ]);
      });
      return value;
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly primary = this.RULE(
    'value',
    (): Expression => {
      return this.OR<Expression>([
        { ALT: () => this.SUBRULE(this.number) },
        { ALT: () => this.SUBRULE(this.size) },
        { ALT: () => this.SUBRULE(this.string) },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.parenthesised) },
        { ALT: () => this.SUBRULE(this.nameOrBlock) },
        { ALT: () => this.truth(this.CONSUME(word.true)) },
        { ALT: () => this.truth(this.CONSUME(word.false)) },
        { ALT: () => this.tensorIn(this.CONSUME(word.in)) },
      ]);
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly number = this.RULE(
    'number',
    (): NumberLiteral => {
      const token = this.CONSUME(t.NumberToken);
      return this.ACTION(() => this.make.number(token));
    },
    {
      recoveryValueFunc: (): NumberLiteral => ({
        kind: 'number',
        numerator: 0n,
        denominator: 1n,
        isDecimal: false,
        span: this.missing().span,
      }),
    },
  );

  protected readonly size = this.RULE(
    'size',
    (): Expression => {
      const token = this.CONSUME(t.Size);
      const stride = this.OPTION(() => this.SUBRULE(this.stride));
      return this.ACTION(() => this.make.size(token, stride));
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly stride = this.RULE(
    'stride',
    (): Expression => {
      this.CONSUME(t.StrideSlash);
      return this.SUBRULE(this.operand);
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly string = this.RULE(
    'text',
    (): StringLiteral => {
      const token = this.CONSUME(t.StringToken);
      return this.ACTION(() => this.make.string(token));
    },
    { recoveryValueFunc: (): StringLiteral => ({ kind: 'string', value: '', span: this.missing().span }) },
  );

  protected readonly list = this.RULE(
    'list',
    (): Expression => {
      const outer = this.leaveAngle();
      const first = this.CONSUME(t.AnyBracket);
      const items: Expression[] = [];
      this.MANY(() => {
        keep(items, this.SUBRULE(this.expression));
        this.OPTION(() => this.CONSUME(t.Comma));
      });
      this.CONSUME(t.CloseBracket);
      this.inAngle = outer;
      const end = this.lastEnd();
      const stride = this.OPTION2(() => this.SUBRULE(this.stride));
      return this.ACTION(() => this.make.list(items, this.make.between(first.startOffset, end), stride));
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly parenthesised = this.RULE(
    'parentheses',
    (): Expression => {
      const outer = this.leaveAngle();
      const first = this.CONSUME(t.AnyParen);
      const items: Expression[] = [];
      keep(items, this.SUBRULE(this.expression));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        keep(items, this.SUBRULE2(this.expression));
      });
      this.CONSUME(t.CloseParen);
      this.inAngle = outer;
      return this.ACTION(() => this.make.parentheses(items, this.span(first)));
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly nameOrBlock = this.RULE(
    'name or block',
    (): Expression => {
      const name = this.SUBRULE(this.name);
      const given = this.OPTION(() => this.SUBRULE(this.angleArguments));
      return this.ACTION((): Expression => {
        if (given === undefined) return { kind: 'name-expression', name: name.text, span: name.span };
        return {
          kind: 'block-value',
          name,
          arguments: given,
          span: this.make.from(name.span, this.lastEnd()),
        };
      });
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  protected readonly name = this.RULE('name', (): Name => this.nameOf(this.CONSUME(t.Identifier)), {
    recoveryValueFunc: (): Name => ({ kind: 'name', text: '', span: this.missing().span }),
  });

  /** A token that is made up to go on behind a missing one stands where that would have stood. */
  protected override getTokenToInsert(type: TokenType): IToken {
    const next = this.LA(1);
    const startOffset = Number.isNaN(next.startOffset) ? this.lastEnd() : next.startOffset;
    return {
      ...createTokenInstance(type, '', startOffset, startOffset, 0, 0, 0, 0),
      isInsertedInRecovery: true,
    };
  }

  protected nameOf(token: IToken): Name {
    return this.ACTION(() => this.make.name(token));
  }

  protected missing(): Expression {
    const end = this.lastEnd();
    return { kind: 'missing', span: this.make.between(end, end) };
  }

  protected truth(token: IToken): Expression {
    return this.ACTION((): Expression => ({
      kind: 'boolean',
      value: token.image === 'true',
      span: this.span(token),
    }));
  }

  protected tensorIn(token: IToken): Expression {
    return this.ACTION((): Expression => ({ kind: 'in', span: this.span(token) }));
  }

  protected span(first: IToken): ReturnType<TreeMaker['between']> {
    return this.make.between(first.startOffset, this.lastEnd());
  }

  protected doc(first: IToken): { doc?: string } {
    return this.make.doc(first.startOffset);
  }

  protected lastEnd(): number {
    return t.endOf(this.LA(0));
  }

  protected enterAngle(): boolean {
    const outer = this.inAngle;
    this.inAngle = true;
    return outer;
  }

  protected leaveAngle(): boolean {
    const outer = this.inAngle;
    this.inAngle = false;
    return outer;
  }

  protected isComparison(): boolean {
    return comparisons.has(this.LA(1).tokenType);
  }

  protected atEnd(): boolean {
    const next = this.LA(1).tokenType;
    return next === EOF || next === t.CloseBrace || next === t.Pipe;
  }
}

const comparisons: ReadonlySet<TokenType> = new Set([t.Less, t.Greater, t.LessEqual, t.GreaterEqual]);

/** Adds what a rule gave; a rule that was given up gives nothing. */
export function keep<T>(list: T[], value: T | undefined): void {
  if (value !== undefined) list.push(value);
}
