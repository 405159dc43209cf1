import type { IToken, TokenType } from 'chevrotain';

/** A place where the text is none of the language, with what is needed to say so. */
export interface Mistake {
  /** What could stand here, in words. */
  readonly expected: string;
  /** The token that must come, if it is a single one. */
  readonly type: TokenType | undefined;
  readonly token: IToken;
  readonly previous: IToken;
  /** The first token of the statement. */
  readonly first: IToken | undefined;
  /** The innermost bracket or brace that is open here. */
  readonly open: IToken | undefined;
  /** True if that is never closed. */
  readonly isUnclosed: boolean;
}
