import {
  createTokenInstance,
  EMPTY_ALT,
  EmbeddedActionsParser,
  EOF,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type {
  Alias,
  Argument,
  Assert,
  Block,
  BlockValue,
  Body,
  Call,
  Chain,
  Conditional,
  Default,
  Expression,
  For,
  From,
  If,
  Import,
  ImportedName,
  Item,
  Join,
  Layer,
  Let,
  Model,
  Name,
  NumberLiteral,
  Parameter,
  Repeat,
  Setting,
  Share,
  Statement,
  Step,
  StringLiteral,
  Train,
} from './ast.js';
import { endOf, keyword } from './tokens.js';
import * as t from './tokens.js';
import { joinOperands, type Operand } from './operands.js';
import type { TreeMaker } from './make.js';
import { expectations } from './syntax-messages.js';

const word = {
  import: keyword('import'),
  from: keyword('from'),
  as: keyword('as'),
  model: keyword('model'),
  block: keyword('block'),
  train: keyword('train'),
  let: keyword('let'),
  assert: keyword('assert'),
  default: keyword('default'),
  if: keyword('if'),
  then: keyword('then'),
  else: keyword('else'),
  for: keyword('for'),
  in: keyword('in'),
  repeat: keyword('repeat'),
  share: keyword('share'),
  true: keyword('true'),
  false: keyword('false'),
  and: keyword('and'),
  or: keyword('or'),
  not: keyword('not'),
};

/**
 * The grammar, with actions that build the tree as they go. `grammar/cnn.ebnf` says the same for people; a test holds
 * the two together.
 */
export class Grammar extends EmbeddedActionsParser {
  /** Makes the nodes of the text at hand. */
  make: TreeMaker;
  /** True between `<` and `>`, where a comparison would be taken for the end. */
  private inAngle = false;

  constructor(make: TreeMaker) {
    super([...t.allTokens], { recoveryEnabled: true, maxLookahead: 2, errorMessageProvider: expectations });
    this.make = make;
    this.performSelfAnalysis();
  }

  /** Begins a new text. */
  begin(tokens: IToken[], make: TreeMaker): void {
    this.make = make;
    this.inAngle = false;
    this.input = tokens;
  }

  readonly file = this.RULE('file', (): Item[] => {
    const items: Item[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Terminator) },
        { ALT: () => keep(items, this.SUBRULE(this.item)) },
      ]);
    });
    return items;
  });

  private readonly item = this.RULE('item', (): Item | undefined => {
    const item = this.OR<Item | undefined>([
      { ALT: () => this.SUBRULE(this.importItem) },
      { ALT: () => this.SUBRULE(this.letStatement) },
      { ALT: () => this.SUBRULE(this.blockItem) },
      { ALT: () => this.SUBRULE(this.modelItem) },
      { ALT: () => this.SUBRULE(this.trainItem) },
    ]);
    this.SUBRULE(this.end);
    return item;
  });

  /** A statement ends with its line, with `;`, or with the braces around it. */
  private readonly end = this.RULE('end', (): void => {
    this.OR([
      { GATE: () => !this.atEnd(), ALT: () => this.CONSUME(t.Terminator) },
      { GATE: () => this.atEnd(), ALT: EMPTY_ALT() },
    ]);
  });

  private readonly importItem = this.RULE('import', (): Import => {
    const first = this.CONSUME(word.import);
    this.CONSUME(t.OpenBrace);
    const names: ImportedName[] = [];
    this.MANY(() => this.CONSUME(t.Terminator));
    this.AT_LEAST_ONE(() => {
      keep(names, this.SUBRULE(this.importedName));
      this.OPTION(() => this.CONSUME(t.Comma));
      this.MANY2(() => this.CONSUME2(t.Terminator));
    });
    this.CONSUME(t.CloseBrace);
    this.CONSUME(word.from);
    const from = this.SUBRULE(this.string);
    return this.ACTION(() => ({ kind: 'import', names, from, span: this.span(first) }));
  });

  private readonly importedName = this.RULE('imported name', (): ImportedName => {
    const name = this.SUBRULE(this.name);
    const alias = this.OPTION(() => {
      this.CONSUME(word.as);
      return this.SUBRULE2(this.name);
    });
    return this.ACTION(() => ({
      name,
      ...optional('alias', alias),
      span: this.make.from(name.span, this.lastEnd()),
    }));
  });

  private readonly blockItem = this.RULE('block', (): Block => {
    const first = this.CONSUME(word.block);
    const name = this.SUBRULE(this.name);
    const parameters = this.OPTION(() => this.SUBRULE(this.parameters)) ?? [];
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({
      kind: 'block',
      name,
      parameters,
      body,
      ...this.doc(first),
      span: this.span(first),
    }));
  });

  private readonly modelItem = this.RULE('model', (): Model | Alias => {
    const first = this.CONSUME(word.model);
    const name = this.SUBRULE(this.name);
    return this.OR<Model | Alias>([
      {
        ALT: () => {
          this.CONSUME(t.Equals);
          const target = this.SUBRULE(this.aliasTarget);
          return this.ACTION(() => ({
            kind: 'alias',
            name,
            target,
            ...this.doc(first),
            span: this.span(first),
          }));
        },
      },
      {
        ALT: () => {
          const parameters = this.OPTION(() => this.SUBRULE(this.parameters)) ?? [];
          const body = this.SUBRULE(this.body);
          return this.ACTION(() => ({
            kind: 'model',
            name,
            parameters,
            body,
            ...this.doc(first),
            span: this.span(first),
          }));
        },
      },
    ]);
  });

  private readonly aliasTarget = this.RULE('instance', (): BlockValue => {
    const name = this.SUBRULE(this.name);
    const given = this.OPTION(() => this.SUBRULE(this.angleArguments)) ?? [];
    return this.ACTION(() => ({
      kind: 'block-value',
      name,
      arguments: given,
      span: this.make.from(name.span, this.lastEnd()),
    }));
  });

  private readonly parameters = this.RULE('parameters', (): Parameter[] => {
    const list: Parameter[] = [];
    const outer = this.enterAngle();
    this.CONSUME(t.OpenAngle);
    this.MANY(() => {
      keep(list, this.SUBRULE(this.parameter));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    this.CONSUME(t.Greater);
    this.inAngle = outer;
    return list;
  });

  private readonly parameter = this.RULE('parameter', (): Parameter => {
    const name = this.SUBRULE(this.name);
    const type = this.OPTION(() => {
      this.CONSUME(t.Colon);
      return this.OR<Name>([
        { ALT: () => this.SUBRULE2(this.name) },
        { ALT: () => this.nameOf(this.CONSUME(word.block)) },
      ]);
    });
    const value = this.OPTION2(() => {
      this.CONSUME(t.Equals);
      return this.SUBRULE(this.expression);
    });
    return this.ACTION(() => ({
      kind: 'parameter',
      name,
      ...optional('type', type),
      ...optional('default', value),
      span: this.make.from(name.span, this.lastEnd()),
    }));
  });

  private readonly trainItem = this.RULE('train', (): Train => {
    const first = this.CONSUME(word.train);
    const model = this.SUBRULE(this.name);
    const settings = this.SUBRULE(this.settings);
    return this.ACTION(() => ({
      kind: 'train',
      model,
      settings,
      ...this.doc(first),
      span: this.span(first),
    }));
  });

  private readonly settings = this.RULE('settings', (): Setting[] => {
    const settings: Setting[] = [];
    this.CONSUME(t.OpenBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Terminator) },
        { ALT: () => keep(settings, this.SUBRULE(this.setting)) },
      ]);
    });
    this.CONSUME(t.CloseBrace);
    return settings;
  });

  private readonly setting = this.RULE('setting', (): Setting => {
    const name = this.SUBRULE(this.name);
    const given: Argument[] = [];
    this.MANY(() => {
      keep(given, this.SUBRULE(this.argument));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    const settings = this.OPTION2(() => this.SUBRULE(this.settings));
    this.SUBRULE(this.end);
    return this.ACTION(() => ({
      kind: 'setting',
      name,
      arguments: given,
      ...optional('settings', settings),
      span: this.make.from(name.span, this.lastEnd()),
    }));
  });

  private readonly body = this.RULE('body', (): Body => {
    const first = this.CONSUME(t.OpenBrace);
    const statements = this.SUBRULE(this.statements);
    this.CONSUME(t.CloseBrace);
    return this.ACTION(() => ({ kind: 'body', statements, span: this.span(first) }));
  });

  private readonly statements = this.RULE('statements', (): Statement[] => {
    const statements: Statement[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Terminator) },
        { ALT: () => keep(statements, this.SUBRULE(this.statement)) },
      ]);
    });
    return statements;
  });

  private readonly statement = this.RULE('statement', (): Statement | undefined => {
    this.inAngle = false;
    const statement = this.OR<Statement | undefined>([
      { ALT: () => this.SUBRULE(this.chain) },
      { ALT: () => this.SUBRULE(this.defaultStatement) },
      { ALT: () => this.SUBRULE(this.ifStatement) },
      { ALT: () => this.SUBRULE(this.repeatStatement) },
      { ALT: () => this.SUBRULE(this.forStatement) },
      { ALT: () => this.SUBRULE(this.letStatement) },
      { ALT: () => this.SUBRULE(this.assertStatement) },
      { ALT: () => this.SUBRULE(this.fromStatement) },
      { ALT: () => this.SUBRULE(this.shareStatement) },
    ]);
    this.SUBRULE(this.end);
    return statement;
  });

  private readonly chain = this.RULE('chain', (): Chain => {
    const steps: Step[] = [];
    keep(steps, this.SUBRULE(this.step));
    this.MANY(() => {
      this.CONSUME(t.Arrow);
      // A statement in braces may stand behind an arrow in a branch: `| relu -> repeat 2 { … }` is two statements.
      keep(steps, this.SUBRULE2(this.step));
    });
    return this.ACTION(() => ({ kind: 'chain', steps, span: this.make.around(steps, this.lastEnd()) }));
  });

  private readonly step = this.RULE('step', (): Step => {
    const name = this.SUBRULE(this.name);
    return this.OR<Step>([
      {
        ALT: () => {
          const given = this.SUBRULE(this.angleArguments);
          const as = this.OPTION(() => this.SUBRULE(this.asName));
          return this.ACTION((): Call => ({
            kind: 'call',
            name,
            arguments: given,
            ...optional('as', as),
            span: this.make.from(name.span, this.lastEnd()),
          }));
        },
      },
      {
        ALT: () => {
          const given: Argument[] = [];
          this.MANY(() => keep(given, this.SUBRULE(this.argument)));
          const branches = this.OPTION2(() => this.SUBRULE(this.branches));
          const as = this.OPTION3(() => this.SUBRULE2(this.asName));
          return this.ACTION((): Layer | Join => {
            const rest = {
              name,
              arguments: given,
              ...optional('as', as),
              span: this.make.from(name.span, this.lastEnd()),
            };
            return branches === undefined ? { kind: 'layer', ...rest } : { kind: 'join', ...rest, branches };
          });
        },
      },
    ]);
  });

  private readonly asName = this.RULE('as', (): Name => {
    this.CONSUME(word.as);
    return this.SUBRULE(this.name);
  });

  private readonly branches = this.RULE('branches', (): Body[] => {
    const branches: Body[] = [];
    this.CONSUME(t.OpenBrace);
    this.MANY(() => this.CONSUME(t.Terminator));
    this.AT_LEAST_ONE(() => keep(branches, this.SUBRULE(this.branch)));
    this.CONSUME(t.CloseBrace);
    return branches;
  });

  private readonly branch = this.RULE('branch', (): Body => {
    const first = this.CONSUME(t.Pipe);
    const statements = this.SUBRULE(this.statements);
    return this.ACTION(() => this.make.branch(statements, this.span(first)));
  });

  private readonly defaultStatement = this.RULE('default', (): Default => {
    const first = this.CONSUME(word.default);
    const layer = this.SUBRULE(this.name);
    const given: Argument[] = [];
    this.AT_LEAST_ONE(() => keep(given, this.SUBRULE(this.argument)));
    return this.ACTION(() => ({ kind: 'default', layer, arguments: given, span: this.span(first) }));
  });

  private readonly ifStatement = this.RULE('if', (): If => {
    const first = this.CONSUME(word.if);
    const branches: { condition: Expression; body: Body }[] = [];
    const condition = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.body);
    branches.push({ condition, body });
    let otherwise: Body | undefined;
    this.MANY({
      GATE: () => otherwise === undefined,
      DEF: () => {
        this.CONSUME(word.else);
        this.OR([
          {
            ALT: () => {
              this.CONSUME2(word.if);
              const next = this.SUBRULE2(this.expression);
              branches.push({ condition: next, body: this.SUBRULE2(this.body) });
            },
          },
          {
            ALT: () => {
              otherwise = this.SUBRULE3(this.body);
            },
          },
        ]);
      },
    });
    return this.ACTION(() => ({
      kind: 'if',
      branches,
      ...optional('otherwise', otherwise),
      span: this.span(first),
    }));
  });

  private readonly repeatStatement = this.RULE('repeat', (): Repeat => {
    const first = this.CONSUME(word.repeat);
    const count = this.SUBRULE(this.expression);
    const as = this.OPTION(() => this.SUBRULE(this.asName));
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({
      kind: 'repeat',
      count,
      ...optional('as', as),
      body,
      span: this.span(first),
    }));
  });

  private readonly forStatement = this.RULE('for', (): For => {
    const first = this.CONSUME(word.for);
    const names: Name[] = [];
    this.OR([
      { ALT: () => keep(names, this.SUBRULE(this.name)) },
      {
        ALT: () => {
          this.CONSUME(t.AnyParen);
          this.AT_LEAST_ONE(() => {
            keep(names, this.SUBRULE2(this.name));
            this.OPTION(() => this.CONSUME(t.Comma));
          });
          this.CONSUME(t.CloseParen);
        },
      },
    ]);
    this.CONSUME(word.in);
    const list = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({ kind: 'for', names, list, body, span: this.span(first) }));
  });

  private readonly letStatement = this.RULE('let', (): Let => {
    const first = this.CONSUME(word.let);
    const name = this.SUBRULE(this.name);
    const parameters = this.OPTION(() => this.SUBRULE(this.functionParameters));
    this.CONSUME(t.Equals);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => ({
      kind: 'let',
      name,
      ...optional('parameters', parameters),
      value,
      ...this.doc(first),
      span: this.span(first),
    }));
  });

  private readonly functionParameters = this.RULE('function parameters', (): Parameter[] => {
    const list: Parameter[] = [];
    this.CONSUME(t.AnyParen);
    this.MANY(() => {
      keep(list, this.SUBRULE(this.parameter));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    this.CONSUME(t.CloseParen);
    return list;
  });

  private readonly assertStatement = this.RULE('assert', (): Assert => {
    const first = this.CONSUME(word.assert);
    const condition = this.SUBRULE(this.expression);
    const why = this.OPTION(() => {
      this.CONSUME(t.Comma);
      return this.SUBRULE2(this.expression);
    });
    return this.ACTION(() => ({
      kind: 'assert',
      condition,
      ...optional('why', why),
      span: this.span(first),
    }));
  });

  private readonly fromStatement = this.RULE('from', (): From => {
    const first = this.CONSUME(word.from);
    const names: Name[] = [];
    this.AT_LEAST_ONE(() => {
      keep(names, this.SUBRULE(this.name));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({ kind: 'from', names, body, span: this.span(first) }));
  });

  private readonly shareStatement = this.RULE('share', (): Share => {
    const first = this.CONSUME(word.share);
    const name = this.SUBRULE(this.name);
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({ kind: 'share', name, body, span: this.span(first) }));
  });

  /** An argument of a layer: `name=` with a whole expression, or a value that needs no operator. */
  private readonly argument = this.RULE('argument', (): Argument => {
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

  private readonly plainValue = this.RULE('plain value', (): Expression => {
    const from = this.SUBRULE(this.operand);
    const to = this.OPTION(() => {
      this.CONSUME(t.Range);
      return this.SUBRULE2(this.operand);
    });
    return this.ACTION(() => (to === undefined ? from : this.make.range(from, to)));
  });

  private readonly angleArguments = this.RULE('block arguments', (): Argument[] => {
    const outer = this.enterAngle();
    this.CONSUME(t.OpenAngle);
    const list = this.SUBRULE(this.argumentList);
    this.CONSUME(t.Greater);
    this.inAngle = outer;
    return list;
  });

  private readonly argumentList = this.RULE('arguments', (): Argument[] => {
    const list: Argument[] = [];
    this.MANY(() => {
      keep(list, this.SUBRULE(this.listedArgument));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    return list;
  });

  private readonly listedArgument = this.RULE('listed argument', (): Argument => {
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

  readonly expression = this.RULE('expression', (): Expression => {
    return this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.conditional) },
      { ALT: () => this.SUBRULE(this.operation) },
    ]);
  });

  private readonly conditional = this.RULE('conditional', (): Conditional => {
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
  });

  /** Operands and the operators between them, in one flat row: precedence is a matter of `joinOperands`. */
  private readonly operation = this.RULE('operation', (): Expression => {
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
  });

  private readonly operator = this.RULE('operator', (): IToken[] => {
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
  });

  private readonly signedOperand = this.RULE('signed operand', (): Operand => {
    const signs: IToken[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => signs.push(this.CONSUME(t.Minus)) },
        { ALT: () => signs.push(this.CONSUME(word.not)) },
      ]);
    });
    const value = this.SUBRULE(this.plainValue);
    return this.ACTION((): Operand => ({ operators: [], signs, value }));
  });

  /** A primary with what is glued to it: `xs[0]`, `in.channels`, `floor(x)`. */
  private readonly operand = this.RULE('operand', (): Expression => {
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
  });

  private readonly primary = this.RULE('value', (): Expression => {
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
  });

  private readonly number = this.RULE('number', (): NumberLiteral => {
    const token = this.CONSUME(t.NumberToken);
    return this.ACTION(() => this.make.number(token));
  });

  private readonly size = this.RULE('size', (): Expression => {
    const token = this.CONSUME(t.Size);
    const stride = this.OPTION(() => this.SUBRULE(this.stride));
    return this.ACTION(() => this.make.size(token, stride));
  });

  private readonly stride = this.RULE('stride', (): Expression => {
    this.CONSUME(t.StrideSlash);
    return this.SUBRULE(this.operand);
  });

  private readonly string = this.RULE('text', (): StringLiteral => {
    const token = this.CONSUME(t.StringToken);
    return this.ACTION(() => this.make.string(token));
  });

  private readonly list = this.RULE('list', (): Expression => {
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
  });

  private readonly parenthesised = this.RULE('parentheses', (): Expression => {
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
  });

  private readonly nameOrBlock = this.RULE('name or block', (): Expression => {
    const name = this.SUBRULE(this.name);
    const given = this.OPTION(() => this.SUBRULE(this.angleArguments));
    return this.ACTION((): Expression => {
      if (given === undefined) return { kind: 'name-expression', name: name.text, span: name.span };
      return { kind: 'block-value', name, arguments: given, span: this.make.from(name.span, this.lastEnd()) };
    });
  });

  private readonly name = this.RULE('name', (): Name => this.nameOf(this.CONSUME(t.Identifier)));

  /** A token that is made up to go on behind a missing one stands where that would have stood. */
  protected override getTokenToInsert(type: TokenType): IToken {
    const next = this.LA(1);
    const startOffset = Number.isNaN(next.startOffset) ? this.lastEnd() : next.startOffset;
    return {
      ...createTokenInstance(type, '', startOffset, startOffset, 0, 0, 0, 0),
      isInsertedInRecovery: true,
    };
  }

  private nameOf(token: IToken): Name {
    return this.ACTION(() => this.make.name(token));
  }

  private truth(token: IToken): Expression {
    return this.ACTION((): Expression => ({
      kind: 'boolean',
      value: token.image === 'true',
      span: this.span(token),
    }));
  }

  private tensorIn(token: IToken): Expression {
    return this.ACTION((): Expression => ({ kind: 'in', span: this.span(token) }));
  }

  private span(first: IToken): ReturnType<TreeMaker['between']> {
    return this.make.between(first.startOffset, this.lastEnd());
  }

  private doc(first: IToken): { doc?: string } {
    return this.make.doc(first.startOffset);
  }

  private lastEnd(): number {
    return endOf(this.LA(0));
  }

  private enterAngle(): boolean {
    const outer = this.inAngle;
    this.inAngle = true;
    return outer;
  }

  private leaveAngle(): boolean {
    const outer = this.inAngle;
    this.inAngle = false;
    return outer;
  }

  private isComparison(): boolean {
    return comparisons.has(this.LA(1).tokenType);
  }

  private atEnd(): boolean {
    const next = this.LA(1).tokenType;
    return next === EOF || next === t.CloseBrace || next === t.Pipe;
  }
}

const comparisons: ReadonlySet<TokenType> = new Set([t.Less, t.Greater, t.LessEqual, t.GreaterEqual]);

/** Adds what a rule gave; a rule that was given up gives nothing. */
function keep<T>(list: T[], value: T | undefined): void {
  if (value !== undefined) list.push(value);
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [Key in K]?: V } {
  if (value === undefined) return {};
  // A computed key widens to an index signature, which says less than is known here.
  const entry: Record<string, V> = { [key]: value };
  return entry as { readonly [Key in K]?: V };
}
