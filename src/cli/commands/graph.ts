import { boxesByDepth, depthFor, openToDepth, passedByDepth, prunedTo } from '../../report/graph/depths.js';
import { makePicture } from '../../report/graph/make-picture.js';
import type { Picture } from '../../report/graph/picture.js';
import type { Direction } from '../../report/graph/placed.js';
import type { Ratio } from '../../report/graph/ratio.js';
import { writeDot } from '../../report/graph/write-dot.js';
import { writeHtml, type PageDrawing } from '../../report/graph/write-html.js';
import { writeMermaid } from '../../report/graph/write-mermaid.js';
import { writeSvg } from '../../report/graph/write-svg.js';
import { summarise } from '../../report/summary.js';
import { compileEntry, isWhole, oneModel } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { ModelFlags } from '../flags.js';
import { formatByEnding } from '../format-by-ending.js';
import type { Io } from '../io.js';
import { readShipped } from '../read-shipped.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc graph`. */
export interface GraphFlags extends ModelFlags {
  readonly format?: string;
  readonly depth?: number;
  readonly direction?: Direction;
  readonly ratio?: Ratio;
  readonly unfold?: boolean;
  readonly training?: boolean;
  readonly outputFile?: string;
}

/** Draws the architecture of a model. */
export async function graph(
  io: Io,
  file: string,
  model: string | undefined,
  flags: GraphFlags,
): Promise<ExitCode> {
  const format = formatOf(flags);
  if (flags.ratio !== undefined && (format === 'dot' || format === 'mermaid')) {
    throw usageFailure(
      `\`--ratio\` has no meaning for ${format}, which is laid out by what reads it`,
      'it is for svg and html',
    );
  }
  const { models, exitCode } = compileEntry(io, file, model, flags);
  if (exitCode !== exitCodes.well) return exitCode;
  const compiled = oneModel(models, file);
  if (!isWhole(compiled)) return exitCodes.problems;
  const training = flags.training ?? false;
  const summary = summarise(compiled.graph, compiled.doc, { training });
  const picture = makePicture(summary, { unfold: flags.unfold ?? false });
  const depth = depthOf(io, picture, flags.depth);
  writeResult(io, flags.outputFile, await written({ picture, depth, flags }, format), [file]);
  return exitCodes.well;
}

/** How many boxes stay readable, how many are drawn, how many others their ways may pass by, and how many a page may hold. */
const boxes = { readable: 60, drawn: 1000, passed: 20_000, inPage: 2000 } as const;

const endings: ReadonlyMap<string, string> = new Map([
  ['.svg', 'svg'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.dot', 'dot'],
  ['.gv', 'dot'],
  ['.mmd', 'mermaid'],
  ['.mermaid', 'mermaid'],
]);

function formatOf({ format, outputFile }: GraphFlags): string {
  if (format !== undefined) return format;
  if (outputFile === undefined) return 'svg';
  return formatByEnding(outputFile, endings, 'the picture');
}

/** Layouts take more than linear time: too large a picture is refused, or folded where no depth was asked for. */
function depthOf(io: Io, { root, title }: Picture, wanted: number | undefined): number {
  const counts = boxesByDepth(root);
  const passed = passedByDepth(root);
  const most = counts.findLastIndex(
    (count, depth) => count <= boxes.drawn && (passed[depth] ?? 0) <= boxes.passed,
  );
  const limits = `at most ${String(boxes.drawn)} boxes are drawn, and ways that pass by ${String(boxes.passed)}`;
  const sizeAt = (depth: number): string =>
    `${String(counts[depth] ?? counts.at(-1) ?? 0)} boxes, and ways that pass by ${String(passed[depth] ?? passed.at(-1) ?? 0)}`;
  if (wanted === undefined) {
    // What stands outside of all blocks can't be folded but with the whole model.
    const depth = Math.min(most, Math.max(1, depthFor(root, boxes.readable)));
    if (depth === 0) io.note(`${title} is drawn as one box: at depth 1 it has ${sizeAt(1)}; ${limits}\n`);
    return depth;
  }
  if (Math.min(wanted, counts.length - 1) <= most) return wanted;
  throw usageFailure(
    `a picture of ${title} with \`--depth ${String(wanted)}\` has ${sizeAt(wanted)}; ${limits}`,
    `\`--depth ${String(most)}\` has ${sizeAt(most)}; a page (.html) opens blocks one by one`,
  );
}

interface Wanted {
  readonly picture: Picture;
  readonly depth: number;
  readonly flags: GraphFlags;
}

function written({ picture, depth, flags }: Wanted, format: string): string | Promise<string> {
  const isOpen = openToDepth(picture.root, depth);
  switch (format) {
    case 'html': {
      const root = prunedTo(picture.root, Math.max(depth, depthFor(picture.root, boxes.inPage)));
      const [script] = readShipped(['picture.js']);
      const page = { picture: { ...picture, root }, isOpen, drawing: drawingOf(flags, 'none') };
      return writeHtml(page, new TextDecoder().decode(script?.bytes));
    }
    case 'dot':
      return writeDot(picture, isOpen, flags.direction);
    case 'mermaid':
      return writeMermaid(picture, isOpen, flags.direction);
    default:
      return writeSvg(picture, isOpen, drawingOf(flags, 'page'));
  }
}

/** A page is scrolled, and what opens in it moves only what is below: it has columns only where they are asked for. */
function drawingOf({ direction = 'down', ratio }: GraphFlags, usual: Ratio): PageDrawing {
  return { direction, ratio: ratio ?? usual };
}
