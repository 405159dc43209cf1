import {
  EmbeddedActionsParser,
  type IOrAlt,
  type IToken,
  type OrMethodOpts,
  type ParserMethod,
  type TokenType,
} from 'chevrotain';
import type { Span } from '../diagnostics/source.js';
import type { TreeMaker } from './make.js';
import * as t from './tokens.js';

/** A rule of the grammar, as chevrotain records it, and what reads it. */
export type Rule<T> = ParserMethod<[], T> & { readonly key: number; readonly read: () => T };

/** What is expected where a choice or a token is, in words. */
export interface Expected {
  readonly ERR_MSG: string;
}

/** Whether chevrotain looks for ambiguities: a test has it do so, and a start saves half of its time. */
export type Trust = 'trusted' | 'validated';

const keyOfOr = 1 << 8;
const keyOfOption = 2 << 8;
const keyOfMany = 3 << 8;
const keyOfAtLeastOne = 4 << 8;

/**
 * Chevrotain with leaner steps. Chevrotain records the grammar and computes what each choice looks ahead for; its own steps
 * then call six functions where two will do, which takes a third of the time and so much stack that 512 brackets in each other
 * would overflow it. These methods are called by the grammar while it reads; while it is recorded, chevrotain puts its own in
 * their place.
 */
export abstract class LeanParser extends EmbeddedActionsParser {
  protected make: TreeMaker;
  /** Chevrotain's own fields: where the reading is, and in which rule. */
  declare protected currIdx: number;
  declare protected currRuleShortName: number;
  declare private readonly fullRuleNameToShort: Readonly<Record<string, number>>;
  declare private readonly getLaFuncFromCache: (key: number) => (alternatives?: unknown) => unknown;

  constructor(make: TreeMaker, grammar: Trust = 'trusted') {
    // One token tells everywhere what comes: `layOut` and `glue` have marked what two would be needed for.
    super([...t.allTokens], { maxLookahead: 1, skipValidations: grammar === 'trusted' });
    this.make = make;
  }

  /** Notes what was expected at the next token, and throws. */
  protected abstract fail(expected: string, type: TokenType | undefined): never;

  /** Gives a token that goes for the missing one, or throws. */
  protected abstract replace(expected: string, type: TokenType): IToken;

  protected rule<T>(name: string, read: () => T): Rule<T> {
    const rule = this.RULE(name, read);
    return Object.assign(rule, { key: this.fullRuleNameToShort[name] ?? 0, read });
  }

  protected override subrule<T>(_occurrence: number, rule: Rule<T>): T {
    const outer = this.currRuleShortName;
    this.currRuleShortName = rule.key;
    const value = rule.read();
    this.currRuleShortName = outer;
    return value;
  }

  protected override consume(_occurrence: number, type: TokenType, options?: Expected): IToken {
    const next = this.LA_FAST(1);
    if (isOf(next, type)) {
      this.currIdx += 1;
      return next;
    }
    return this.replace(options?.ERR_MSG ?? t.describeType(type), type);
  }

  protected override or<T>(occurrence: number, choice: IOrAlt<T>[] | OrMethodOpts<T>): T {
    const isPlain = !('DEF' in choice);
    const alternatives = isPlain ? choice : choice.DEF;
    const place = this.lookAhead(keyOfOr | occurrence).call(this, alternatives);
    const taken = typeof place === 'number' ? alternatives[place] : undefined;
    if (taken === undefined)
      return this.fail((isPlain ? undefined : choice.ERR_MSG) ?? 'something else', undefined);
    return taken.ALT();
  }

  protected override option<T>(occurrence: number, read: () => T): T | undefined {
    return this.comes(occurrence) ? read() : undefined;
  }

  /** What a rule reads, if it comes next. */
  protected optional<T>(occurrence: number, rule: Rule<T>): T | undefined {
    if (this.RECORDING_PHASE) return this.option(occurrence, () => this.subrule(occurrence, rule));
    return this.comes(occurrence) ? this.subrule(occurrence, rule) : undefined;
  }

  protected override many(occurrence: number, read: () => void): void {
    const comes = this.lookAhead(keyOfMany | occurrence);
    while (comes.call(this) === true) read();
  }

  protected override atLeastOne(occurrence: number, { DEF, ERR_MSG }: Repetition): void {
    const comes = this.lookAhead(keyOfAtLeastOne | occurrence);
    if (comes.call(this) !== true) this.fail(ERR_MSG, undefined);
    while (comes.call(this) === true) DEF();
  }

  /** True if what is optional comes next. */
  protected comes(occurrence: number): boolean {
    return this.lookAhead(keyOfOption | occurrence).call(this) === true;
  }

  private lookAhead(key: number): (alternatives?: unknown) => unknown {
    return this.getLaFuncFromCache(key | this.currRuleShortName);
  }

  /** From a token to where the reading is. */
  protected spanFrom(first: IToken): Span {
    return this.make.between(first.startOffset, this.lastEnd());
  }

  /** From the beginning of a node to where the reading is. */
  protected spanSince(node: { readonly span: Span }): Span {
    // While the grammar is recorded, nodes are placeholders.
    return this.RECORDING_PHASE
      ? this.make.between(0, 0)
      : this.make.between(node.span.start, this.lastEnd());
  }

  /** Where the last token ends. */
  protected lastEnd(): number {
    const last = this.LA(0);
    return Number.isNaN(last.startOffset) ? 0 : t.endOf(last);
  }
}

/** Alternatives, and what they are together. */
export interface Choice<T> extends Expected {
  readonly DEF: IOrAlt<T>[];
}

/** What comes once or more often, and what it is. */
export interface Repetition extends Expected {
  readonly DEF: () => void;
}

function isOf(token: IToken, type: TokenType): boolean {
  return token.tokenTypeIdx === type.tokenTypeIdx || type.categoryMatchesMap?.[token.tokenTypeIdx] === true;
}
