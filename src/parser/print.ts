import { EOF, type IToken, type TokenType } from 'chevrotain';
import { positionOf, type Source } from '../diagnostics/source.js';
import type { Comment, FileTree } from './ast.js';
import { glue } from './glue.js';
import { layOut } from './layout.js';
import { lex } from './lexer.js';
import { hardParseLimits } from './limits.js';
import { layLines, type Command, type Indent } from './print-lines.js';
import { endsOperand, isSpaced } from './print-spacing.js';
import * as t from './tokens.js';

/**
 * The canonical text of a file: its tokens as they were written, each comment between the same two, with two spaces a level.
 * Only white space and needless `;` differ, so the meaning can't. What stood in one line stays there if it fits; what began a
 * line behind a bracket or at an arrow still does.
 */
export function print(tree: FileTree): string {
  const tokens = laidOut(tree.source);
  const printer = newPrinter(tree, tokens);
  for (const [place, token] of tokens.entries()) {
    if (token.tokenType === t.Terminator) printer.terminator ??= token;
    else printToken(printer, token, tokens[place + 1]);
  }
  printComments(printer, tree.source.text.length, undefined);
  closeStatement(printer);
  const text = layLines(printer.commands).join('\n').trim();
  return text === '' ? '' : `${text}\n`;
}

function laidOut(source: Source): readonly IToken[] {
  const { tokens } = lex(source, hardParseLimits);
  glue(tokens);
  return layOut(source, tokens, hardParseLimits).tokens;
}

/** What the tokens at hand stand in; `inline` are braces in one line, `names` those of an import. */
interface Frame {
  readonly kind: 'file' | 'block' | 'inline' | 'names' | 'bracket';
  readonly opening: IToken | undefined;
  /** True where `=` declares: between `<` and `>`, and in the parameters of a function. */
  readonly isDeclaration: boolean;
  /** In braces: true behind a `|`. */
  isBranch: boolean;
  /** In braces and in a file: true while a statement is printed. */
  isOpen: boolean;
}

/** How far the printing has come. */
interface Printer {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly commands: Command[];
  readonly frames: Frame[];
  /** The offsets of the `{` that stand in one line with their `}`. */
  readonly inline: ReadonlySet<number>;
  nextComment: number;
  /** Where the last token or comment ended. */
  end: number;
  before: IToken | undefined;
  last: IToken | undefined;
  /** The end of a statement that is not printed yet. */
  terminator: IToken | undefined;
  /** The first token of the statement. */
  first: IToken | undefined;
  isBehindComment: boolean;
  /** True behind `//`, where a line must end. */
  mustBreak: boolean;
  isNamedValue: boolean;
}

function newPrinter({ source, comments }: FileTree, tokens: readonly IToken[]): Printer {
  const file: Frame = {
    kind: 'file',
    opening: undefined,
    isDeclaration: false,
    isBranch: false,
    isOpen: false,
  };
  return {
    text: source.text,
    comments,
    commands: [],
    frames: [file],
    inline: inlineBraces(source, tokens),
    nextComment: 0,
    end: 0,
    before: undefined,
    last: undefined,
    terminator: undefined,
    first: undefined,
    isBehindComment: false,
    mustBreak: false,
    isNamedValue: false,
  };
}

function inlineBraces(source: Source, tokens: readonly IToken[]): ReadonlySet<number> {
  const inline = new Set<number>();
  const open: IToken[] = [];
  const lineOf = (token: IToken): number => positionOf(source, token.startOffset).line;
  for (const token of tokens) {
    if (token.tokenType === t.OpenBrace) open.push(token);
    if (token.tokenType !== t.CloseBrace) continue;
    const opening = open.pop();
    if (opening !== undefined && lineOf(opening) === lineOf(token)) inline.add(opening.startOffset);
  }
  return inline;
}

function frameOf(printer: Printer): Frame {
  const frame = printer.frames.at(-1);
  if (frame === undefined) throw new Error('the file itself is never left');
  return frame;
}

