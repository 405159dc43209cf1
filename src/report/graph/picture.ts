/** What is drawn of a model: plain data without the graph behind it, so that a page can hold it as JSON. */
export interface Picture {
  /** The model's name with its parameters. */
  readonly title: string;
  /** One sentence about it, for those who can't see the picture. */
  readonly description: string;
  /** True where the shares of the work are known; they are not where sizes were left open. */
  readonly hasShares: boolean;
  /** The model itself, as a block. */
  readonly root: Block;
}

/** A box of the picture. */
export type Box = Layer | Block;

/** A layer with the activations and normalisations that follow it, an input, or an output. */
export interface Layer extends Labelled {
  readonly kind: 'layer';
  readonly role: 'input' | 'layer' | 'output';
}

/** A call of a block, which is drawn folded or with what is in it. */
export interface Block extends Labelled {
  readonly kind: 'block';
  readonly children: readonly Box[];
  /** Between children, and between them and the borders of the block. */
  readonly links: readonly Link[];
}

/** A tensor on its way from one box to another of the same block. */
export interface Link {
  /** The id of a child, or where the tensor comes from outside. */
  readonly from: number | 'entry';
  /** The id of a child, or where the tensor leaves. */
  readonly to: number | 'exit';
  /** The same number for the same tensor, inside and outside of a block. */
  readonly tensor: number;
  /** Its shape. */
  readonly shape: string;
}

interface Labelled {
  readonly id: number;
  readonly title: string;
  /** Smaller lines below the title. */
  readonly notes: readonly string[];
  /** How many such boxes stand in a row, of which one is drawn. */
  readonly times: number;
  /** Its part of the multiply-accumulates, 0 to 1. */
  readonly share: number;
  /** Path, text, figures and place in the source, a line each. */
  readonly facts: readonly string[];
}

/** Tells whether a block is drawn with what is in it. */
export type IsOpen = (block: Block) => boolean;
