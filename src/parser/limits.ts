/** What bounds the reading of one file. */
export interface ParseLimits {
  readonly fileBytes: number;
  readonly tokens: number;
  readonly nesting: number;
}

/** The limits where nothing else is said. */
export const defaultParseLimits: ParseLimits = { fileBytes: 1 << 20, tokens: 200_000, nesting: 256 };

/** How far flags may raise them. The parser's rules call each other, so that nesting takes its stack. */
export const hardParseLimits: ParseLimits = { fileBytes: 1 << 24, tokens: 1_000_000, nesting: 512 };

/** The longest name, and the longest string or comment, in UTF-16 units. */
export const maximumName = 128;
export const maximumText = 1 << 16;

/** Behind so many mistakes a file is not read further. */
export const maximumMistakes = 1_000;
