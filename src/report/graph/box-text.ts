import type { Box } from './picture.js';
import { textWidth } from './text-width.js';

/** One line of text in a box. */
export interface TextLine {
  readonly kind: 'title' | 'note';
  readonly text: string;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sizes of letters and of what stands around them, in pixels. */
export const metrics = {
  title: 13,
  note: 11,
  shape: 11,
  heading: 16,
  line: 16,
  side: 12,
  edge: 9,
  inset: 14,
} as const;

/** The lines of a box: its title, how often it stands in a row, and the smaller lines below. */
export function linesOf({ title, times, notes }: Box): readonly TextLine[] {
  return [
    { kind: 'title', text: times === 1 ? title : `${title} ×${String(times)}` },
    ...notes.map((text) => ({ kind: 'note', text }) as const),
  ];
}

/** The room that the lines of a box take, with what stands around them. */
export function sizeOfText(box: Box): Size {
  const lines = linesOf(box);
  const widest = Math.max(...lines.map(lineWidth));
  return {
    width: Math.max(72, Math.ceil(widest) + 2 * metrics.side),
    height: lines.length * metrics.line + 2 * metrics.edge,
  };
}

/** The room that a label on an edge takes. */
export function sizeOfLabel(text: string): Size {
  return { width: Math.ceil(textWidth(text, metrics.shape)) + 8, height: 16 };
}

function lineWidth({ kind, text }: TextLine): number {
  return kind === 'title' ? textWidth(text, metrics.title, 'bold') : textWidth(text, metrics.note);
}
