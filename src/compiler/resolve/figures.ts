/** The figures that an assertion can name, and the parts of those that have some. */
export const figureParts: ReadonlyMap<string, readonly string[]> = new Map([
  ['params', []],
  ['trainable', []],
  ['macs', []],
  ['flops', []],
  ['weight_bytes', []],
  ['output', ['channels', 'height', 'width', 'shape']],
  ['input', ['channels', 'height', 'width', 'shape']],
  ['receptive_field', []],
  ['memory', ['inference', 'training']],
]);

/** The figures that a named tensor has too: those of the block or the layer that gave it, `stage1.macs`. */
export const figuresOfParts: ReadonlySet<string> = new Set([
  'params',
  'trainable',
  'macs',
  'flops',
  'weight_bytes',
]);
