/** What a file of weights is. */
export type WeightFormat =
  | { readonly kind: 'safetensors' }
  | { readonly kind: 'tfjs' }
  | { readonly kind: 'hdf5' }
  | { readonly kind: 'keras' }
  /** Something that is known and not read. */
  | { readonly kind: 'foreign'; readonly what: string; readonly help: string };

/** Tells by its first bytes what a file is; what nothing else is, is read as safetensors, which begins with a length. */
export function formatOf(bytes: Uint8Array): WeightFormat {
  for (const [signature, format] of signatures) {
    if (signature.every((value, place) => bytes[place] === value)) return format;
  }
  // A length of 8 bytes whose first is a space or a bracket is one of a header of more than 2^56 bytes, or has zeros in it.
  const isText = bytes.length > 0 && bytes.subarray(0, 8).every((value) => value >= 9);
  return isText && /^[\s\ufeff]*[[{]/.test(latin(bytes.subarray(0, 64)))
    ? { kind: 'tfjs' }
    : { kind: 'safetensors' };
}

const asSafetensors =
  'save it as safetensors: `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`';

const pickled: WeightFormat = {
  kind: 'foreign',
  what: 'the file is pickled, which can run any code and is not read',
  help: asSafetensors,
};

const signatures: readonly (readonly [readonly number[], WeightFormat])[] = [
  [[0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], { kind: 'hdf5' }],
  [[0x50, 0x4b, 0x03, 0x04], { kind: 'keras' }],
  [[0x80, 0x02], pickled],
  [[0x80, 0x03], pickled],
  [[0x80, 0x04], pickled],
  [[0x80, 0x05], pickled],
  [
    [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    {
      kind: 'foreign',
      what: 'the file is an array of NumPy, which is not read',
      help: 'save it as safetensors: `safetensors.numpy.save_file({"name": array}, "model.safetensors")`',
    },
  ],
];

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