function printToken(printer: Printer, token: IToken, next: IToken | undefined): void {
  printComments(printer, token.startOffset, token);
  if (printer.terminator !== undefined) closeStatement(printer);
  switch (token.tokenType) {
    case t.CloseBrace:
      closeBraces(printer, token);
      break;
    case t.Pipe:
      beginBranch(printer, token);
      break;
    default:
      printInStatement(printer, token, next);
  }
  printer.before = printer.last;
  printer.last = token;
  printer.end = t.endOf(token);
  printer.terminator = undefined;
  printer.isBehindComment = false;
  printer.mustBreak = false;
}

function printInStatement(printer: Printer, token: IToken, next: IToken | undefined): void {
  const frame = frameOf(printer);
  if (!isList(frame) && !frame.isOpen) beginStatement(printer, frame, token);
  else separate(printer, frame, token, next);
  if (brackets.has(token.tokenType)) {
    printer.commands.push({ kind: 'open' }, { kind: 'text', text: token.image });
    printer.frames.push(bracketFrame(printer, token));
  } else if (closings.has(token.tokenType) && frame.kind === 'bracket') {
    printer.commands.push({ kind: 'text', text: token.image }, { kind: 'close' });
    printer.frames.pop();
  } else if (token.tokenType === t.OpenBrace) openBraces(printer, token);
  else printer.commands.push({ kind: 'text', text: token.image });
}

const brackets: ReadonlySet<TokenType> = new Set([
  t.OpenParen,
  t.GluedParen,
  t.OpenBracket,
  t.GluedBracket,
  t.OpenAngle,
]);
const closings: ReadonlySet<TokenType> = new Set([t.CloseParen, t.CloseBracket, t.CloseAngle]);
const letWord = t.keyword('let');
const importWord = t.keyword('import');
const elseWords: ReadonlySet<TokenType> = new Set([t.keyword('else'), t.ElseIf]);

function bracketFrame(printer: Printer, opening: IToken): Frame {
  const isOfFunction = printer.first?.tokenType === letWord && printer.before === printer.first;
  const isDeclaration =
    opening.tokenType === t.OpenAngle || (isOfFunction && opening.tokenType === t.GluedParen);
  return { kind: 'bracket', opening, isDeclaration, isBranch: false, isOpen: false };
}

/** Braces in one line are a group; those over several end the group of what stands before them. */
function openBraces(printer: Printer, opening: IToken): void {
  const { commands, frames } = printer;
  const isNames = printer.last?.tokenType === importWord;
  const kind = isNames ? 'names' : braceKind(printer, opening);
  if (kind !== 'block') commands.push({ kind: 'open' });
  commands.push({ kind: 'text', text: '{' });
  if (kind === 'block') commands.push({ kind: 'close' });
  if (kind !== 'names') commands.push({ kind: 'nest' });
  frames.push({ kind, opening, isDeclaration: false, isBranch: false, isOpen: false });
}

function braceKind({ inline }: Printer, opening: IToken): 'inline' | 'block' {
  return inline.has(opening.startOffset) ? 'inline' : 'block';
}

function closeBraces(printer: Printer, closing: IToken): void {
  const { commands, frames } = printer;
  closeStatement(printer);
  const frame = frameOf(printer);
  if (frame.kind === 'file' || frame.kind === 'bracket') {
    // A brace that closes nothing stands in no file that is printed.
    commands.push({ kind: 'text', text: closing.image });
    return;
  }
  if (frame.isBranch) commands.push({ kind: 'unnest' });
  const isEmpty = printer.end === (frame.opening === undefined ? 0 : t.endOf(frame.opening));
  const indent = frame.kind === 'names' ? 'group' : 'outside';
  if (frame.kind === 'block') breakLine(printer, indent, false);
  else if (!isEmpty) commands.push({ kind: 'soft', flat: ' ', indent });
  if (frame.kind !== 'names') commands.push({ kind: 'unnest' });
  commands.push({ kind: 'text', text: '}' });
  commands.push({ kind: frame.kind === 'block' ? 'open' : 'close' });
  frames.pop();
}

function beginBranch(printer: Printer, bar: IToken): void {
  closeStatement(printer);
  const frame = frameOf(printer);
  if (frame.isBranch) printer.commands.push({ kind: 'unnest' });
  frame.isBranch = true;
  if (frame.kind === 'inline') printer.commands.push({ kind: 'soft', flat: ' ', indent: 'statement' });
  else breakLine(printer, 'statement', isBlankBefore(printer, bar.startOffset));
  printer.commands.push({ kind: 'text', text: '|' }, { kind: 'branch' });
}

