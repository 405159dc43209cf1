import type { IToken } from 'chevrotain';
import type {
  Argument,
  Assert,
  Body,
  Call,
  Chain,
  Default,
  Expression,
  For,
  From,
  If,
  Join,
  Layer,
  Let,
  Name,
  Repeat,
  Share,
  Statement,
  Step,
} from './ast.js';
import { ExpressionRules } from './expressions.js';
import type { Choice } from './lean.js';
import { emptyBranch } from './problems.js';
import type { ListKind } from './recovery.js';
import * as t from './tokens.js';

const word = {
  as: t.keyword('as'),
  assert: t.keyword('assert'),
  default: t.keyword('default'),
  else: t.keyword('else'),
  for: t.keyword('for'),
  from: t.keyword('from'),
  if: t.keyword('if'),
  in: t.keyword('in'),
  let: t.keyword('let'),
  repeat: t.keyword('repeat'),
  share: t.keyword('share'),
};

const aStatement = 'a layer, a block or a statement';
const words: readonly t.Keyword[] = ['repeat', 'for', 'if', 'let', 'default', 'assert', 'from', 'share'];
const inBraces: ListKind = { expected: aStatement, ends: new Set([t.CloseBrace]), words };
const inBranch: ListKind = { expected: aStatement, ends: new Set([t.CloseBrace, t.Pipe]), words };

const expected = {
  branch: '`|`, which begins a branch',
  argument: 'what is set: an argument of the layer',
  layer: { ERR_MSG: 'the name of a layer' },
  step: { ERR_MSG: 'a layer or a block' },
  tensor: { ERR_MSG: 'the name of a tensor' },
  bound: 'a name, or names in parentheses',
  list: { ERR_MSG: '`in` and the list that is gone through' },
  constant: { ERR_MSG: 'the name of a constant or function' },
  shared: { ERR_MSG: 'the name of the shared layers' },
  value: 'a value',
};

/** The rules of what stands in the braces of a model or block. */
export abstract class StatementRules extends ExpressionRules {
  private readonly statementKinds: Choice<Statement> = {
    DEF: [
      { ALT: () => this.subrule(1, this.chain) },
      { ALT: () => this.subrule(1, this.defaultStatement) },
      { ALT: () => this.subrule(1, this.ifStatement) },
      { ALT: () => this.subrule(1, this.repeatStatement) },
      { ALT: () => this.subrule(1, this.forStatement) },
      { ALT: () => this.subrule(1, this.letStatement) },
      { ALT: () => this.subrule(1, this.assertStatement) },
      { ALT: () => this.subrule(1, this.fromStatement) },
      { ALT: () => this.subrule(1, this.shareStatement) },
    ],
    ERR_MSG: aStatement,
  };
  private readonly layerArguments: Choice<Argument> = {
    DEF: [
      {
        ALT: () => {
          const name = this.argumentName(1);
          return this.makeArgument(name, this.subrule(1, this.expression));
        },
      },
      { ALT: () => this.signedNumber() },
      // A name with `=` behind it has been taken above.
      { ALT: () => this.makeArgument(undefined, this.subrule(1, this.range)), IGNORE_AMBIGUITIES: true },
    ],
    ERR_MSG: expected.value,
  };

  protected readonly body = this.rule('body', (): Body => {
    const first = this.consume(1, t.OpenBrace);
    this.enter(first);
    const statements = this.readList(this.statement, inBraces);
    this.consume(1, t.CloseBrace);
    this.leave();
    return { kind: 'body', statements, span: this.spanFrom(first) };
  });

  protected readonly statement = this.rule('statement', (): Statement => {
    // Most statements are chains, and joins in each other need their stack.
    const isChain = !this.RECORDING_PHASE && this.LA_FAST(1).tokenType === t.Identifier;
    return isChain ? this.subrule(1, this.chain) : this.or(1, this.statementKinds);
  });

  protected readonly chain = this.rule('chain', (): Chain => {
    const steps = [this.subrule(1, this.step)];
    this.many(1, () => {
      this.consume(1, t.Arrow);
      steps.push(this.subrule(2, this.step));
    });
    return { kind: 'chain', steps, span: this.spanSince(steps[0] ?? this.nowhere()) };
  });

  private nowhere(): { readonly span: Chain['span'] } {
    return { span: this.make.between(0, 0) };
  }

