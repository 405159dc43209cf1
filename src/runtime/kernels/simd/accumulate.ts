import { startFunction, type FunctionBuilder, type SimdFunction } from './function.js';
import {
  advance,
  doubled,
  get,
  halved,
  masked,
  plus,
  repeat,
  set,
  times,
  whole,
  type Code,
  type Local,
} from './instructions.js';
import { four, single, type Lanes } from './lanes.js';

/**
 * Adds products of vectors to a matrix: sums[i, o] += Σ over rows r and positions p of x[r, p, i] · dy[r, p, o]. The parameters
 * are the addresses x, dy and sums; the number of rows, and the bytes from one to the next in x and in dy; the same for the
 * positions in a row; and the sizes of the matrix. This is the gradient of a convolution's kernel for some rows of its output.
 *
 * Four inputs by eight outputs are summed in registers, as many as there are without spilling.
 */
export function accumulate(): SimdFunction {
  const builder = startFunction();
  const parameters = {
    ...{ x: builder.parameter(), dy: builder.parameter(), sums: builder.parameter() },
    ...{ rows: builder.parameter(), xRow: builder.parameter(), dyRow: builder.parameter() },
    ...{ positions: builder.parameter(), xStep: builder.parameter(), dyStep: builder.parameter() },
    ...{ inputs: builder.parameter(), outputs: builder.parameter() },
  };
  const variables = {
    ...{ rowBytes: builder.variable(), from: builder.variable(), to: builder.variable() },
    ...{ columns: builder.variable(), rowsLeft: builder.variable(), left: builder.variable() },
    ...{ xLine: builder.variable(), dyLine: builder.variable() },
    ...{ xNow: builder.variable(), dyNow: builder.variable() },
  };
  const frame: Frame = { builder, ...parameters, ...variables };
  const tiles = builder.variable();
  return builder.finish([
    ...set(frame.rowBytes, doubled(get(frame.outputs), 2)),
    ...set(tiles, halved(get(frame.inputs), 2)),
    ...repeat(tiles, rowsOfTiles(frame, 4)),
    ...set(tiles, masked(get(frame.inputs), 3)),
    ...repeat(tiles, rowsOfTiles(frame, 1)),
  ]);
}

/** The parameters and variables of the function. */
interface Frame {
  readonly builder: FunctionBuilder;
  readonly x: Local;
  readonly dy: Local;
  readonly sums: Local;
  readonly rows: Local;
  readonly xRow: Local;
  readonly dyRow: Local;
  readonly positions: Local;
  readonly xStep: Local;
  readonly dyStep: Local;
  readonly inputs: Local;
  readonly outputs: Local;
  /** The bytes of a row of the matrix. */
  readonly rowBytes: Local;
  /** Where a tile's outputs begin in dy and in the sums. */
  readonly from: Local;
  readonly to: Local;
  readonly columns: Local;
  readonly rowsLeft: Local;
  readonly left: Local;
  /** The row of x and of dy that is read, and the place in it. */
  readonly xLine: Local;
  readonly dyLine: Local;
  readonly xNow: Local;
  readonly dyNow: Local;
}

/** All tiles of so many inputs, and on to the next inputs. */
function rowsOfTiles(frame: Frame, inputs: number): Code {
  const { x, dy, sums, outputs, rowBytes, from, to, columns } = frame;
  const tilesOf = (lanes: Lanes, vectors: number): Code => [
    ...tile(frame, inputs, lanes, vectors),
    ...advance(from, whole(lanes.bytes * vectors)),
    ...advance(to, whole(lanes.bytes * vectors)),
  ];
  return [
    ...set(from, get(dy)),
    ...set(to, get(sums)),
    ...set(columns, halved(get(outputs), 3)),
    ...repeat(columns, tilesOf(four, 2)),
    ...set(columns, halved(masked(get(outputs), 4), 2)),
    ...repeat(columns, tilesOf(four, 1)),
    ...set(columns, masked(get(outputs), 3)),
    ...repeat(columns, tilesOf(single, 1)),
    ...advance(x, whole(4 * inputs)),
    ...advance(sums, times(get(rowBytes), whole(inputs))),
  ];
}

/** One tile over all positions. */
function tile(frame: Frame, inputs: number, lanes: Lanes, vectors: number): Code {
  const { builder, rowBytes, to, xNow, dyNow } = frame;
  const weights = Array.from({ length: vectors }, () => builder.variable(lanes.type));
  const value = builder.variable(lanes.type);
  const sums = Array.from({ length: inputs }, (_, input) =>
    weights.map((weight, vector) => ({
      sum: builder.variable(lanes.type),
      weight,
      address: plus(get(to), plus(times(get(rowBytes), whole(input)), whole(lanes.bytes * vector))),
    })),
  );
  const products = sums.flatMap((row, input) => [
    ...set(value, lanes.loadOne(get(xNow), 4 * input)),
    ...row.flatMap(({ sum, weight }) =>
      set(sum, lanes.add(get(sum), lanes.multiply(get(value), get(weight)))),
    ),
  ]);
  const read = weights.flatMap((weight, vector) => set(weight, lanes.load(get(dyNow), lanes.bytes * vector)));
  return [
    ...sums.flat().flatMap(({ sum, address }) => set(sum, lanes.load(address))),
    ...overPositions(frame, [...read, ...products]),
    ...sums.flat().flatMap(({ sum, address }) => lanes.store(address, get(sum))),
  ];
}

/** Goes over the positions of all rows. */
function overPositions(frame: Frame, body: Code): Code {
  const { x, rows, xRow, dyRow, positions, xStep, dyStep, from, rowsLeft, left } = frame;
  const { xLine, dyLine, xNow, dyNow } = frame;
  return [
    ...set(xLine, get(x)),
    ...set(dyLine, get(from)),
    ...set(rowsLeft, get(rows)),
    ...repeat(rowsLeft, [
      ...set(xNow, get(xLine)),
      ...set(dyNow, get(dyLine)),
      ...set(left, get(positions)),
      ...repeat(left, [...body, ...advance(xNow, get(xStep)), ...advance(dyNow, get(dyStep))]),
      ...advance(xLine, get(xRow)),
      ...advance(dyLine, get(dyRow)),
    ]),
  ];
}
