import { overValues, type FunctionBuilder } from './function.js';
import { advance, doubled, get, repeat, set, whole, type Code, type Local } from './instructions.js';
import type { Lanes } from './lanes.js';

/** The parameters of a walk over the windows of one row of a pool's output, all of one size. */
export interface WindowWalk {
  /** How many windows there are. */
  readonly windows: Local;
  /** The bytes from one to the next in the pool's input and in its output. */
  readonly inputStep: Local;
  readonly outputStep: Local;
  readonly rows: Local;
  readonly columns: Local;
  /** The bytes of a row of the input. */
  readonly rowBytes: Local;
  readonly channels: Local;
}

/** Declares the parameters of a walk, which follow those that were declared before. */
export function walkParameters(builder: FunctionBuilder): WindowWalk {
  return {
    windows: builder.parameter(),
    inputStep: builder.parameter(),
    outputStep: builder.parameter(),
    rows: builder.parameter(),
    columns: builder.parameter(),
    rowBytes: builder.parameter(),
    channels: builder.parameter(),
  };
}

/** Addresses in tensors of the pool's input's shape, and in tensors of its output's. */
export interface Places {
  readonly inputs: readonly Local[];
  readonly outputs: readonly Local[];
}

/** Goes over the windows and over their channels, some at once; `body` gets their places. */
export function overWindows(
  builder: FunctionBuilder,
  { windows, inputStep, outputStep, channels }: WindowWalk,
  { inputs, outputs }: Places,
  body: (lanes: Lanes, places: Places) => Code,
): Code {
  const here = {
    inputs: inputs.map(() => builder.variable()),
    outputs: outputs.map(() => builder.variable()),
  };
  const all = [...here.inputs, ...here.outputs];
  return repeat(windows, [
    ...copy([...inputs, ...outputs], all),
    ...overValues(builder, channels, (lanes) => [
      ...body(lanes, here),
      ...all.flatMap((place) => advance(place, whole(lanes.bytes))),
    ]),
    ...inputs.flatMap((address) => advance(address, get(inputStep))),
    ...outputs.flatMap((address) => advance(address, get(outputStep))),
  ]);
}

/** Goes over the cells of a window; `body` gets their places. */
export function overCells(
  builder: FunctionBuilder,
  { rows, columns, rowBytes, channels }: WindowWalk,
  inputs: readonly Local[],
  body: (cells: readonly Local[]) => Code,
): Code {
  const lines = inputs.map(() => builder.variable());
  const cells = inputs.map(() => builder.variable());
  const [rowsLeft, columnsLeft] = [builder.variable(), builder.variable()];
  return [
    ...copy(inputs, lines),
    ...set(rowsLeft, get(rows)),
    ...repeat(rowsLeft, [
      ...copy(lines, cells),
      ...set(columnsLeft, get(columns)),
      ...repeat(columnsLeft, [
        ...body(cells),
        ...cells.flatMap((cell) => advance(cell, doubled(get(channels), 2))),
      ]),
      ...lines.flatMap((line) => advance(line, get(rowBytes))),
    ]),
  ];
}

function copy(from: readonly Local[], to: readonly Local[]): Code {
  return from.flatMap((local, place) => {
    const target = to[place];
    return target === undefined ? [] : set(target, get(local));
  });
}
