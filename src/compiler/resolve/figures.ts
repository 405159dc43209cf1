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
