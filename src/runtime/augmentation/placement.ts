import type { Augmentation } from '../../compiler/training/settings.js';
import type { Generator } from '../random/generator.js';
import type { ImageRange } from './augment.js';

/**
 * Where an output pixel comes from, both counted from the middle of the image:
 * `row = rowByRow · y + rowByColumn · x + rowOffset`, and so for the column.
 */
export interface Placement {
  readonly rowByRow: number;
  readonly rowByColumn: number;
  readonly rowOffset: number;
  readonly columnByRow: number;
  readonly columnByColumn: number;
  readonly columnOffset: number;
}

/** Draws where the image goes; `undefined` where no setting moves it. */
export function drawPlacement(
  settings: Augmentation,
  { height, width }: Pick<ImageRange, 'height' | 'width'>,
  generator: Generator,
): Placement | undefined {
  const { shift, rotate, zoom, shear, flip } = settings;
  if ([shift, rotate, zoom, shear, flip].every((setting) => setting === undefined)) return undefined;
  const between = (most: number): number => most * (2 * generator.uniform() - 1);
  const isFlipped = (along: 'horizontal' | 'vertical'): boolean =>
    generator.uniform() < 0.5 && (flip?.direction === along || flip?.direction === 'both');

  // Every number is drawn, whether it is needed or not: a setting more changes nothing of the others.
  const down = between(shift?.share ?? 0) * height;
  const right = between(shift?.share ?? 0) * width;
  const angle = radians(between(rotate?.angle ?? 0));
  const factor = 1 + between(zoom?.share ?? 0);
  const slant = Math.tan(radians(between(shear?.angle ?? 0)));
  const columnSign = isFlipped('horizontal') ? -1 : 1;
  const rowSign = isFlipped('vertical') ? -1 : 1;

  // Mirrored, slanted, sized, turned, shifted; here the way back, from the output to the input.
  const [sine, cosine] = [Math.sin(angle) / factor, Math.cos(angle) / factor];
  const byRow = { row: rowSign * cosine, column: columnSign * (sine - slant * cosine) };
  const byColumn = { row: rowSign * -sine, column: columnSign * (cosine + slant * sine) };
  return {
    rowByRow: byRow.row,
    rowByColumn: byColumn.row,
    rowOffset: -(byRow.row * down + byColumn.row * right),
    columnByRow: byRow.column,
    columnByColumn: byColumn.column,
    columnOffset: -(byRow.column * down + byColumn.column * right),
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
