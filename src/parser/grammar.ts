import type {
  Alias,
  Argument,
  Block,
  BlockValue,
  Body,
  Import,
  ImportedName,
  Item,
  Model,
  Name,
  Parameter,
  Setting,
  Train,
  Variants,
} from './ast.js';
import type { Choice, Trust } from './lean.js';
import type { TreeMaker } from './make.js';
import type { ListKind } from './recovery.js';
import { StatementRules } from './statements.js';
import * as t from './tokens.js';

const word = {
  as: t.keyword('as'),
  block: t.keyword('block'),
  from: t.keyword('from'),
  import: t.keyword('import'),
  model: t.keyword('model'),
  train: t.keyword('train'),
  variants: t.keyword('variants'),
};

const anItem = '`model`, `block`, `let`, `import`, `train` or `variants`';
const inFile: ListKind = {
  expected: anItem,
  ends: new Set(),
  words: ['model', 'block', 'let', 'import', 'train', 'variants'],
};
const inSettings: ListKind = { expected: 'the name of a setting', ends: new Set([t.CloseBrace]), words: [] };

const expected = {
  imported: { ERR_MSG: 'the name of what is imported' },
  file: { ERR_MSG: 'the file to import from, between `"` and `"`' },
  block: { ERR_MSG: 'the name of the block' },
  model: { ERR_MSG: 'the name of the model' },
  parametrised: { ERR_MSG: 'the name of a parametrised model' },
};

/**
 * The grammar, with actions that build the tree as they go. `grammar/cnn.ebnf` says the same for people; a test holds
 * the two together.
 */
export class Grammar extends StatementRules {
  private readonly items: Choice<Item> = {
    DEF: [
      { ALT: () => this.subrule(1, this.importItem) },
      { ALT: () => this.subrule(1, this.letStatement) },
      { ALT: () => this.subrule(1, this.blockItem) },
      { ALT: () => this.subrule(1, this.modelItem) },
      { ALT: () => this.subrule(1, this.trainItem) },
      { ALT: () => this.subrule(1, this.variantsItem) },
    ],
    ERR_MSG: anItem,
  };

  constructor(make: TreeMaker, grammar: Trust = 'trusted') {
    super(make, grammar);
    this.performSelfAnalysis();
  }

  readonly file = this.rule('file', (): Item[] => this.readList(this.item, inFile));

  private readonly item = this.rule('item', (): Item => this.or(1, this.items));

  private readonly importItem = this.rule('import', (): Import => {
    const first = this.consume(1, word.import);
    this.enter(this.consume(1, t.OpenBrace));
    const names = [this.subrule(1, this.importedName)];
    this.many(1, () => {
      this.consume(1, t.Comma);
      this.option(1, () => names.push(this.subrule(2, this.importedName)));
      this.refuseSecondComma(expected.imported.ERR_MSG);
    });
    this.consume(1, t.CloseBrace);
    this.leave();
    this.consume(1, word.from);
    const from = this.make.string(this.consume(1, t.StringToken, expected.file));
    return { kind: 'import', names, from, span: this.spanFrom(first) };
  });

  private readonly importedName = this.rule('imported name', (): ImportedName => {
    const name = this.make.name(this.consume(1, t.Identifier, expected.imported));
    const alias = this.optional(1, this.asName);
    return { name, ...(alias === undefined ? {} : { alias }), span: this.spanSince(name) };
  });

  private readonly blockItem = this.rule('block', (): Block => {
    const first = this.consume(1, word.block);
    const head = this.readHead(
      () => {
        const name = this.make.name(this.consume(1, t.Identifier, expected.block));
        return { name, parameters: this.angleParameters() };
      },
      () => ({ name: this.unnamed(), parameters: [] }),
    );
    const body = this.subrule(1, this.body);
    return { kind: 'block', ...head, body, ...this.make.doc(first.startOffset), span: this.spanFrom(first) };
  });

  private readonly modelItem = this.rule('model', (): Model | Alias => {
    const first = this.consume(1, word.model);
    const name = this.make.name(this.consume(1, t.Identifier, expected.model));
    const rest = this.or<
      { kind: 'alias'; target: BlockValue } | { kind: 'model'; parameters: Parameter[]; body: Body }
    >(1, {
      DEF: [
        {
          ALT: () => {
            this.consume(1, t.Equals);
            return { kind: 'alias', target: this.subrule(1, this.instance) };
          },
        },
        {
          ALT: () => {
            const parameters = this.readHead(
              () => this.angleParameters(),
              () => [],
            );
            return { kind: 'model', parameters, body: this.subrule(1, this.body) };
          },
        },
      ],
      ERR_MSG: '`{`, or `=` and another model',
    });
    return { ...rest, name, ...this.make.doc(first.startOffset), span: this.spanFrom(first) };
  });

  /** `<classes = 1000>`, or nothing. */
  private angleParameters(): Parameter[] {
    return (
      this.option(1, () => {
        const outer = this.enterBracket(this.consume(1, t.OpenAngle), true);
        const list = this.optional(2, this.parameterList) ?? [];
        this.consume(1, t.CloseAngle);
        this.leaveBracket(outer);
        return list;
      }) ?? []
    );
  }

  private unnamed(): Name {
    const end = this.lastEnd();
    return { kind: 'name', text: '', span: this.make.between(end, end) };
  }

  /** `ResNet<depth = 18>`. */
  private readonly instance = this.rule('instance', (): BlockValue => {
    const name = this.make.name(this.consume(1, t.Identifier, expected.parametrised));
    const given = this.optional(1, this.angleArguments) ?? [];
    return { kind: 'block-value', name, arguments: given, span: this.spanSince(name) };
  });

  private readonly trainItem = this.rule('train', (): Train => {
    const first = this.consume(1, word.train);
    const model = this.make.name(this.consume(1, t.Identifier, expected.model));
    const settings = this.subrule(1, this.settings);
    return {
      kind: 'train',
      model,
      settings,
      ...this.make.doc(first.startOffset),
      span: this.spanFrom(first),
    };
  });

  private readonly variantsItem = this.rule('variants', (): Variants => {
    const first = this.consume(1, word.variants);
    const model = this.make.name(this.consume(1, t.Identifier, expected.model));
    const settings = this.subrule(1, this.settings);
    return {
      kind: 'variants',
      model,
      settings,
      ...this.make.doc(first.startOffset),
      span: this.spanFrom(first),
    };
  });

  private readonly settings = this.rule('settings', (): Setting[] => {
    this.enter(this.consume(1, t.OpenBrace));
    const settings = this.readList(this.setting, inSettings);
    this.consume(1, t.CloseBrace);
    this.leave();
    return settings;
  });

  /** `optimizer adam rate=1e-3`, `augment { … }`, `freeze "stage1", "stage2"`. */
  private readonly setting = this.rule('setting', (): Setting => {
    const name = this.make.name(this.consume(1, t.Identifier));
    const given: Argument[] = [];
    this.option(1, () => {
      given.push(this.subrule(1, this.argumentOfLayer));
      this.many(1, () => {
        this.option(2, () => this.consume(1, t.Comma));
        given.push(this.subrule(2, this.argumentOfLayer));
      });
    });
    const settings = this.optional(3, this.settings);
    const span = this.spanSince(name);
    return { kind: 'setting', name, arguments: given, ...(settings === undefined ? {} : { settings }), span };
  });
}
