import { xmlAttribute, xmlText } from '../xml.js';
import type { Block, IsOpen, Picture } from './picture.js';
import { pageStyle } from './page-style.js';
import { svgStyle } from './svg-style.js';
import { writeSvg, type Drawing } from './write-svg.js';

/** What the page reads: the picture, the ids of the blocks that are open at first, and how it is drawn. */
export interface PageData {
  readonly picture: Picture;
  readonly open: readonly number[];
  readonly drawing: PageDrawing;
}

/** How a page draws its picture. */
export type PageDrawing = Omit<Drawing, 'markup'>;

/** A picture with what is open of it at first, and how it is drawn. */
export interface Page {
  readonly picture: Picture;
  readonly isOpen: IsOpen;
  readonly drawing: PageDrawing;
}

/**
 * The picture as one page that needs no other file and no network: blocks open and fold, each box tells its figures. Its
 * policy lets nothing run but the given script.
 */
export async function writeHtml({ picture, isOpen, drawing }: Page, script: string): Promise<string> {
  const code = script.replace(/<(?=\/script|script|!--)/gi, '\\x3c');
  const styles = await Promise.all([svgStyle, pageStyle].map(hashOf));
  const policy = [
    "default-src 'none'",
    `script-src ${await hashOf(code)}`,
    `style-src ${styles.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const data: PageData = { picture, open: openBlocks(picture.root, isOpen), drawing };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${xmlAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${xmlText(picture.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<nav id="controls" hidden><button type="button" id="open">Open all blocks</button> <button type="button" id="fold">Fold all blocks</button></nav>
<main id="picture">
${writeSvg(picture, isOpen, drawing)}</main>
<pre id="facts" role="status"></pre>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>${code}</script>
</body>
</html>
`;
}

function openBlocks(block: Block, isOpen: IsOpen): readonly number[] {
  if (!isOpen(block)) return [];
  return [
    block.id,
    ...block.children.flatMap((child) => (child.kind === 'block' ? openBlocks(child, isOpen) : [])),
  ];
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
