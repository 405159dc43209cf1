import type { Shape } from '../../ops/op.js';
import { imageAt } from '../../ops/sizes.js';
import type { Pair } from '../../ops/types/pair.js';
import { edgesOf, type Sliding } from '../../ops/window.js';
import { add, ceilDivide, multiply, product, subtract, type Exact } from '../../values/exact.js';
import { times, type Amount } from './amount.js';
import { only, there, type Call } from './call.js';
import { addBias, ending, needing, remade, view } from './operations.js';
import type { Held, Stage } from './stage.js';

type AnyConvolution = Call<'conv'> | Call<'dwconv'>;

/** A convolution, in groups or not. */
export function convolution(call: Call<'conv'>): Held {
  const { stage, node } = call;
  const { groups } = node.args;
  const x = only(call);
  const kernel = there(call.weight('kernel'));
  const bias = call.weight('bias');
  const output = call.each(product(node.shape));
  if (groups === 1) return slideOver(call, { x, kernel, bias, output });
  const { channels } = imageAt(call.shapes);
  if (channels === groups) {
    // One channel a group: a depthwise convolution.
    return ending(stage, view(stage, kernel), (own) => slideOver(call, { x, kernel: own, bias, output }));
  }
  const share = (amount: Amount): Amount => ({
    fixed: ceilDivide(amount.fixed, groups),
    perImage: ceilDivide(amount.perImage, groups),
  });
  const parts = Array.from({ length: groups }, () => {
    const part = remade(stage, x, share(x.data.amount));
    const ownKernel = remade(stage, kernel, share(kernel.data.amount));
    const slide = { x: part, kernel: ownKernel, bias: undefined, output: share(output), groups };
    return ending(stage, part, () => ending(stage, ownKernel, () => slideOver(call, slide)));
  });
  const joined = stage.make(output);
  stage.record(
    joined,
    parts.map((part) => needing(stage, part, [])),
  );
  for (const part of parts) stage.end(part);
  return bias === undefined ? joined : ending(stage, joined, (whole) => addBias(stage, whole, bias));
}

/** A convolution of each channel by itself. */
export function depthwiseConvolution(call: Call<'dwconv'>): Held {
  const kernel = there(call.weight('kernel'));
  const output = call.each(product(call.node.shape));
  return slideOver(call, { x: only(call), kernel, bias: call.weight('bias'), output });
}

/** A transposed convolution; its bias is added apart. */
export function transposedConvolution(call: Call<'deconv'>): Held {
  const { stage, node } = call;
  const output = call.each(product(node.shape));
  const spread = convolve(stage, {
    x: only(call),
    kernel: there(call.weight('kernel')),
    bias: undefined,
    output,
  });
  const bias = call.weight('bias');
  return bias === undefined ? spread : ending(stage, spread, (whole) => addBias(stage, whole, bias));
}

/** A product with a matrix; its gradients exchange rows and columns as steps of their own. */
export function dense(call: Call<'dense'>): Held {
  const { stage, node } = call;
  const x = only(call);
  const matrix = there(call.weight('kernel'));
  const bias = call.weight('bias');
  const y = stage.make(call.each(product(node.shape)));
  stage.record(y, [
    ...(bias === undefined ? [] : [needing(stage, bias, [])]),
    needing(stage, matrix, [x], [x.data.amount]),
    needing(stage, x, [matrix], [matrix.data.amount]),
  ]);
  return y;
}

interface Slide {
  readonly x: Held;
  readonly kernel: Held;
  readonly bias: Held | undefined;
  readonly output: Amount;
  /** Of how many groups this is one. */
  readonly groups?: number;
}

function convolve(stage: Stage, { x, kernel, bias, output }: Slide): Held {
  const y = stage.make(output);
  stage.record(y, [
    ...(bias === undefined ? [] : [needing(stage, bias, [])]),
    needing(stage, kernel, [x]),
    needing(stage, x, [kernel]),
  ]);
  return y;
}

function slideOver(call: AnyConvolution, slide: Slide): Held {
  const { dilation, stride } = call.node.args;
  if (dilation.every((step) => step === 1)) return convolve(call.stage, slide);
  return stride.every((step) => step === 1) ? dealtOut(call, slide) : filledUp(call, slide);
}

/** Dilated with stride 1: the image is dealt out into several, which are convolved and gathered. */
function dealtOut(call: AnyConvolution, slide: Slide): Held {
  const { stage, node, shapes } = call;
  const { dilation, kernel } = node.args;
  const { grown, channels } = grownImage(node.args, shapes);
  const dealt = call.each(ceilDivide(product([...grown, channels]), slide.groups ?? 1));
  const filters = ceilDivide(node.shape[2] ?? 1, slide.groups ?? 1);
  const steps = ([0, 1] as const).map((direction) =>
    multiply(
      dilation[direction],
      subtract(add(ceilDivide(grown[direction], dilation[direction]), 1), kernel[direction]),
    ),
  );
  const output = call.each(product([...steps, filters]));
  const convolved = ending(stage, remade(stage, slide.x, dealt), (x) =>
    convolve(stage, { ...slide, x, output }),
  );
  return ending(stage, convolved, (x) => remade(stage, x, slide.output));
}

/** Height and width of the padded image, up to multiples of the dilation. */
function grownImage(
  window: Sliding,
  shapes: readonly Shape[],
): { readonly grown: readonly [Exact, Exact]; readonly channels: Exact } {
  const image = imageAt(shapes);
  const [rows, columns] = edgesOf(window, image);
  const up = (size: Exact, step: number): Exact => multiply(step, ceilDivide(size, step));
  return {
    grown: [
      up(add(image.height, add(rows.before, rows.behind)), window.dilation[0]),
      up(add(image.width, add(columns.before, columns.behind)), window.dilation[1]),
    ],
    channels: image.channels,
  };
}

/** Dilated and in strides: the kernel is filled up with zeros. */
function filledUp(call: AnyConvolution, slide: Slide): Held {
  const { stage, node } = call;
  const { kernel: window, dilation } = node.args;
  const [rows, columns] = window;
  const one = slide.kernel.data.amount;
  const tall = (rows - 1) * dilation[0] + 1;
  const inRows = spaced(stage, slide.kernel, {
    amount: times(tall, { ...one, fixed: ceilDivide(one.fixed, rows) }),
    step: dilation[0],
  });
  const wide = (columns - 1) * dilation[1] + 1;
  const inBoth = ending(stage, inRows, (filter) =>
    spaced(stage, filter, {
      amount: times(wide, { ...one, fixed: ceilDivide(filter.data.amount.fixed, columns) }),
      step: dilation[1],
    }),
  );
  return ending(stage, inBoth, (filled) => convolve(stage, { ...slide, kernel: filled }));
}

/** Cells apart by a step, of this amount: zeros are laid between them, and those behind the last cut off. */
function spaced(
  stage: Stage,
  x: Held,
  { amount, step }: { readonly amount: Amount; readonly step: Pair[0] },
): Held {
  if (step === 1) return view(stage, x);
  const own = x.data.amount;
  const zeros = stage.make(times(step - 1, own));
  const whole = ending(stage, zeros, () => remade(stage, x, times(step, own)));
  return ending(stage, whole, (filled) => remade(stage, filled, amount));
}