function beginStatement(printer: Printer, frame: Frame, token: IToken): void {
  const { commands, last } = printer;
  if (frame.kind === 'inline')
    commands.push({ kind: 'soft', flat: flatBefore(printer, frame), indent: 'statement' });
  else if (isLineNeeded(printer, token))
    breakLine(printer, 'statement', isBlankBefore(printer, token.startOffset));
  else if (printer.terminator !== undefined) commands.push({ kind: 'text', text: '; ' });
  else if (last !== undefined || printer.isBehindComment) commands.push({ kind: 'text', text: ' ' });
  commands.push({ kind: 'open' });
  frame.isOpen = true;
  printer.first = token;
  printer.isNamedValue = false;
}

/** What stands before a statement whose braces are in one line. */
function flatBefore({ terminator, last }: Printer, { opening }: Frame): string {
  return terminator === undefined || last === opening || last?.tokenType === t.Pipe ? ' ' : '; ';
}

function isLineNeeded(printer: Printer, token: IToken): boolean {
  if (printer.end === 0) return false;
  const isFirst = printer.last?.tokenType === t.OpenBrace && !printer.isBehindComment;
  return isFirst || printer.mustBreak || isBrokenBefore(printer, token.startOffset);
}

/** What stands before a token in the middle of a statement. */
function separate(printer: Printer, frame: Frame, token: IToken, next: IToken | undefined): void {
  const { commands, last } = printer;
  const isClosing = closings.has(token.tokenType);
  const indent: Indent = isClosing ? 'group' : 'inside';
  const isBroken = isBrokenBefore(printer, token.startOffset);
  tellNamedValue(printer, frame, token);
  if (printer.mustBreak || (printer.isBehindComment && isBroken)) breakLine(printer, indent, false);
  else if (printer.isBehindComment && isList(frame)) commands.push({ kind: 'soft', flat: ' ', indent });
  else if (last === frame.opening && frame.opening !== undefined)
    beginList(printer, frame, { isBroken, isClosing });
  else if (isClosing) commands.push({ kind: 'soft', flat: '', indent });
  else if (last?.tokenType === t.Comma && isList(frame)) {
    commands.push({ kind: 'soft', flat: ' ', indent });
  } else if (token.tokenType === t.Arrow || isLooseElse(printer, token)) {
    const isBrokenBehind =
      next !== undefined && hasLineEnd(printer.text.slice(t.endOf(token), next.startOffset));
    const begins = isBroken || (token.tokenType === t.Arrow && isBrokenBehind);
    if (begins) breakLine(printer, indent, false);
    else if (isList(frame)) commands.push({ kind: 'text', text: ' ' });
    else commands.push({ kind: 'soft', flat: ' ', indent });
  } else if (printer.isBehindComment) commands.push({ kind: 'text', text: ' ' });
  else if (last !== undefined && isSpaced(printer.before, last, token, placeOf(printer, frame))) {
    commands.push({ kind: 'text', text: ' ' });
  }
}

/** True of what holds a list, in which lines may end anywhere. */
function isList({ kind }: Frame): boolean {
  return kind === 'bracket' || kind === 'names';
}

/** An `else` in an expression; one behind a `}` stays in its line. */
function isLooseElse({ last }: Printer, { tokenType }: IToken): boolean {
  return elseWords.has(tokenType) && last?.tokenType !== t.CloseBrace;
}

/** What stands behind an opening bracket: a line end if the list began a line, so that lists can be kept in lines. */
function beginList(
  printer: Printer,
  frame: Frame,
  { isBroken, isClosing }: { readonly isBroken: boolean; readonly isClosing: boolean },
): void {
  if (isClosing) return;
  if (isBroken) breakLine(printer, 'inside', false);
  else printer.commands.push({ kind: 'soft', flat: frame.kind === 'names' ? ' ' : '', indent: 'inside' });
}

