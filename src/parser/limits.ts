/** What bounds the reading of one file. */
export interface ParseLimits {
  readonly fileBytes: number;
  readonly tokens: number;
  readonly nesting: number;
}

/** The limits where nothing else is said. */
export const defaultParseLimits: ParseLimits = { fileBytes: 1 << 20, tokens: 200_000, nesting: 256 };

/** Deeper than this the parser does not go, whatever a flag says: its rules call each other. */
export const hardNesting = 512;

/** The longest name, and the longest string or comment, in UTF-16 units. */
export const maximumName = 128;
export const maximumText = 1 << 16;
