import type { TokenType } from 'chevrotain';
import type { Mistake } from './mistake.js';
import * as t from './tokens.js';

/** What to do about a mistake, where it is one that people make. */
export function hintFor(mistake: Mistake): string | undefined {
  return hints.find(({ applies }) => applies(mistake))?.hint;
}

interface Hint {
  readonly applies: (mistake: Mistake) => boolean;
  readonly hint: string;
}

const isEnd = ({ type }: Mistake): boolean => type === t.Terminator;
const found = ({ token }: Mistake, ...types: readonly TokenType[]): boolean =>
  types.includes(token.tokenType);
const isAtTop = ({ open }: Mistake): boolean => open === undefined;

const hints: readonly Hint[] = [
  {
    applies: (mistake) => found(mistake, t.Equals) || found(mistake, t.ArgumentName),
    hint: 'a name is set with `let name = …`, an argument as `name=…` behind the layer',
  },
  {
    applies: (mistake) => isEnd(mistake) && found(mistake, t.GluedParen),
    hint: 'the arguments of a layer stand behind it with spaces, those of a block between `<` and `>`',
  },
  {
    applies: (mistake) => isEnd(mistake) && found(mistake, t.Comma),
    hint: 'the arguments of a layer are told apart by spaces',
  },
  {
    applies: (mistake) => isEnd(mistake) && mistake.previous.tokenType === t.CloseAngle,
    hint: '`<` glued to a name begins the arguments of a block, and `>` ends them: a comparison stands with spaces, and between `<` and `>` in parentheses',
  },
  {
    applies: (mistake) => found(mistake, t.CloseBrace) && isAtTop(mistake),
    hint: 'a `{` may be missing further up, or a `}` stands there once too often',
  },
  {
    applies: (mistake) => found(mistake, t.Identifier) && isAtTop(mistake) && mistake.type === undefined,
    hint: 'layers stand between the braces of a model or block',
  },
  {
    applies: (mistake) => found(mistake, t.Pipe) && !isAtTop(mistake),
    hint: '`|` begins a branch between the braces of a join, such as `concat { | … | … }`',
  },
  {
    applies: (mistake) => found(mistake, t.keyword('else'), t.ElseIf),
    hint: '`else` stands behind the `}` of an `if`',
  },
  {
    applies: (mistake) => mistake.type === t.OpenBrace && found(mistake, t.Colon),
    hint: 'what belongs to it stands between `{` and `}`',
  },
];
