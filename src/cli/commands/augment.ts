import { escapeForTerminal } from '../../diagnostics/escape.js';
import type { PlacedPicture, PictureShape } from '../../runtime/index.js';
import { endedBy, isEnded, type Ended } from '../ended.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import { usualSeed, type ModelFlags } from '../flags.js';
import type { Io } from '../io.js';
import { loadData } from '../load-data.js';
import { loadPictures } from '../load-pictures.js';
import { modelAndImages } from '../model-and-images.js';
import { noteFits } from '../note-fits.js';
import { readyModel, type ReadyModel } from '../run-model.js';
import { writeFileAtomically } from '../write-file.js';
import { checkOutput } from '../write-result.js';

/** The flags of `cnnc augment`. */
export interface AugmentFlags extends ModelFlags {
  readonly out: string;
  readonly data?: string;
  readonly example?: number;
  readonly rows?: number;
  readonly columns: number;
  readonly seed?: number;
}

/** Draws a sheet of what a training sees of images: each as it is, then as it is in one epoch after the other. */
export async function augment(
  io: Io,
  file: string,
  words: readonly string[],
  flags: AugmentFlags,
): Promise<ExitCode> {
  const { model, images } = modelAndImages(file, words, flags);
  checkFlags(images, flags);
  checkOutput(flags.out, [file, ...images]);
  const ready = await readyModel(io, file, model, flags);
  if (isEnded(ready)) return ready.exitCode;
  const { runtime, settings, name } = ready;
  const shape = runtime.pictureShapeOf(ready.graph);
  if (!shape.ok) return endedBy(io, shape).exitCode;
  const { columns } = flags;
  const series = Math.max(1, images.length);
  const grid = { series, rows: flags.rows ?? (series === 1 ? 3 : 1), columns };
  checkSize(runtime.sheetSize(shape.value, grid));
  const pictures = placedPictures(io, ready, images, flags);
  if (isEnded(pictures)) return pictures.exitCode;
  const seed = flags.seed ?? usualSeed;
  const epochs = grid.rows * columns - 1;
  const variations = runtime.variationsOf(pictures, { settings, shape: shape.value, seed, epochs });
  if (!variations.ok) return endedBy(io, variations).exitCode;
  if (Object.keys(settings.augment).length === 0)
    io.note(`${name} has no \`augment\` in its \`train\` block: every epoch sees the images as they are\n`);
  writeFileAtomically(flags.out, runtime.encodePng(runtime.drawSheet(variations.value, grid)));
  io.out.write(`${sizeText(shape.value, series, epochs)}\nwrote ${escapeForTerminal(flags.out)}\n`);
  return exitCodes.well;
}

function checkFlags(images: readonly string[], { data, example }: AugmentFlags): void {
  if (data === undefined && images.length === 0)
    throw usageFailure('no image is named', 'name one, or a data set: `--data mnist`');
  if (data !== undefined && images.length > 0)
    throw usageFailure('images and `--data` are both named', 'leave one of them out');
  if (data === undefined && example !== undefined)
    throw usageFailure('`--example` chooses from a data set, and none is named', 'name one: `--data mnist`');
}

/** As many as an image may have that is read. */
const maximumPixels = 2 ** 25;

function checkSize({ height, width }: { readonly height: number; readonly width: number }): void {
  if (height * width <= maximumPixels) return;
  throw usageFailure(
    `the sheet is ${String(width)} pixels wide and ${String(height)} high: limit ${String(maximumPixels)} pixels, got ${String(height * width)}`,
    'take fewer images, or less `--rows` and `--columns`',
  );
}

/** The images that are named, or the one of a data set with its place there, on which its changes depend. */
function placedPictures(
  io: Io,
  ready: ReadyModel,
  images: readonly string[],
  { data, example = 1 }: AugmentFlags,
): readonly PlacedPicture[] | Ended {
  if (data === undefined) {
    const pictures = loadPictures(io, ready, images);
    if (isEnded(pictures)) return pictures;
    noteFits(io, ready, images, pictures);
    return pictures.map((picture, index) => ({ picture, index }));
  }
  const set = loadData(io, ready, { data }, 'training');
  if (isEnded(set)) return set;
  const { count } = set.training;
  if (example > count)
    throw usageFailure(`there is no example ${String(example)}: there are ${String(count)} to train on`);
  const index = example - 1;
  const picture = ready.runtime.pictureAt(set.training, index);
  return picture.ok ? [{ picture: picture.value, index }] : endedBy(io, picture);
}

function sizeText({ height, width, channels }: PictureShape, series: number, epochs: number): string {
  const size = `${String(height)}×${String(width)}×${String(channels)}`;
  const seen = `as it is and in ${epochs === 1 ? '1 epoch' : `${String(epochs)} epochs`}`;
  return series === 1 ? `1 image of ${size}, ${seen}` : `${String(series)} images of ${size}, each ${seen}`;
}
