import { embeddedStd } from './embedded.js';

/** The blocks of the standard library by name, with the file that declares each: `se` is in `std/blocks`. */
export const standardBlocks: ReadonlyMap<string, string> = new Map(
  [...embeddedStd].flatMap(([file, text]) =>
    [...text.matchAll(/^(?:block|let) ([A-Za-z_][A-Za-z0-9_]*)/gm)].map(
      ([, name = '']) => [name, file] as const,
    ),
  ),
);
