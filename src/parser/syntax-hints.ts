import type { TokenType } from 'chevrotain';
import type { Mistake } from './mistake.js';
import * as t from './tokens.js';

/** What to do about a mistake, where it is one that people make. */
export function hintFor(mistake: Mistake): string | undefined {
  return hints.find(({ applies }) => applies(mistake))?.hint;
}

/** What to do about a `<` with a space before it, right behind the name that a statement begins with. */
export function angleHint({ token, previous, first }: Mistake): string | undefined {
  if (token.tokenType !== t.Less || previous !== first || previous.tokenType !== t.Identifier)
    return undefined;
  return `the arguments of a block begin right behind its name: \`${previous.image}<…>\``;
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
    applies: (mistake) => found(mistake, t.Equals) && mistake.first?.tokenType === t.keyword('assert'),
    hint: 'two values are compared with `==`',
  },
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
    applies: (mistake) =>
      isEnd(mistake) &&
      mistake.previous.tokenType === t.NumberToken &&
      /^(?:[KMGT]i?B?|B|deg)$/.test(mistake.token.image),
    hint: 'a unit stands right behind its number, without a space: `64MiB`, `2.5M`, `10deg`',
  },
  {
    applies: (mistake) => mistake.first?.image === 'import' && mistake.type === t.OpenBrace,
    hint: 'the names stand between braces: `import { residual, se } from "std/blocks"`',
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
