/** What bounds a compilation; every one is a number of things, and a message about one says "limit N, got M". */
export interface Limits {
  readonly fileBytes: number;
  readonly totalBytes: number;
  readonly tokens: number;
  readonly nesting: number;
  readonly files: number;
  readonly importDepth: number;
  readonly callDepth: number;
  readonly layers: number;
}

/** The limits that hold where nothing else is said (limits.md of the documentation gives their reasons). */
export const defaultLimits: Limits = {
  fileBytes: 1 << 20,
  totalBytes: 16 << 20,
  tokens: 200_000,
  nesting: 256,
  files: 256,
  importDepth: 32,
  callDepth: 64,
  layers: 50_000,
};

/** What no flag can exceed. */
export const hardLimits: Limits = {
  fileBytes: 16 << 20,
  totalBytes: 64 << 20,
  tokens: 1_000_000,
  nesting: 512,
  files: 1024,
  importDepth: 64,
  callDepth: 128,
  layers: 1_000_000,
};
