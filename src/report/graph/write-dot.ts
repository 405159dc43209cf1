import { linesOf } from './box-text.js';
import { flatWays } from './flat.js';
import type { Box, IsOpen, Picture } from './picture.js';
import type { Direction } from './placed.js';
import { shadeOf } from './shades.js';

/** The picture for Graphviz; open blocks are clusters. */
export function writeDot(picture: Picture, isOpen: IsOpen, direction: Direction = 'down'): string {
  const { root } = picture;
  const boxes = isOpen(root) ? root.children : [root];
  const ways = flatWays(root, isOpen).map(
    ({ from, to, shape }) => `  ${nameOf(from)} -> ${nameOf(to)} [label=${quoted(shape)}];`,
  );
  return [
    `digraph ${quoted(picture.title)} {`,
    `  graph [rankdir=${direction === 'down' ? 'TB' : 'LR'}, label=${quoted(picture.title)}, labelloc=t, fontname="Helvetica", fontsize=14];`,
    '  node [shape=box, style="rounded,filled", fillcolor=white, color="#8c959f", fontname="Helvetica", fontsize=11];',
    '  edge [color="#7d8590", fontname="Helvetica", fontsize=9, arrowsize=0.6];',
    ...boxes.flatMap((box) => boxLines(box, isOpen, { indent: '  ', hasShares: picture.hasShares })),
    ...ways,
    '}',
    '',
  ].join('\n');
}

interface Around {
  readonly indent: string;
  readonly hasShares: boolean;
}

function boxLines(box: Box, isOpen: IsOpen, around: Around): readonly string[] {
  const { indent, hasShares } = around;
  const label = quoted(
    linesOf(box)
      .map(({ text }) => text)
      .join('\n'),
  );
  const tip = quoted(box.facts.join('\n'));
  if (box.kind === 'block' && isOpen(box)) {
    return [
      `${indent}subgraph ${quoted(`cluster_${String(box.id)}`)} {`,
      `${indent}  graph [label=${label}, tooltip=${tip}, style="rounded,dashed", color="#8c959f", fontsize=11];`,
      ...box.children.flatMap((child) => boxLines(child, isOpen, { indent: `${indent}  `, hasShares })),
      `${indent}}`,
    ];
  }
  const shade = hasShares ? shadeOf(box.share) : 0;
  const fill = shade === 0 ? '' : `, fillcolor="${fills[shade] ?? ''}"`;
  const font = shade === 5 ? ', fontcolor=white' : '';
  const shape = box.kind === 'layer' && box.role !== 'layer' ? ', shape=ellipse' : '';
  return [`${indent}${nameOf(box.id)} [label=${label}, tooltip=${tip}${fill}${font}${shape}];`];
}

/** The shades on light ground: Graphviz knows of no dark one. */
const fills: Readonly<Record<number, string>> = {
  1: '#edf4fc',
  2: '#d3e5f8',
  3: '#a9cdf2',
  4: '#74abe6',
  5: '#2b67b1',
};

/** The model itself has a negative number. */
function nameOf(id: number): string {
  return id < 0 ? 'model' : `box${String(id)}`;
}

/** Graphviz reads escapes in labels (`\N` is a node's name) and entities (`&lt;`): neither is meant. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
