import {
  createTokenInstance,
  EOF,
  isRecognitionException,
  MismatchedTokenException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { suggest } from '../diagnostics/suggest.js';
import { itemWords, type Surplus } from './brackets.js';
import { LeanParser, type Rule } from './lean.js';
import { maximumMistakes } from './limits.js';
import type { TreeMaker } from './make.js';
import type { Mistake } from './mistake.js';
import * as t from './tokens.js';

/** What the grammar reads, and what is known of it beforehand. */
export interface Reading {
  readonly tokens: IToken[];
  readonly make: TreeMaker;
  /** The offsets of the brackets and braces that are never closed. */
  readonly unclosed: ReadonlySet<number>;
  /** The closing braces that close nothing. */
  readonly surplus: Surplus;
  /** What is wrong with single tokens, in the order of the text: of their statements nothing more is said. */
  readonly spoiled: readonly Diagnostic[];
}

/** What stands one after the other, each with its end: items, statements, settings. */
export interface ListKind {
  readonly expected: string;
  /** What ends the whole list, besides the end of the file. */
  readonly ends: ReadonlySet<TokenType>;
  /** The words that begin one of it: a near miss of one is read as that word. */
  readonly words: readonly t.Keyword[];
}

/** What a statement stands behind. */
const beginnings: ReadonlySet<TokenType> = new Set([t.Terminator, t.OpenBrace, t.Pipe, EOF]);

const elseWords: ReadonlySet<TokenType> = new Set([t.keyword('else'), t.ElseIf]);

const closers: ReadonlySet<TokenType> = new Set([t.CloseParen, t.CloseBracket, t.CloseAngle]);

/**
 * How the grammar goes on behind a mistake. Chevrotain's own recovery goes on at any token that may follow somewhere, which
 * makes several messages of one mistake. Here the unit is the statement: it gets one message, and the reading goes on at its
 * end, or at its braces if what stands before them was the mistake. Only a closing bracket is made up where one is missing.
 */
export abstract class RecoveringParser extends LeanParser {
  /** What was found, in the order of the text. */
  readonly mistakes: Mistake[] = [];
  /** True between `<` and `>`, where a comparison would be taken for the end. */
  protected isInAngle = false;
  /** The brackets and braces around what is read, innermost last. */
  private readonly open: IToken[] = [];
  private unclosed: ReadonlySet<number> = new Set();
  /** How many `{` are missing before the last `}`. */
  private missingBraces = 0;
  private lastSurplus = -1;
  private spoiled: readonly Diagnostic[] = [];
  private ends: ReadonlySet<TokenType> = new Set();
  /** The first token of the list that is read. */
  private head: IToken | undefined;
  /** The first token of the statement that is read. */
  private first: IToken | undefined;
  /** True once the statement has its message. */
  private isTold = false;

  /** Begins a new text. */
  begin({ tokens, make, unclosed, surplus, spoiled }: Reading): void {
    this.make = make;
    this.mistakes.length = 0;
    this.open.length = 0;
    this.unclosed = unclosed;
    this.missingBraces = surplus.count;
    this.lastSurplus = surplus.last;
    this.spoiled = spoiled;
    this.isInAngle = false;
    this.isTold = false;
    this.first = undefined;
    this.input = tokens;
  }

  /** Reads a list; whatever can't stand in it is told and skipped, one statement after the other. */
  protected readList<T>(rule: Rule<T>, kind: ListKind): T[] {
    const items: T[] = [];
    const outer = { ends: this.ends, head: this.head };
    this.ends = kind.ends;
    this.head = this.LA(1);
    if (this.RECORDING_PHASE) this.recordList(rule);
    else {
      do {
        if (this.comes(8)) this.readOne(rule, items, kind);
        while (this.LA_FAST(1).tokenType === t.Terminator) {
          this.currIdx += 1;
          if (this.comes(9)) this.readOne(rule, items, kind);
        }
      } while (this.goesOn(kind));
    }
    this.ends = outer.ends;
    this.head = outer.head;
    return items;
  }

  /** What a list looks like to chevrotain, for the diagrams and for looking ahead; it is read above with less stack. */
  private recordList<T>(rule: Rule<T>): void {
    this.option(8, () => this.subrule(8, rule));
    this.many(8, () => {
      this.consume(8, t.Terminator);
      this.option(9, () => this.subrule(9, rule));
    });
  }

  /** Reads a statement to its end; one that can't be read is left out. */
  private readOne<T>(read: Rule<T>, items: T[], kind: ListKind): void {
    const depth = this.open.length;
    const rule = this.currRuleShortName;
    const head = this.head;
    const first = this.LA(1);
    this.first = first;
    this.isTold = false;
    try {
      items.push(this.subrule(8, read));
    } catch (error) {
      rethrowOthers(error);
      const braces = this.open.slice(depth).filter(({ tokenType }) => tokenType === t.OpenBrace).length;
      this.currRuleShortName = rule;
      this.open.length = depth;
      this.ends = kind.ends;
      this.head = head;
      this.isInAngle = false;
      this.skipStatement(first, braces);
    }
    // Behind braces that were made up another item begins.
    if (this.hasMessage() && !this.isAtItem()) this.skipStatement(first, 0);
    if (this.isAtEnd() || this.isAtItem() || this.isAtLooseElse()) return;
    this.complain('the end of the statement', t.Terminator);
    this.skipStatement(first, 0);
  }

  private hasMessage(): boolean {
    return this.isTold;
  }

  /** True where braces were made up before an item. */
  private isAtItem(): boolean {
    return itemWords.has(this.LA(1).tokenType) && this.LA(0).tokenType === t.Terminator;
  }

  /** True at an `else` whose `if` has lost its `}`. */
  private isAtLooseElse(): boolean {
    const isElse = elseWords.has(this.LA(1).tokenType);
    return (
      isElse && this.ends.size > 0 && this.open.some(({ startOffset }) => this.unclosed.has(startOffset))
    );
  }

  /** True if a `{` is missing here rather than a `}` written once too often further down. */
  private takesMissingBrace(): boolean {
    const isMissing = this.missingBraces > 0 && this.lastSurplus > this.lastEnd();
    if (isMissing) this.missingBraces -= 1;
    return isMissing;
  }

  private isAtEnd(): boolean {
    const type = this.LA(1).tokenType;
    return type === t.Terminator || type === EOF || this.ends.has(type);
  }

  /** True if the list has not come to its end; what keeps it from that is told and skipped. */
  private goesOn(kind: ListKind): boolean {
    if (this.mistakes.length >= maximumMistakes) this.skipAll();
    const token = this.LA(1);
    const type = token.tokenType;
    if (type === EOF || this.ends.has(type)) return false;
    if (type === t.Terminator) return true;
    const isFile = kind.ends.size === 0;
    const isItem = itemWords.has(type);
    if (isItem && isFile) return true;
    if ((isItem && this.isInUnclosedBraces()) || this.isAtLooseElse()) return false;
    // At the top of a file one mistake in braces can leave many statements outside of them: they are told once.
    const isAnother = beginnings.has(this.LA(0).tokenType) && !(isFile && this.first === undefined);
    if (isAnother) this.isTold = false;
    this.first = token;
    this.complain(kind.expected, undefined);
    if (isFile) this.first = undefined;
    const meant = type === t.Identifier ? suggest(token.image, kind.words) : undefined;
    const meantType = meant === undefined ? undefined : t.keywords.get(meant);
    if (meantType !== undefined) t.retype(token, meantType);
    else if (type === t.CloseBrace) this.SKIP_TOKEN();
    else if (type === t.Pipe && this.takesMissingBrace()) this.skipBranches();
    else this.skipStatement(token, 0);
    return true;
  }

  /** Skips to the end of the file: nothing more would be told. */
  private skipAll(): void {
    while (this.LA(1).tokenType !== EOF) this.SKIP_TOKEN();
  }

  private isInUnclosedBraces(): boolean {
    const brace = this.open.findLast(({ tokenType }) => tokenType === t.OpenBrace);
    return brace !== undefined && this.unclosed.has(brace.startOffset);
  }

  /** Reads what stands before braces; behind a mistake in it the reading goes on at the brace. */
  protected readHead<T>(read: () => T, otherwise: () => T): T {
    const depth = this.open.length;
    const rule = this.currRuleShortName;
    try {
      return read();
    } catch (error) {
      rethrowOthers(error);
      this.currRuleShortName = rule;
      this.open.length = depth;
      this.isInAngle = false;
      while (!this.isAtEnd() && this.LA(1).tokenType !== t.OpenBrace) this.SKIP_TOKEN();
      if (this.LA(1).tokenType !== t.OpenBrace) throw error;
      return otherwise();
    }
  }

  /** Goes into a pair of brackets or braces. */
  protected enter(opening: IToken): void {
    this.open.push(opening);
  }

  /** Comes out of the innermost pair. */
  protected leave(): void {
    this.open.pop();
  }

  /** Skips the branches of a join that has lost its `{`. */
  private skipBranches(): void {
    let depth = 1;
    for (let { tokenType } = this.LA(1); depth > 0 && tokenType !== EOF; { tokenType } = this.LA(1)) {
      if (tokenType === t.OpenBrace) depth += 1;
      else if (tokenType === t.CloseBrace) depth -= 1;
      this.SKIP_TOKEN();
    }
  }

  /** Skips to the end of the statement, over all the braces in it and out of those that it stands in. */
  private skipStatement(first: IToken, braces: number): void {
    let depth = braces;
    for (let { tokenType } = this.LA(1); tokenType !== EOF; { tokenType } = this.LA(1)) {
      const isAtEnd = depth === 0 && (this.isAtEnd() || tokenType === t.CloseBrace);
      if ((isAtEnd && !this.goesOnIndented(first)) || (depth > 0 && this.isAtItem())) return;
      if (tokenType === t.OpenBrace) depth += 1;
      else if (tokenType === t.CloseBrace) depth -= 1;
      this.SKIP_TOKEN();
    }
  }

  /** Behind a mistake in brackets over several lines, those that are indented further, or close them, belong to it. */
  private goesOnIndented(first: IToken): boolean {
    const next = this.LA(2);
    const isLineEnd = this.LA(1).tokenType === t.Terminator && this.LA(1).image !== ';';
    if (!isLineEnd || next.tokenType === EOF || this.ends.has(next.tokenType)) return false;
    const { columnOf } = this.make;
    // A statement that is indented further than the first of its list may go on with one that is lost.
    const column = Math.min(columnOf(first.startOffset), columnOf((this.head ?? first).startOffset));
    return columnOf(next.startOffset) > column || closers.has(next.tokenType);
  }

  /** Tells what is wrong with what was read, unless the statement has its message already. */
  protected readonly tellOnce: TreeMaker['tell'] = (problem, span, facts, details) => {
    if (this.isTold) return;
    this.isTold = true;
    this.make.tell(problem, span, facts, details);
  };

  /** Notes a mistake at the next token, unless the statement has one already. */
  protected complain(expected: string, type: TokenType | undefined): void {
    const token = this.LA(1);
    const isSame = this.mistakes.at(-1)?.token === token;
    if (this.isTold || isSame || this.mistakes.length >= maximumMistakes) return;
    this.isTold = true;
    if (this.isSpoiled(token)) return;
    const open = this.open.at(-1);
    this.mistakes.push({
      expected,
      type,
      token,
      previous: this.LA(0),
      first: this.first,
      open,
      isUnclosed: open !== undefined && this.unclosed.has(open.startOffset),
    });
  }

  /** True where a token of the statement has its own message already. */
  private isSpoiled(token: IToken): boolean {
    const from = this.first?.startOffset ?? 0;
    if (this.first !== undefined && this.make.toldAt() >= from) return true;
    const to = token.tokenType === EOF ? Number.POSITIVE_INFINITY : t.endOf(token);
    let low = 0;
    let high = this.spoiled.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.spoiled[middle]?.span.start ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const next = this.spoiled[low];
    return next !== undefined && next.span.start < to;
  }

  protected override fail(expected: string, type: TokenType | undefined): never {
    this.complain(expected, type);
    throw new MismatchedTokenException('', this.LA(1), this.LA(0));
  }

  /**
   * A missing closing bracket is made up: what follows it says the same with and without. So is a missing brace, where what is
   * left of its pair tells that it is missing.
   */
  protected override replace(expected: string, type: TokenType): IToken {
    if (type === t.CloseBrace && this.LA(0).tokenType === t.Terminator) this.isTold = false;
    if (!closers.has(type) && !this.canMakeUpBrace(type)) this.fail(expected, type);
    this.complain(expected, type);
    const end = this.lastEnd();
    return createTokenInstance(type, '', end, end, 0, 0, 0, 0);
  }

  private canMakeUpBrace(type: TokenType): boolean {
    if (type === t.OpenBrace) return this.takesMissingBrace();
    const next = this.LA(1).tokenType;
    return type === t.CloseBrace && (next === EOF || itemWords.has(next) || this.isAtLooseElse());
  }
}

/** Only mistakes in the text are recovered from. */
function rethrowOthers(error: unknown): void {
  if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
}
