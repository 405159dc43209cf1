/** Which array of a file is which of a model, and which are left aside. */
export interface Mapping {
  readonly entries: readonly MappingEntry[];
  /** Names of the file's arrays that aren't used; `*` stands for any characters. */
  readonly ignored: readonly string[];
}

/** One array. */
export interface MappingEntry {
  readonly theirs: string;
  readonly ours: string;
  /** What is done to theirs, one after the other. */
  readonly steps: readonly Transformation[];
}

/** What is done to an array so that it lies as the model's do. */
export type Transformation =
  /** Orders the dimensions anew: `OIHW->HWIO`; each letter is one dimension. */
  | { readonly kind: 'permute'; readonly from: string; readonly to: string }
  /** Orders the rows of a dense kernel anew, which are the values of an image: `rows CHW->HWC 512x7x7`. */
  | { readonly kind: 'rows'; readonly from: string; readonly to: string; readonly sizes: readonly number[] }
  /** The same values in the same order under another shape: `reshape 3x3x32x1`. */
  | { readonly kind: 'reshape'; readonly shape: readonly number[] };
