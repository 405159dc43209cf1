/** How a text is emphasised where the terminal can: the identity functions where it can't. */
export interface Emphasis {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Text without any emphasis. */
export const plain: Emphasis = { bold: (text) => text, dim: (text) => text };