  /** A layer, a call of a block, or a join with its branches. */
  protected readonly step = this.rule('step', (): Step => {
    const name = this.make.name(this.consume(1, t.Identifier, expected.step));
    const step = this.RECORDING_PHASE ? this.recordStep(name) : this.callOrLayer(name);
    const as = this.optional(4, this.asName);
    if (as === undefined) return step;
    const span = this.spanSince(name);
    return step.kind === 'join' ? { ...step, as, span } : { ...step, as, span };
  });

  private recordStep(name: Name): Step {
    return this.or<Step>(1, [{ ALT: () => this.blockCall(name) }, { ALT: () => this.layer(name) }]);
  }

  /** The same by one look: a layer may be nothing but its name, for which chevrotain's choice is slow. */
  private callOrLayer(name: Name): Step {
    return this.LA_FAST(1).tokenType === t.OpenAngle ? this.blockCall(name) : this.layer(name);
  }

  private blockCall(name: Name): Call {
    const given = this.subrule(1, this.angleArguments);
    return { kind: 'call', name, arguments: given, span: this.spanSince(name) };
  }

  private layer(name: Name): Layer | Join {
    const given: Argument[] = [];
    this.many(1, () => given.push(this.subrule(1, this.argumentOfLayer)));
    const branches = this.optional(3, this.branches);
    if (branches === undefined) return { kind: 'layer', name, arguments: given, span: this.spanSince(name) };
    return { kind: 'join', name, arguments: given, branches, span: this.spanSince(name) };
  }

  protected readonly asName = this.rule('as', (): Name => {
    this.consume(1, word.as);
    return this.make.name(this.consume(1, t.Identifier));
  });

  /** An argument of a layer: `name=` with a whole expression, or a value that needs no operator. */
  protected readonly argumentOfLayer = this.rule('argument', (): Argument => this.or(1, this.layerArguments));

  private signedNumber(): Argument {
    const sign = this.consume(1, t.GluedMinus);
    const operand = this.make.number(this.consume(1, t.NumberToken));
    const span = this.spanFrom(sign);
    return { kind: 'argument', value: { kind: 'unary', operators: ['-'], operand, span }, span };
  }

  protected readonly branches = this.rule('branches', (): Body[] => {
    const branches: Body[] = [];
    const brace = this.consume(1, t.OpenBrace);
    this.enter(brace);
    if (this.RECORDING_PHASE) {
      this.atLeastOne(1, { DEF: () => this.branchBehind(this.consume(1, t.Pipe)), ERR_MSG: expected.branch });
    } else {
      if (this.LA(1).tokenType !== t.Pipe) {
        this.complain(expected.branch, undefined);
        branches.push(this.branchBehind(brace));
      }
      while (this.LA(1).tokenType === t.Pipe) branches.push(this.branchBehind(this.consume(1, t.Pipe)));
    }
    this.consume(1, t.CloseBrace);
    this.leave();
    return branches;
  });

  private branchBehind(bar: IToken): Body {
    const mistakes = this.mistakes.length;
    const statements = this.readList(this.statement, inBranch);
    const isEmpty = statements.length === 0 && this.mistakes.length === mistakes && bar.tokenType === t.Pipe;
    if (isEmpty && !this.RECORDING_PHASE) this.make.tell(emptyBranch, this.make.spanOf(bar), undefined);
    return { kind: 'body', statements, span: this.spanFrom(bar) };
  }

  protected readonly defaultStatement = this.rule('default', (): Default => {
    const first = this.consume(1, word.default);
    const layer = this.make.name(this.consume(1, t.Identifier, expected.layer));
    const given: Argument[] = [];
    this.atLeastOne(1, {
      DEF: () => given.push(this.subrule(1, this.argumentOfLayer)),
      ERR_MSG: expected.argument,
    });
    return { kind: 'default', layer, arguments: given, span: this.spanFrom(first) };
  });

