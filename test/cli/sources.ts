/** The smallest model that is right. */
export const good = `model Small {
  input 8x8x1
  conv 4 3x3
  gap
  dense 10 softmax
}
`;

/** The same with a layer that does not exist. */
export const bad = good.replace('conv 4', 'convv 4');

/** A block that others may import, and nothing else. */
export const blocks = `/// Halves an image.
block halve<filters> {
  conv filters 3x3/2 same
}
`;

/** A model that imports \`halve\` from where it is told. */
export function importing(from: string): string {
  return `import { halve } from ${JSON.stringify(from)}\n\nmodel Small {\n  input 8x8x1\n  halve<4>\n}\n`;
}
