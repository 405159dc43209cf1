import { linesOf } from './box-text.js';
import { flatWays } from './flat.js';
import type { Box, IsOpen, Picture } from './picture.js';
import type { Direction } from './placed.js';
import { shadeOf } from './shades.js';

/** The picture as a flowchart of Mermaid, which GitHub draws in Markdown; open blocks are subgraphs. */
export function writeMermaid(picture: Picture, isOpen: IsOpen, direction: Direction = 'down'): string {
  const { root, hasShares } = picture;
  const boxes = isOpen(root) ? root.children : [root];
  const ways = flatWays(root, isOpen).map(
    ({ from, to, shape }) => `  ${nameOf(from)} -->|"${escaped(shape)}"| ${nameOf(to)}`,
  );
  const shades = hasShares ? shadesOf(boxes, isOpen) : [];
  return [
    '---',
    // YAML takes JSON's texts, and Mermaid shows a title as it is.
    `title: ${JSON.stringify(picture.title)}`,
    '---',
    `flowchart ${direction === 'down' ? 'TB' : 'LR'}`,
    ...boxes.flatMap((box) => boxLines(box, isOpen, '  ')),
    ...ways,
    ...(shades.length === 0 ? [] : classes),
    ...shades,
    '',
  ].join('\n');
}

function boxLines(box: Box, isOpen: IsOpen, indent: string): readonly string[] {
  const label = linesOf(box)
    .map(({ text }) => escaped(text))
    .join('<br/>');
  if (box.kind === 'block' && isOpen(box)) {
    return [
      `${indent}subgraph ${nameOf(box.id)}["${label}"]`,
      ...box.children.flatMap((child) => boxLines(child, isOpen, `${indent}  `)),
      `${indent}end`,
    ];
  }
  const isEnd = box.kind === 'layer' && box.role !== 'layer';
  return [`${indent}${nameOf(box.id)}${isEnd ? `(["${label}"])` : `["${label}"]`}`];
}

function shadesOf(boxes: readonly Box[], isOpen: IsOpen): readonly string[] {
  return boxes.flatMap((box) => {
    if (box.kind === 'block' && isOpen(box)) return shadesOf(box.children, isOpen);
    const shade = shadeOf(box.share);
    return shade === 0 ? [] : [`  class ${nameOf(box.id)} s${String(shade)}`];
  });
}

/** Colours of their own for text too: Mermaid's themes are light or dark. */
const classes = [
  '  classDef s1 fill:#edf4fc,color:#1f2328',
  '  classDef s2 fill:#d3e5f8,color:#1f2328',
  '  classDef s3 fill:#a9cdf2,color:#1f2328',
  '  classDef s4 fill:#74abe6,color:#1f2328',
  '  classDef s5 fill:#2b67b1,color:#ffffff',
];

/** The model itself has a negative number; a name of ours is no word of Mermaid's, such as `end`. */
function nameOf(id: number): string {
  return id < 0 ? 'model' : `box${String(id)}`;
}

/** Everything that Mermaid, Markdown in it, or HTML could read as a mark is written as its number. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,=×·/_…–-]/gu, (character) => `#${String(character.codePointAt(0))};`);
}
