import type { IToken, TokenType } from 'chevrotain';
import {
  CloseBracket,
  CloseParen,
  Dot,
  endOf,
  GluedBracket,
  GluedMinus,
  GluedParen,
  Identifier,
  keyword,
  Less,
  Minus,
  NewLine,
  NumberToken,
  OpenAngle,
  OpenBracket,
  OpenParen,
  retype,
  Size,
  Slash,
  Stray,
  StrideSlash,
} from './tokens.js';

/**
 * Tells what a sign is from what it is glued to. What binds stands without a space: `floor(x)`, `xs[0]`, `se<16>`, the
 * stride in `3x3/2`, the member in `in.channels`, and as an argument of a layer the sign in `-1`.
 */
export function glue(tokens: readonly IToken[]): void {
  let before: IToken | undefined;
  let place = 0;
  for (const token of tokens) {
    place += 1;
    const rule = rules.get(token.tokenType);
    if (rule !== undefined) {
      const behind = isGlued(before, token) ? before?.tokenType : undefined;
      const after = tokens[place];
      const ahead = isGlued(token, after) ? after?.tokenType : undefined;
      const type = rule(behind, ahead);
      if (type !== undefined) retype(token, type);
    }
    before = token;
  }
}

function isGlued(first: IToken | undefined, second: IToken | undefined): boolean {
  const isApart = first === undefined || first.tokenType === NewLine || second?.tokenType === NewLine;
  return !isApart && endOf(first) === second?.startOffset;
}

/** What a sign becomes beside its glued neighbours, if anything else than it is. */
type Rule = (behind: TokenType | undefined, ahead: TokenType | undefined) => TokenType | undefined;

const values: ReadonlySet<TokenType | undefined> = new Set([
  Identifier,
  NumberToken,
  Size,
  CloseParen,
  CloseBracket,
]);
const objects: ReadonlySet<TokenType | undefined> = new Set([...values, keyword('in')]);
const windows: ReadonlySet<TokenType | undefined> = new Set([Size, CloseBracket]);
const strides: ReadonlySet<TokenType | undefined> = new Set([
  Identifier,
  NumberToken,
  OpenParen,
  keyword('in'),
]);

const rules: ReadonlyMap<TokenType, Rule> = new Map<TokenType, Rule>([
  [OpenParen, (behind) => (values.has(behind) ? GluedParen : undefined)],
  [OpenBracket, (behind) => (values.has(behind) ? GluedBracket : undefined)],
  [Less, (behind) => (behind === Identifier ? OpenAngle : undefined)],
  [Dot, (behind) => (objects.has(behind) ? undefined : Stray)],
  [Slash, (behind, ahead) => (windows.has(behind) && strides.has(ahead) ? StrideSlash : undefined)],
  [Minus, (behind, ahead) => (behind === undefined && ahead === NumberToken ? GluedMinus : undefined)],
]);