  protected readonly ifStatement = this.rule('if', (): If => {
    const first = this.consume(1, word.if);
    const branches: If['branches'][number][] = [];
    const condition = this.readHead(
      () => this.subrule(1, this.expression),
      () => this.missing(),
    );
    branches.push({ condition, body: this.subrule(1, this.body) });
    this.many(1, () => {
      this.consume(1, t.ElseIf);
      this.consume(2, word.if);
      const next = this.readHead(
        () => this.subrule(2, this.expression),
        () => this.missing(),
      );
      branches.push({ condition: next, body: this.subrule(2, this.body) });
    });
    const otherwise = this.option(1, () => {
      this.consume(1, word.else);
      return this.subrule(3, this.body);
    });
    const span = this.spanFrom(first);
    return { kind: 'if', branches, ...(otherwise === undefined ? {} : { otherwise }), span };
  });

  protected readonly repeatStatement = this.rule('repeat', (): Repeat => {
    const first = this.consume(1, word.repeat);
    const head = this.readHead(
      () => {
        const count = this.subrule(1, this.expression);
        const as = this.optional(1, this.asName);
        return { count, ...(as === undefined ? {} : { as }) };
      },
      () => ({ count: this.missing() }),
    );
    const body = this.subrule(1, this.body);
    return { kind: 'repeat', ...head, body, span: this.spanFrom(first) };
  });

  protected readonly forStatement = this.rule('for', (): For => {
    const first = this.consume(1, word.for);
    const names: Name[] = [];
    const list = this.readHead(
      () => {
        this.loopNames(names);
        this.consume(1, word.in, expected.list);
        return this.subrule(1, this.expression);
      },
      () => this.missing(),
    );
    const body = this.subrule(1, this.body);
    return { kind: 'for', names, list, body, span: this.spanFrom(first) };
  });

  private loopNames(names: Name[]): void {
    this.or(1, {
      DEF: [
        { ALT: () => names.push(this.make.name(this.consume(1, t.Identifier))) },
        {
          ALT: () => {
            this.enter(this.consume(1, t.OpenParen));
            names.push(this.make.name(this.consume(2, t.Identifier)));
            this.many(1, () => {
              this.consume(1, t.Comma);
              names.push(this.make.name(this.consume(3, t.Identifier)));
            });
            this.consume(1, t.CloseParen);
            this.leave();
            return names.length;
          },
        },
      ],
      ERR_MSG: expected.bound,
    });
  }

  protected readonly letStatement = this.rule('let', (): Let => {
    const first = this.consume(1, word.let);
    const name = this.make.name(this.consume(1, t.Identifier, expected.constant));
    const parameters = this.option(1, () => {
      const outer = this.enterBracket(this.consume(1, t.GluedParen), false);
      const list = this.optional(2, this.parameterList) ?? [];
      this.consume(1, t.CloseParen);
      this.leaveBracket(outer);
      return list;
    });
    this.consume(1, t.Equals);
    const value = this.subrule(1, this.expression);
    return {
      kind: 'let',
      name,
      ...(parameters === undefined ? {} : { parameters }),
      value,
      ...this.make.doc(first.startOffset),
      span: this.spanFrom(first),
    };
  });

  protected readonly assertStatement = this.rule('assert', (): Assert => {
    const first = this.consume(1, word.assert);
    const condition = this.subrule(1, this.expression);
    const why = this.option(1, () => {
      this.consume(1, t.Comma);
      return this.subrule(2, this.expression);
    });
    return { kind: 'assert', condition, ...(why === undefined ? {} : { why }), span: this.spanFrom(first) };
  });

  protected readonly fromStatement = this.rule('from', (): From => {
    const first = this.consume(1, word.from);
    const names: Name[] = [];
    this.readHead(
      () => {
        names.push(this.make.name(this.consume(1, t.Identifier, expected.tensor)));
        this.many(1, () => {
          this.option(1, () => this.consume(1, t.Comma));
          names.push(this.make.name(this.consume(2, t.Identifier, expected.tensor)));
        });
      },
      () => undefined,
    );
    const body = this.subrule(1, this.body);
    return { kind: 'from', names, body, span: this.spanFrom(first) };
  });

  protected readonly shareStatement = this.rule('share', (): Share => {
    const first = this.consume(1, word.share);
    const name = this.make.name(this.consume(1, t.Identifier, expected.shared));
    const body = this.subrule(1, this.body);
    return { kind: 'share', name, body, span: this.spanFrom(first) };
  });

  /** Stands for what could not be read. */
  protected missing(): Expression {
    const end = this.lastEnd();
    return { kind: 'missing', span: this.make.between(end, end) };
  }
}
