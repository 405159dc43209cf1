import { EMPTY_ALT, type IToken } from 'chevrotain';
import type {
  Alias,
  Argument,
  Assert,
  Block,
  BlockValue,
  Body,
  Call,
  Chain,
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
  Parameter,
  Repeat,
  Setting,
  Share,
  Statement,
  Step,
  Train,
} from './ast.js';
import * as t from './tokens.js';
import { keywords as word } from './tokens.js';
import { ExpressionGrammar, keep } from './expression-grammar.js';
import type { TreeMaker } from './make.js';

/**
 * The grammar, with actions that build the tree as they go. `grammar/cnn.ebnf` says the same for people; a test holds
 * the two together.
 */
export class Grammar extends ExpressionGrammar {
  constructor(make: TreeMaker) {
    super(make);
    this.performSelfAnalysis();
  }

  /** Begins a new text. */
  begin(tokens: IToken[], make: TreeMaker): void {
    this.make = make;
    this.inAngle = false;
    this.input = tokens;
  }

  /** The token that no rule has taken yet. */
  nextToken(): IToken {
    return this.LA(1);
  }

  readonly file = this.RULE(
    'file',
    (): Item[] => {
      const items: Item[] = [];
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(t.Terminator) },
          {
            ALT: () => {
              keep(items, this.SUBRULE(this.item));
            },
          },
        ]);
      });
      return items;
    },
    { recoveryValueFunc: (): Item[] => [] },
  );

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
      ...(alias === undefined ? {} : { alias }),
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

  private readonly parameters = this.RULE(
    'parameters',
    (): Parameter[] => {
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
    },
    { recoveryValueFunc: (): Parameter[] => [] },
  );

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
      ...(type === undefined ? {} : { type }),
      ...(value === undefined ? {} : { default: value }),
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

  private readonly settings = this.RULE(
    'settings',
    (): Setting[] => {
      const settings: Setting[] = [];
      this.CONSUME(t.OpenBrace);
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(t.Terminator) },
          {
            ALT: () => {
              keep(settings, this.SUBRULE(this.setting));
            },
          },
        ]);
      });
      this.CONSUME(t.CloseBrace);
      return settings;
    },
    { recoveryValueFunc: (): Setting[] => [] },
  );

  private readonly setting = this.RULE('setting', (): Setting => {
    const name = this.SUBRULE(this.name);
    const given: Argument[] = [];
    this.MANY(() => {
      keep(given, this.SUBRULE(this.argument));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    const settings = this.OPTION2(() => this.SUBRULE(this.settings));
    const last = this.lastEnd();
    this.SUBRULE(this.end);
    return this.ACTION(() => ({
      kind: 'setting',
      name,
      arguments: given,
      ...(settings === undefined ? {} : { settings }),
      span: this.make.from(name.span, last),
    }));
  });

  private readonly body = this.RULE(
    'body',
    (): Body => {
      const first = this.CONSUME(t.OpenBrace);
      const statements = this.SUBRULE(this.statements);
      this.CONSUME(t.CloseBrace);
      return this.ACTION(() => ({ kind: 'body', statements, span: this.span(first) }));
    },
    { recoveryValueFunc: (): Body => ({ kind: 'body', statements: [], span: this.missing().span }) },
  );

  private readonly statements = this.RULE(
    'statements',
    (): Statement[] => {
      const statements: Statement[] = [];
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(t.Terminator) },
          {
            ALT: () => {
              keep(statements, this.SUBRULE(this.statement));
            },
          },
        ]);
      });
      return statements;
    },
    { recoveryValueFunc: (): Statement[] => [] },
  );

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
            ...(as === undefined ? {} : { as }),
            span: this.make.from(name.span, this.lastEnd()),
          }));
        },
      },
      {
        ALT: () => {
          const given: Argument[] = [];
          this.MANY(() => {
            keep(given, this.SUBRULE(this.argument));
          });
          const branches = this.OPTION2(() => this.SUBRULE(this.branches));
          const as = this.OPTION3(() => this.SUBRULE2(this.asName));
          return this.ACTION((): Layer | Join => {
            const rest = {
              name,
              arguments: given,
              ...(as === undefined ? {} : { as }),
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

  private readonly branches = this.RULE(
    'branches',
    (): Body[] => {
      const branches: Body[] = [];
      this.CONSUME(t.OpenBrace);
      this.MANY(() => this.CONSUME(t.Terminator));
      this.AT_LEAST_ONE(() => {
        keep(branches, this.SUBRULE(this.branch));
      });
      this.CONSUME(t.CloseBrace);
      return branches;
    },
    { recoveryValueFunc: (): Body[] => [] },
  );

  private readonly branch = this.RULE(
    'branch',
    (): Body => {
      const first = this.CONSUME(t.Pipe);
      const statements = this.SUBRULE(this.statements);
      return this.ACTION(() => this.make.branch(statements, this.span(first)));
    },
    {
      recoveryValueFunc: (): Body => ({
        kind: 'body',
        statements: [{ kind: 'chain', steps: [], span: this.missing().span }],
        span: this.missing().span,
      }),
    },
  );

  private readonly defaultStatement = this.RULE('default', (): Default => {
    const first = this.CONSUME(word.default);
    const layer = this.SUBRULE(this.name);
    const given: Argument[] = [];
    this.AT_LEAST_ONE(() => {
      keep(given, this.SUBRULE(this.argument));
    });
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
      ...(otherwise === undefined ? {} : { otherwise }),
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
      ...(as === undefined ? {} : { as }),
      body,
      span: this.span(first),
    }));
  });

  private readonly forStatement = this.RULE('for', (): For => {
    const first = this.CONSUME(word.for);
    const { names, list } = this.SUBRULE(this.forHeader);
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({ kind: 'for', names, list, body, span: this.span(first) }));
  });

  /** A rule of its own, so that behind a mistake in it the reading goes on at the brace. */
  private readonly forHeader = this.RULE(
    'for header',
    (): ForHeader => {
      const names: Name[] = [];
      this.OR([
        {
          ALT: () => {
            keep(names, this.SUBRULE(this.name));
          },
        },
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
      return { names, list: this.SUBRULE(this.expression) };
    },
    { recoveryValueFunc: (): ForHeader => ({ names: [], list: this.missing() }) },
  );

  private readonly letStatement = this.RULE('let', (): Let => {
    const first = this.CONSUME(word.let);
    const name = this.SUBRULE(this.name);
    const parameters = this.OPTION(() => this.SUBRULE(this.functionParameters));
    this.CONSUME(t.Equals);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => ({
      kind: 'let',
      name,
      ...(parameters === undefined ? {} : { parameters }),
      value,
      ...this.doc(first),
      span: this.span(first),
    }));
  });

  private readonly functionParameters = this.RULE(
    'function parameters',
    (): Parameter[] => {
      const list: Parameter[] = [];
      this.CONSUME(t.AnyParen);
      this.MANY(() => {
        keep(list, this.SUBRULE(this.parameter));
        this.OPTION(() => this.CONSUME(t.Comma));
      });
      this.CONSUME(t.CloseParen);
      return list;
    },
    { recoveryValueFunc: (): Parameter[] => [] },
  );

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
      ...(why === undefined ? {} : { why }),
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
}

interface ForHeader {
  readonly names: readonly Name[];
  readonly list: Expression;
}
