import { overValues, startFunction, type SimdFunction } from './function.js';
import { advance, get, repeat, set, whole } from './instructions.js';

/**
 * Adds the products of two rows of vectors channel by channel: sums[c] += Σ over positions p of x[p, c] · dy[p, c]. The
 * parameters are the addresses x, dy and sums, the number of positions, the bytes from one x and one dy to the next, and the
 * number of channels. This is the gradient of one tap of a depthwise convolution's kernel for one row of its output.
 */
export function accumulateChannels(): SimdFunction {
  const builder = startFunction();
  const [x, dy, sums] = [builder.parameter(), builder.parameter(), builder.parameter()];
  const [positions, xStep, dyStep] = [builder.parameter(), builder.parameter(), builder.parameter()];
  const channels = builder.parameter();
  const [xNow, dyNow, left] = [builder.variable(), builder.variable(), builder.variable()];
  return builder.finish(
    overValues(builder, channels, (lanes) => {
      const sum = builder.variable(lanes.type);
      return [
        ...set(sum, lanes.load(get(sums))),
        ...set(xNow, get(x)),
        ...set(dyNow, get(dy)),
        ...set(left, get(positions)),
        ...repeat(left, [
          ...set(sum, lanes.add(get(sum), lanes.multiply(lanes.load(get(xNow)), lanes.load(get(dyNow))))),
          ...advance(xNow, get(xStep)),
          ...advance(dyNow, get(dyStep)),
        ]),
        ...lanes.store(get(sums), get(sum)),
        ...[x, dy, sums].flatMap((address) => advance(address, whole(lanes.bytes))),
      ];
    }),
  );
}
