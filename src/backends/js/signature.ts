/** What a model takes or gives, by the name under which it is loaded. */
export interface End {
  readonly name: string;
  /** With the batch; -1 where a size is open. */
  readonly shape: readonly number[];
}

/** Everything that a model takes and gives. */
export interface Signature {
  readonly inputs: readonly End[];
  readonly outputs: readonly End[];
}

/** Reads the signature of a parsed `model.json` of a graph model; what lacks one is refused. */
export function readSignature(modelJson: unknown): Signature {
  const signature = member(modelJson, 'signature');
  return { inputs: endsIn(member(signature, 'inputs')), outputs: endsIn(member(signature, 'outputs')) };
}

/** A field of parsed JSON. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
    throw new Error(`model.json lacks \`${name}\``);
  return Reflect.get(value, name);
}

function endsIn(value: unknown): readonly End[] {
  if (typeof value !== 'object' || value === null) throw new Error('model.json has a broken signature');
  return Object.entries(value).map(([name, end]: [string, unknown]) => {
    const sizes = member(member(end, 'tensorShape'), 'dim');
    if (!Array.isArray(sizes)) throw new Error(`model.json has no shape for \`${name}\``);
    return { name, shape: sizes.map((size: unknown) => Number(member(size, 'size'))) };
  });
}
