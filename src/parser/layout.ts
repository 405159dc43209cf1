import { EOF, type IToken, type TokenType } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source } from '../diagnostics/source.js';
import { closes, isOpening, itemWords, matchBrackets, opens, type Surplus } from './brackets.js';
import { hardParseLimits, type ParseLimits } from './limits.js';
import { tooLarge } from './problems.js';
import {
  ArgumentName,
  Arrow,
  CloseBrace,
  ElseIf,
  endOf,
  Equals,
  Identifier,
  keyword,
  NewLine,
  OpenBrace,
  Pipe,
  retype,
  Semicolon,
  Terminator,
} from './tokens.js';

/** The tokens that the grammar sees: of the line ends only those that end a statement are left. */
export interface LaidOut {
  readonly tokens: IToken[];
  /** The offsets of the brackets and braces that are never closed. */
  readonly unclosed: ReadonlySet<number>;
  /** The closing braces that close nothing. */
  readonly surplus: Surplus;
  readonly diagnostics: readonly Diagnostic[];
}

const ifWord = keyword('if');
const elseWord = keyword('else');
const importWord = keyword('import');

/**
 * Drops the line ends that end no statement: inside brackets, beside `->`, before `else`, and empty lines. Sees to it that
 * nothing stands deeper in each other than the grammar may go.
 */
export function layOut(source: Source, tokens: readonly IToken[], limits: ParseLimits): LaidOut {
  const { roles, unclosed, surplus } = matchBrackets(tokens);
  const nesting = Math.min(limits.nesting, hardParseLimits.nesting);
  const kept: IToken[] = [];
  let last: IToken | undefined;
  let lineEnd: IToken | undefined;
  let isImport = false;
  let brackets = 0;
  let braces = 0;
  // Each `if` may hold another behind `then`; the `else` that belongs to it lets it go.
  let conditions = 0;
  // Brackets without a partner: the grammar goes into them all the same.
  let loose = 0;
  let place = -1;
  for (const token of tokens) {
    place += 1;
    const type = token.tokenType;
    if (type === NewLine) {
      if (brackets === 0) lineEnd ??= token;
      continue;
    }
    // The names of an import may stand in lines; an item behind them tells that their `}` is missing.
    if (isImport && itemWords.has(type)) isImport = false;
    if (lineEnd !== undefined && !isImport && endsStatement(last, type)) {
      retype(lineEnd, Terminator);
      kept.push(lineEnd);
      conditions = loose = 0;
    }
    lineEnd = undefined;
    if (last !== undefined) tellTogether(last, token);
    kept.push(token);
    if (roles[place] === opens) brackets += 1;
    else if (roles[place] === closes) brackets -= 1;
    else if (isOpening(type)) loose += 1;
    else if (type === ifWord) conditions += 1;
    else if (type === elseWord) conditions = Math.max(0, conditions - 1);
    else if (type === OpenBrace || type === CloseBrace) {
      isImport = type === OpenBrace && last?.tokenType === importWord;
      braces = Math.max(0, braces + (type === OpenBrace ? 1 : -1));
      conditions = loose = 0;
    } else if (type === Semicolon) {
      retype(token, Terminator);
      conditions = loose = 0;
    }
    if (braces + brackets + loose + conditions > nesting) {
      return { tokens: [], unclosed, surplus, diagnostics: [tooDeep(source, token, nesting)] };
    }
    last = token;
  }
  if (lineEnd !== undefined && endsStatement(last, EOF)) {
    retype(lineEnd, Terminator);
    kept.push(lineEnd);
  }
  return { tokens: kept, unclosed, surplus, diagnostics: [] };
}

/** A line end says nothing at the beginning of braces or branches, beside `->`, and where the next line goes on. */
function endsStatement(last: IToken | undefined, next: TokenType): boolean {
  if (last === undefined || next === Arrow || next === elseWord) return false;
  const type = last.tokenType;
  return type !== Arrow && type !== Terminator && type !== OpenBrace && type !== Pipe;
}

/** Two tokens that mean something else together: `name =` and `else if`. */
function tellTogether(last: IToken, token: IToken): void {
  if (token.tokenType === Equals && last.tokenType === Identifier) retype(last, ArgumentName);
  else if (token.tokenType === ifWord && last.tokenType === elseWord) retype(last, ElseIf);
}

function tooDeep(source: Source, token: IToken, limit: number): Diagnostic {
  const span = { source, start: token.startOffset, end: endOf(token) };
  const facts = {
    what: 'brackets, braces and conditions stand too deep in each other',
    limit,
    got: String(limit + 1),
    flag: limit < hardParseLimits.nesting ? '--limit-nesting' : undefined,
  };
  return report(tooLarge, span, facts);
}
