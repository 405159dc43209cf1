/** A convolution along one direction, as far as its gradient needs it. */
export interface Direction {
  /** Cells of the input and of the output. */
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
}

/**
 * The input cells `first`, `first + stride`, …: the gradients at these `count` cells are one convolution of stride 1 over
 * the output's gradients, with `taps` of the kernel, rotated.
 */
export interface Phase {
  readonly first: number;
  readonly count: number;
  readonly stride: number;
  /** Indices into the kernel in the order in which the convolution meets them, last tap first. */
  readonly taps: readonly number[];
  readonly dilation: number;
  /** Cells of zeros around the output's gradients; negative where cells are left out. */
  readonly before: number;
  readonly after: number;
}

/**
 * Splits the cells of a convolution's input by their remainder modulo the stride. Input cell i lies at p = i + padBefore;
 * output o sees it through tap u where p = o·stride + u·dilation, so only taps with the remainder of p count (Dumoulin &
 * Visin 2016, §4.4, without the zeros that they put between the cells).
 */
export function phasesAlong(direction: Direction): readonly Phase[] {
  return Array.from({ length: direction.stride }, (_, remainder) => phaseOf(direction, remainder)).filter(
    ({ count }) => count > 0,
  );
}

function phaseOf(direction: Direction, remainder: number): Phase {
  const { inputs, outputs, kernel, stride, dilation, padBefore } = direction;
  const taps = Array.from({ length: kernel }, (_, tap) => tap).filter(
    (tap) => (tap * dilation - remainder) % stride === 0,
  );
  // Cell n of the phase lies at p = remainder + n·stride; tap u lets it see output n - lag(u).
  const lag = (tap: number): number => (tap * dilation - remainder) / stride;
  const begin = Math.ceil((padBefore - remainder) / stride);
  const end = Math.floor((inputs - 1 + padBefore - remainder) / stride);
  const [nearest = 0, second = nearest] = taps;
  const farthest = taps.at(-1) ?? nearest;
  return {
    first: begin * stride + remainder - padBefore,
    count: end - begin + 1,
    stride,
    taps: taps.toReversed(),
    dilation: Math.max(1, lag(second) - lag(nearest)),
    before: lag(farthest) - begin,
    after: end - lag(nearest) - (outputs - 1),
  };
}
