import type { IToken, TokenType } from 'chevrotain';
import { keyword, type Keyword } from './tokens.js';
import * as t from './tokens.js';

/** Where two neighbours stand. */
export interface Place {
  /** True in a layer's `name=value`, where what was written without spaces stays so: `scale=1/255`. */
  readonly isNamedValue: boolean;
  /** True between the arguments of a layer, where `-1` is one. */
  readonly isPositional: boolean;
  /** True where `=` stands with spaces: in declarations, and between `<` and `>`. */
  readonly isDeclaration: boolean;
  readonly text: string;
}

/** True if a space stands between two tokens in one line. What is glued stays glued, since that tells what it means. */
export function isSpaced(before: IToken | undefined, left: IToken, right: IToken, place: Place): boolean {
  const [a, b] = [left.tokenType, right.tokenType];
  if (openings.has(a) || closings.has(b) || tightBefore.has(b) || tightAfter.has(a)) return false;
  if (b === t.Equals || a === t.Equals) return place.isDeclaration;
  if (place.isPositional && a === t.GluedMinus) return false;
  if (isSign(before, left)) return a === notWord;
  const operator = arithmetic.has(b) ? right : left;
  if (place.isNamedValue && arithmetic.has(operator.tokenType)) return !wasTight(operator, place.text);
  return true;
}

const openings: ReadonlySet<TokenType> = new Set([
  t.OpenParen,
  t.GluedParen,
  t.OpenBracket,
  t.GluedBracket,
  t.OpenAngle,
]);
const closings: ReadonlySet<TokenType> = new Set([t.CloseParen, t.CloseBracket, t.CloseAngle]);
const tightBefore: ReadonlySet<TokenType> = new Set([
  ...[t.GluedParen, t.GluedBracket, t.OpenAngle, t.StrideSlash],
  ...[t.Dot, t.Range, t.Comma, t.Colon],
]);
const tightAfter: ReadonlySet<TokenType> = new Set([t.StrideSlash, t.Dot, t.Range]);
const arithmetic: ReadonlySet<TokenType> = new Set([t.Plus, t.Minus, t.GluedMinus, t.Star, t.Slash, t.Caret]);
const notWord = keyword('not');

/** What an operand can end with: a `-` behind anything else is its sign. */
const ends: ReadonlySet<TokenType> = new Set([
  ...[t.Identifier, t.NumberToken, t.Size, t.StringToken, t.CloseParen, t.CloseBracket, t.CloseAngle],
  ...(['true', 'false', 'in'] satisfies Keyword[]).map(keyword),
]);

/** True of a token that an operand can end with. */
export function endsOperand(token: IToken): boolean {
  return ends.has(token.tokenType);
}

/** True of a token that is the sign of what follows. */
function isSign(before: IToken | undefined, token: IToken): boolean {
  const type = token.tokenType;
  if (type === notWord) return true;
  if (type !== t.Minus && type !== t.GluedMinus) return false;
  return before === undefined || !ends.has(before.tokenType);
}

/** True of an operator that stood glued to its operands on both sides, without a comment between. */
function wasTight(operator: IToken, text: string): boolean {
  const isGluedBehind = /[\w%)\]>"]/.test(text.charAt(operator.startOffset - 1));
  return isGluedBehind && /[\w(["-]/.test(text.charAt(t.endOf(operator)));
}