function placeOf(printer: Printer, frame: Frame): Parameters<typeof isSpaced>[3] {
  const isLayer = !isList(frame) && isLayerLike(printer.first);
  return {
    isNamedValue: isLayer && printer.isNamedValue,
    isPositional: isLayer && !printer.isNamedValue,
    isDeclaration: isList(frame) ? frame.isDeclaration : !isLayer,
    text: printer.text,
  };
}

/** True of statements with positional arguments: layers, defaults and settings. */
function isLayerLike(first: IToken | undefined): boolean {
  return first !== undefined && (first.tokenType === t.Identifier || first.image === 'default');
}

/** `name=` takes a whole expression, to where the next argument begins. */
function tellNamedValue(printer: Printer, frame: Frame, token: IToken): void {
  if (frame.kind === 'bracket') return;
  const type = token.tokenType;
  if (type === t.ArgumentName) printer.isNamedValue = true;
  else if (
    type === t.Arrow ||
    (begins.has(type) && printer.last !== undefined && endsOperand(printer.last))
  ) {
    printer.isNamedValue = false;
  }
}

const begins: ReadonlySet<TokenType> = new Set([
  ...[t.Identifier, t.NumberToken, t.Size, t.StringToken, t.OpenParen, t.OpenBracket],
  ...[t.keyword('true'), t.keyword('false')],
]);

function closeStatement(printer: Printer): void {
  const frame = frameOf(printer);
  if (!frame.isOpen) return;
  printer.commands.push({ kind: 'close' });
  frame.isOpen = false;
}

/** Prints the comments before an offset, each between the tokens that it stands between. */
function printComments(printer: Printer, before: number, token: IToken | undefined): void {
  for (;;) {
    const comment = printer.comments[printer.nextComment];
    if (comment === undefined || comment.span.start >= before) return;
    const type = token?.tokenType ?? EOF;
    const isBetween =
      printer.terminator !== undefined || type === EOF || type === t.CloseBrace || type === t.Pipe;
    const frame = frameOf(printer);
    if (isBetween && !isList(frame)) closeStatement(printer);
    placeComment(printer, frame, comment);
    printer.commands.push({ kind: 'comment', text: comment.text.trimEnd().replace(/\r\n?/g, '\n') });
    printer.nextComment += 1;
    printer.end = comment.span.end;
    printer.isBehindComment = true;
    printer.mustBreak = comment.kind !== 'block';
  }
}

function placeComment(printer: Printer, frame: Frame, { span, kind }: Comment): void {
  const isOwnLine = isBrokenBefore(printer, span.start);
  const isInList = isList(frame);
  const isStatement = !isInList && !frame.isOpen;
  const begins = isInList && kind === 'block' && !printer.isBehindComment;
  if (printer.end === 0) return;
  if (isOwnLine || printer.mustBreak) {
    const isBlank = isStatement && isBlankBefore(printer, span.start);
    breakLine(printer, isStatement ? 'statement' : 'inside', isBlank);
  } else if (begins && printer.last === frame.opening) {
    printer.commands.push({ kind: 'soft', flat: frame.kind === 'names' ? ' ' : '', indent: 'inside' });
  } else if (begins && printer.last?.tokenType === t.Comma) {
    printer.commands.push({ kind: 'soft', flat: ' ', indent: 'inside' });
  } else printer.commands.push({ kind: 'comment', text: ' ' });
}

function breakLine({ commands }: Printer, indent: Indent, isBlank: boolean): void {
  commands.push({ kind: 'hard', isBlank, indent });
}

/** True where a line ends between the last token or comment and an offset. */
function isBrokenBefore({ text, end }: Printer, offset: number): boolean {
  return hasLineEnd(text.slice(end, offset));
}

function hasLineEnd(text: string): boolean {
  return /[\n\r]/.test(text);
}

/** True where an empty line stands before an offset, other than behind an opening brace. */
function isBlankBefore(printer: Printer, offset: number): boolean {
  const isFirst = printer.last?.tokenType === t.OpenBrace && !printer.isBehindComment;
  return (
    !isFirst &&
    /(?:\r\n|\r(?!\n)|\n)[^\S\n\r]*[;]?[^\S\n\r]*[\n\r]/.test(printer.text.slice(printer.end, offset))
  );
}
