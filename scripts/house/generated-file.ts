/** One file that a generator in `scripts/generators/` makes. */
export interface GeneratedFile {
  /** Relative to the repository's folder. */
  readonly path: string;
  readonly text: string;
}
