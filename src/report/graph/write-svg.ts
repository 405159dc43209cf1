import { xmlAttribute, xmlText } from '../xml.js';
import { linesOf, metrics, type Size } from './box-text.js';
import { layOut, type LayoutSettings } from './layout.js';
import type { IsOpen, Picture } from './picture.js';
import type { Placed, PlacedBox, PlacedLabel } from './placed.js';
import { shadeBorders, shadeOf } from './shades.js';
import { short, svgArrow, svgPath } from './svg-path.js';
import { svgStyle } from './svg-style.js';
import { textWidth } from './text-width.js';

/** What a page adds to the picture: the role of the whole, and attributes of each box, a blank before each. */
export interface Markup {
  readonly role: string;
  attributesOf(placed: PlacedBox): string;
}

/** How a picture is drawn: where it leads, the width by height that it comes near to, and what a page adds. */
export interface Drawing extends Omit<LayoutSettings, 'around'> {
  readonly markup?: Markup;
}

/** The picture as one SVG file, which needs no other and is readable on light and on dark ground. */
export function writeSvg(picture: Picture, isOpen: IsOpen, drawing: Drawing = downward): string {
  const { markup = alone, ...settings } = drawing;
  const placed = layOut(picture, isOpen, { ...settings, around });
  const size = sizeOf(picture, placed);
  const left = (size.width - placed.width) / 2;
  const [width, height] = [short(size.width), short(size.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="cnnc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="${markup.role}" aria-label="${xmlAttribute(picture.description)}">`,
    `<title>${xmlText(picture.title)}</title>`,
    `<desc>${xmlText(picture.description)}</desc>`,
    `<style>${svgStyle}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="name" x="${short(size.width / 2)}" y="${String(margin + 14)}">${xmlText(picture.title)}</text>`,
    `<text class="figures" x="${short(size.width / 2)}" y="${String(margin + 34)}">${xmlText(figures(picture))}</text>`,
    `<g transform="translate(${short(left)} ${String(margin + head)})">`,
    ...placed.ways.flatMap((way) => [
      `<path class="way" d="${svgPath(way, placed.direction)}"/>`,
      ...(way.hasArrow ? [`<path class="arrow" d="${svgArrow(way, placed.direction)}"/>`] : []),
    ]),
    ...placed.boxes.map((box) => boxSvg(picture, box, markup)),
    ...placed.labels.map(labelSvg),
    '</g>',
    ...(picture.hasShares ? legend(size, caption(placed)) : []),
    '</svg>',
    '',
  ].join('\n');
}

const downward: Drawing = { direction: 'down', ratio: 'none' };

const alone: Markup = { role: 'img', attributesOf: () => '' };

const margin = 16;
const head = 52;
const foot = 52;
const segment = 36;
const shareCaption = 'share of macs';

/** Title and scale, and the margins. */
const around: Size = { width: 2 * margin, height: head + foot + 2 * margin };

/** The title may be wider than the picture, and so may the scale of the shades. */
function sizeOf(picture: Picture, placed: Placed): Size {
  const { width, height } = placed;
  const told = caption(placed);
  const title = textWidth(picture.title, 16, 'bold');
  const scale = picture.hasShares
    ? Math.max(segment * (shadeBorders.length - 1) + 48, textWidth(told, metrics.shape))
    : 0;
  const widest = Math.max(width, title, scale, textWidth(figures(picture), metrics.shape));
  return {
    width: Math.ceil(widest) + 2 * margin,
    height: height + head + 2 * margin + (picture.hasShares ? foot : 0),
  };
}

/** A figure that is a long formula of open sizes would make the picture as wide: its description has the whole of it. */
function figures({ root }: Picture): string {
  return root.facts
    .slice(1, 3)
    .map((fact) => fact.replace(/, 100\.0%$/, ''))
    .map((fact) => (fact.length > longestFigure ? `${fact.slice(0, longestFigure - 1)}…` : fact))
    .join(' · ');
}

const longestFigure = 48;

function boxSvg(picture: Picture, placed: PlacedBox, markup: Markup): string {
  const { box, isOpen } = placed;
  const title = `<title>${xmlText(box.facts.join('\n'))}</title>`;
  const content = isOpen ? frameSvg(placed) : shapesSvg(picture, placed).join('');
  const kind = box.kind === 'layer' && box.role !== 'layer' ? 'end' : box.kind;
  return `<g class="${isOpen ? 'open' : 'box'} ${kind}"${markup.attributesOf(placed)}>${title}${content}${textsSvg(placed)}</g>`;
}

/** Several equal boxes in a row are drawn as a pile. */
function shapesSvg({ hasShares }: Picture, { box, x, y, width, height }: PlacedBox): readonly string[] {
  const pile = box.times === 1 ? 0 : 4;
  const shade = `s${String(hasShares ? shadeOf(box.share) : 0)}`;
  const isEnd = box.kind === 'layer' && box.role !== 'layer';
  const radius = isEnd ? height / 2 : 5;
  const rect = (by: number): string =>
    `<rect class="${shade}" x="${short(x + by)}" y="${short(y + by)}" width="${short(width - pile)}" height="${short(height - pile)}" rx="${short(radius)}"/>`;
  return pile === 0 ? [rect(0)] : [rect(pile), rect(0)];
}

function frameSvg(placed: PlacedBox): string {
  const { x, y, width, height } = placed;
  const bar = barHeight(placed);
  return [
    `<rect class="frame" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="6"/>`,
    `<rect class="bar" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(bar)}" rx="6"/>`,
  ].join('');
}

function barHeight({ box }: PlacedBox): number {
  return linesOf(box).length * metrics.line + 2 * metrics.edge;
}

function textsSvg({ box, x, y, width }: PlacedBox): string {
  const middle = short(x + width / 2 - (box.times === 1 ? 0 : 2));
  return linesOf(box)
    .map(({ kind, text }, index) => {
      const base = y + metrics.edge + metrics.line * index + 12.5;
      return `<text class="${kind}" x="${middle}" y="${short(base)}">${xmlText(text)}</text>`;
    })
    .join('');
}

function labelSvg({ text, x, y, width, height }: PlacedLabel): string {
  return `<text class="shape" x="${short(x + width / 2)}" y="${short(y + height / 2 + 4)}">${xmlText(text)}</text>`;
}

function caption({ boxes }: Placed): string {
  return boxes.some(({ box }) => box.times > 1)
    ? `${shareCaption} · ×n: n equal ones in a row`
    : shareCaption;
}

/** The scale of the shades, with the borders between them. */
function legend({ width, height }: Size, text: string): readonly string[] {
  const left = (width - segment * (shadeBorders.length - 1)) / 2;
  const top = height - margin - 26;
  return [
    `<text class="scale" x="${short(width / 2)}" y="${short(top - 6)}">${xmlText(text)}</text>`,
    ...shadeBorders.slice(1).map((_border, index) => {
      const x = short(left + segment * index);
      return `<rect class="s${String(index + 1)}" x="${x}" y="${short(top)}" width="${String(segment)}" height="10"/>`;
    }),
    `<rect class="edge" x="${short(left)}" y="${short(top)}" width="${String(segment * (shadeBorders.length - 1))}" height="10"/>`,
    ...shadeBorders.map(
      (border, index) =>
        `<text class="scale" x="${short(left + segment * index)}" y="${short(top + 23)}">${String(border)}%</text>`,
    ),
  ];
}
