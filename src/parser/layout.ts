import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source } from '../diagnostics/source.js';
import { hardNesting, type ParseLimits } from './limits.js';
import { tooLarge } from './problems.js';
import {
  Arrow,
  CloseBrace,
  CloseBracket,
  CloseParen,
  endOf,
  Greater,
  keywords,
  GluedBracket,
  GluedParen,
  NewLine,
  OpenAngle,
  OpenBrace,
  OpenBracket,
  OpenParen,
  Semicolon,
} from './tokens.js';

/** The tokens that the grammar sees: only those line ends that end a statement are left. */
export interface LaidOut {
  readonly tokens: IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const ifWord = keywords.if;
const elseWord = keywords.else;

/**
 * Drops the line ends inside of brackets, before and behind `->`, and before `else`; and sees to it that nothing stands deeper in
 * each other than the grammar may go. A bracket that finds no partner before the next brace encloses nothing.
 */
export function layOut(source: Source, tokens: readonly IToken[], limits: ParseLimits): LaidOut {
  const partners = matchBrackets(tokens);
  const following = followingTypes(tokens);
  const kept: IToken[] = [];
  const nesting = Math.min(limits.nesting, hardNesting);
  let enclosing = 0;
  let braces = 0;
  let conditionals = 0;
  // Brackets without a partner enclose no line ends, but the grammar goes into them all the same.
  let unclosed = 0;
  let place = -1;
  for (const token of tokens) {
    place += 1;
    const type = token.tokenType;
    if (type === NewLine) {
      if (enclosing > 0 || goesOn(following[place], kept)) continue;
      conditionals = 0;
      unclosed = 0;
    } else if (type === Semicolon) {
      conditionals = 0;
      unclosed = 0;
    } else if (type === OpenBrace || type === CloseBrace) {
      braces = Math.max(0, braces + (type === OpenBrace ? 1 : -1));
      conditionals = 0;
      enclosing = 0;
      unclosed = 0;
    } else if (partners[place] === opens) enclosing += 1;
    else if (partners[place] === closes) enclosing -= 1;
    else if (isOpening(type)) unclosed += 1;
    else if (type === ifWord) conditionals += 1;
    else if (type === elseWord) conditionals = Math.max(0, conditionals - 1);
    kept.push(token);
    const depth = braces + enclosing + unclosed + conditionals;
    if (depth > nesting) {
      const span = { source, start: token.startOffset, end: endOf(token) };
      const flag = nesting < hardNesting ? '--limit-nesting' : undefined;
      const facts = {
        what: 'brackets and braces stand too deep in each other',
        limit: nesting,
        got: 'more',
        flag,
      };
      return { tokens: [], diagnostics: [report(tooLarge, span, facts)] };
    }
  }
  return { tokens: kept, diagnostics: [] };
}

const opens = 1;
const closes = 2;

/** For each token 1 where it opens and 2 where it closes a pair of brackets; braces stand in none. */
function matchBrackets(tokens: readonly IToken[]): Uint8Array {
  const roles = new Uint8Array(tokens.length);
  const open: number[] = [];
  let place = -1;
  for (const { tokenType } of tokens) {
    place += 1;
    if (tokenType === OpenBrace || tokenType === CloseBrace) open.length = 0;
    else if (isOpening(tokenType)) open.push(place);
    else {
      const wanted = openingOf(tokenType);
      const last = open.at(-1);
      const lastType = last === undefined ? undefined : tokens[last]?.tokenType;
      if (wanted === undefined || last === undefined || lastType === undefined || !wanted(lastType)) continue;
      roles[last] = opens;
      roles[place] = closes;
      open.pop();
    }
  }
  return roles;
}

type Type = IToken['tokenType'];

function isOpening(type: Type): boolean {
  return type === OpenAngle || isParen(type) || isBracket(type);
}

function isParen(type: Type): boolean {
  return type === OpenParen || type === GluedParen;
}

function isBracket(type: Type): boolean {
  return type === OpenBracket || type === GluedBracket;
}

function openingOf(type: Type): ((opening: Type) => boolean) | undefined {
  if (type === CloseParen) return isParen;
  if (type === CloseBracket) return isBracket;
  if (type === Greater) return (opening) => opening === OpenAngle;
  return undefined;
}

/** For each token the type of the next one that is no line end. */
function followingTypes(tokens: readonly IToken[]): readonly (Type | undefined)[] {
  const following = Array<Type | undefined>(tokens.length);
  let next: Type | undefined;
  for (let place = tokens.length - 1; place >= 0; place -= 1) {
    following[place] = next;
    const type = tokens[place]?.tokenType;
    if (type !== NewLine) next = type;
  }
  return following;
}

/** True where the statement goes on in the next line: before `->` and `else`, and behind `->`. */
function goesOn(following: Type | undefined, kept: readonly IToken[]): boolean {
  return kept.at(-1)?.tokenType === Arrow || following === Arrow || following === elseWord;
}
