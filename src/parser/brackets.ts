import type { IToken, TokenType } from 'chevrotain';
import {
  CloseAngle,
  CloseBrace,
  CloseBracket,
  CloseParen,
  GluedBracket,
  GluedParen,
  Greater,
  type Keyword,
  keyword,
  NewLine,
  OpenAngle,
  OpenBrace,
  OpenBracket,
  OpenParen,
  retype,
} from './tokens.js';

/** Which brackets belong together, by the places of their tokens. */
export interface Brackets {
  /** For each token 1 where it opens and 2 where it closes a pair of brackets; braces are none. */
  readonly roles: Uint8Array;
  /** The offsets of the brackets and braces that find no partner. */
  readonly unclosed: ReadonlySet<number>;
  /** The offset of the last `}` that closes nothing, and how many there are: so many `{` are missing before it. */
  readonly surplus: Surplus;
}

/** Closing braces that have no partner. */
export interface Surplus {
  readonly count: number;
  readonly last: number;
}

export const opens = 1;
export const closes = 2;

/**
 * Finds the partner of each bracket in one pass. Statements stand in no brackets, so one that is still open where braces or a
 * statement begin has none: a forgotten `)` encloses nothing. A `>` closes a `<` unless it stands between `if` and `then`.
 */
export function matchBrackets(tokens: readonly IToken[]): Brackets {
  const roles = new Uint8Array(tokens.length);
  const unclosed = new Set<number>();
  const braces: IToken[] = [];
  let surplus: Surplus = { count: 0, last: -1 };
  const open: IToken[] = [];
  const places: number[] = [];
  let isLineStart = true;
  let place = -1;
  for (const token of tokens) {
    place += 1;
    const type = token.tokenType;
    if (type === OpenBrace) {
      braces.push(token);
      unclosed.add(token.startOffset);
    } else if (type === CloseBrace) {
      const partner = braces.pop();
      if (partner === undefined) surplus = { count: surplus.count + 1, last: token.startOffset };
      else unclosed.delete(partner.startOffset);
    }
    if (type === OpenBrace || type === CloseBrace || (isLineStart && statementWords.has(type)))
      open.length = places.length = 0;
    isLineStart = type === NewLine;
    const enclosing = open.length === 0 ? undefined : open.at(-1)?.tokenType;
    const isCondition = type === ifWord && (enclosing === OpenAngle || enclosing === ifWord);
    if (isCondition || openings.has(type)) {
      open.push(token);
      places.push(place);
      unclosed.add(token.startOffset);
    } else if (enclosing !== undefined && partners.get(type)?.includes(enclosing) === true) {
      unclosed.delete(open.pop()?.startOffset ?? -1);
      const opening = places.pop();
      if (type === thenWord || opening === undefined) continue;
      roles[opening] = opens;
      roles[place] = closes;
      if (type === Greater) retype(token, CloseAngle);
    }
  }
  return { roles, unclosed, surplus };
}

const ifWord = keyword('if');
const thenWord = keyword('then');

/** True of what opens a pair of brackets. */
export function isOpening(type: TokenType): boolean {
  return openings.has(type);
}

const openings: ReadonlySet<TokenType> = new Set([
  OpenParen,
  GluedParen,
  OpenBracket,
  GluedBracket,
  OpenAngle,
]);

const partners: ReadonlyMap<TokenType, readonly TokenType[]> = new Map([
  [CloseParen, [OpenParen, GluedParen]],
  [CloseBracket, [OpenBracket, GluedBracket]],
  [Greater, [OpenAngle]],
  [thenWord, [ifWord]],
]);

/** The words that begin an item: they stand in no braces, so that they tell where a `}` is missing. */
export const itemWords: ReadonlySet<TokenType> = new Set(
  (['import', 'model', 'block', 'train', 'variants'] satisfies Keyword[]).map(keyword),
);

const statementWords: ReadonlySet<TokenType> = new Set(
  (
    [
      'import',
      'model',
      'block',
      'train',
      'variants',
      'let',
      'assert',
      'default',
      'repeat',
      'share',
      'for',
    ] satisfies Keyword[]
  ).map(keyword),
);
