import { startFunction, type SimdFunction } from './function.js';
import { get, set, type Code, type Local } from './instructions.js';
import { overCells, overWindows, walkParameters } from './window-walk.js';

/**
 * Gives the gradient of each window to the first of its cells that holds the window's maximum. The parameters are the
 * addresses of dx, x, dy and y at the first window, and those of a walk.
 */
export function giveToFirst(): SimdFunction {
  const builder = startFunction();
  const inputs = [builder.parameter(), builder.parameter()];
  const outputs = [builder.parameter(), builder.parameter()];
  const walk = walkParameters(builder);
  return builder.finish(
    overWindows(builder, walk, { inputs, outputs }, (lanes, places) => {
      const [rest, largest] = [builder.variable(lanes.type), builder.variable(lanes.type)];
      const give = ([dx, x]: readonly Local[]): Code => {
        const isLargest = (equal: Code, other: Code): Code =>
          lanes.whereEqual(lanes.load(at(x)), get(largest), [equal, other]);
        return [
          ...lanes.store(at(dx), lanes.add(lanes.load(at(dx)), isLargest(get(rest), lanes.constant(0)))),
          ...set(rest, isLargest(lanes.constant(0), get(rest))),
        ];
      };
      const [dy, y] = places.outputs;
      return [
        ...set(rest, lanes.load(at(dy))),
        ...set(largest, lanes.load(at(y))),
        ...overCells(builder, walk, places.inputs, give),
      ];
    }),
  );
}

/**
 * Gives each cell of a window the same share of the window's gradient. The parameters are the addresses of dx and dy at the
 * first window, those of a walk, and the share.
 */
export function giveToAll(): SimdFunction {
  const builder = startFunction();
  const [inputs, outputs] = [[builder.parameter()], [builder.parameter()]];
  const walk = walkParameters(builder);
  const share = builder.parameter('f32');
  return builder.finish(
    overWindows(builder, walk, { inputs, outputs }, (lanes, places) => {
      const part = builder.variable(lanes.type);
      const give = ([dx]: readonly Local[]): Code =>
        lanes.store(at(dx), lanes.add(lanes.load(at(dx)), get(part)));
      const [dy] = places.outputs;
      return [
        ...set(part, lanes.multiply(lanes.load(at(dy)), lanes.spread(get(share)))),
        ...overCells(builder, walk, places.inputs, give),
      ];
    }),
  );
}

function at(place: Local | undefined): Code {
  if (place === undefined) throw new Error('a walk gives as many places as it was given');
  return get(place);
}
