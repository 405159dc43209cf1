import {
  createTokenInstance,
  EmbeddedActionsParser,
  EOF,
  type IToken,
  type ParserMethod,
  type TokenType,
} from 'chevrotain';
import type { Argument, Conditional, Expression, Name, StringLiteral } from './ast.js';
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
          const name = this.nameOf(this.CONSUME(t.Identifier));
          this.CONSUME(t.Equals);
          const value = this.SUBRULE(this.expression);
          return this.ACTION((): Argument => this.make.argument(name, value));
        },
      },
      {
        ALT: () => {
          const value = this.SUBRULE(this.operand);
          return this.ACTION((): Argument => ({ kind: 'argument', value, span: value.span }));
        },
      },
    ]);
  });

  /** `<64, stride = 2>`. */
  protected readonly angleArguments = this.RULE(
    'block arguments',
    (): Argument[] => {
      const outer = this.enterAngle();
      const list: Argument[] = [];
      this.CONSUME(t.OpenAngle);
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              const name = this.nameOf(this.CONSUME(t.Identifier));
              this.CONSUME(t.Equals);
              const value = this.SUBRULE(this.expression);
              this.ACTION(() => list.push(this.make.argument(name, value)));
            },
          },
          {
            ALT: () => {
              const value = this.SUBRULE2(this.expression);
              this.ACTION(() => list.push({ kind: 'argument', value, span: value.span }));
            },
          },
        ]);
        this.OPTION(() => this.CONSUME(t.Comma));
      });
      this.CONSUME(t.Greater);
      this.inAngle = outer;
      return list;
    },
    { recoveryValueFunc: (): Argument[] => [] },
  );

  /** `(x, by = 8)` behind the name of a function. */
  protected readonly callArguments = this.RULE(
    'arguments',
    (): Argument[] => {
      const list: Argument[] = [];
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              const name = this.nameOf(this.CONSUME(t.Identifier));
              this.CONSUME(t.Equals);
              const value = this.SUBRULE(this.expression);
              this.ACTION(() => list.push(this.make.argument(name, value)));
            },
          },
          {
            ALT: () => {
              const value = this.SUBRULE2(this.expression);
              this.ACTION(() => list.push({ kind: 'argument', value, span: value.span }));
            },
          },
        ]);
        this.OPTION(() => this.CONSUME(t.Comma));
      });
      return list;
    },
    { recoveryValueFunc: (): Argument[] => [] },
  );

  /**
   * Operands and the operators between them, in one flat row: precedence is a matter of `joinOperands`. Each pair of
   * parentheses costs two rules, this one and `operand`: what they call is on the stack as deep as a text nests.
   */
  protected readonly expression = this.RULE(
    'expression',
    (): Expression =>
      this.OR<Expression>([
        { ALT: () => this.SUBRULE(this.conditional) },
        {
          ALT: () => {
            const operands: Operand[] = [];
            const signs: IToken[] = [];
            this.MANY(() => {
              this.OR2([
                { ALT: () => signs.push(this.CONSUME(t.Minus)) },
                { ALT: () => signs.push(this.CONSUME(word.not)) },
              ]);
            });
            const value = this.SUBRULE(this.operand);
            operands.push({ operators: [], signs, value });
            this.MANY2({
              GATE: () => !this.inAngle || !this.isComparison(),
              DEF: () => {
                operands.push(this.SUBRULE(this.furtherOperand));
              },
            });
            return this.ACTION(() => joinOperands(operands, this.make));
          },
        },
      ]),
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  /** An operator and what stands behind it. */
  protected readonly furtherOperand = this.RULE(
    'operator',
    (): Operand => {
      const operators: IToken[] = [];
      const signs: IToken[] = [];
      this.OR([
        { ALT: () => operators.push(this.CONSUME(t.Operator)) },
        {
          ALT: () => {
            operators.push(this.CONSUME(word.not));
            operators.push(this.CONSUME(word.in));
          },
        },
      ]);
      this.MANY(() => {
        this.OR2([
          { ALT: () => signs.push(this.CONSUME(t.Minus)) },
          { ALT: () => signs.push(this.CONSUME2(word.not)) },
        ]);
      });
      return { operators, signs, value: this.SUBRULE(this.operand) };
    },
    { recoveryValueFunc: (): Operand => ({ operators: [], signs: [], value: this.missing() }) },
  );

  /** `if … then … else if … then … else …`: a loop, so that a long chain is as flat as its text. */
  protected readonly conditional = this.RULE(
    'conditional',
    (): Conditional => {
      const first = this.CONSUME(word.if);
      const outer = this.leaveAngle();
      const branches: { condition: Expression; value: Expression }[] = [];
      const condition = this.SUBRULE(this.expression);
      this.CONSUME(word.then);
      this.inAngle = outer;
      branches.push({ condition, value: this.SUBRULE2(this.expression) });
      let otherwise: Expression | undefined;
      this.AT_LEAST_ONE({
        GATE: () => otherwise === undefined,
        DEF: () => {
          this.CONSUME(word.else);
          this.OR({
            // `else if` goes on here; an expression behind `else` that begins with `if` would be the same.
            IGNORE_AMBIGUITIES: true,
            DEF: [
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
                  otherwise = this.SUBRULE5(this.expression);
                },
              },
            ],
          });
        },
      });
      return this.ACTION(() => this.make.conditional(branches, otherwise, this.span(first)));
    },
    { recoveryValueFunc: (): Conditional => this.make.conditional([], undefined, this.missing().span) },
  );

  /** A value with what is glued to it: `64`, `3x3/2`, `xs[0]`, `in.channels`, `floor(x)`, `se<16>`, `(a + b)`, `0..58`. */
  protected readonly operand: ParserMethod<[], Expression> = this.RULE(
    'value',
    (): Expression => {
      let value = this.OR<Expression>([
        {
          ALT: () => {
            const token = this.CONSUME(t.NumberToken);
            return this.ACTION((): Expression => this.make.number(token));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Identifier);
            const given = this.OPTION(() => this.SUBRULE(this.angleArguments));
            return this.ACTION((): Expression => this.make.nameOrBlock(token, given, this.lastEnd()));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Size);
            const stride = this.OPTION2(() => this.SUBRULE(this.stride));
            return this.ACTION((): Expression => this.make.size(token, stride));
          },
        },
        {
          ALT: () => {
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
            return this.ACTION((): Expression => this.make.parentheses(items, this.span(first)));
          },
        },
        {
          ALT: () => {
            const outer = this.leaveAngle();
            const first = this.CONSUME(t.AnyBracket);
            const items: Expression[] = [];
            this.MANY2(() => {
              keep(items, this.SUBRULE3(this.expression));
              this.OPTION3(() => this.CONSUME2(t.Comma));
            });
            this.CONSUME(t.CloseBracket);
            this.inAngle = outer;
            const end = this.lastEnd();
            const stride = this.OPTION4(() => this.SUBRULE2(this.stride));
            return this.ACTION((): Expression =>
              this.make.list(items, this.make.between(first.startOffset, end), stride),
            );
          },
        },
        { ALT: () => this.SUBRULE(this.string) },
        { ALT: () => this.truth(this.CONSUME(word.true)) },
        { ALT: () => this.truth(this.CONSUME(word.false)) },
        { ALT: () => this.tensorIn(this.CONSUME(word.in)) },
      ]);
      this.MANY3(() => {
        value = this.OR2<Expression>([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              const member = this.nameOf(this.CONSUME2(t.Identifier));
              const object = value;
              return this.ACTION((): Expression => this.make.member(object, member));
            },
          },
          {
            ALT: () => {
              const object = value;
              const outer = this.leaveAngle();
              this.CONSUME(t.GluedBracket);
              const index = this.SUBRULE4(this.expression);
              this.CONSUME2(t.CloseBracket);
              this.inAngle = outer;
              return this.ACTION((): Expression => this.make.index(object, index, this.lastEnd()));
            },
          },
          {
            ALT: () => {
              const callee = value;
              const outer = this.leaveAngle();
              this.CONSUME(t.GluedParen);
              const given = this.SUBRULE(this.callArguments);
              this.CONSUME2(t.CloseParen);
              this.inAngle = outer;
              return this.ACTION((): Expression => this.make.call(callee, given, this.lastEnd()));
            },
          },
        ]);
      });
      const to = this.OPTION5(() => {
        this.CONSUME(t.Range);
        return this.SUBRULE(this.operand);
      });
      const from = value;
      return this.ACTION(() => (to === undefined ? from : this.make.range(from, to)));
    },
    { recoveryValueFunc: (): Expression => this.missing() },
  );

  /** `/2` glued behind a window. */
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
