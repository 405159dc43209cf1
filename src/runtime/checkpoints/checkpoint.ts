import type { TrainingState } from '../training/state.js';

/** A training and where it stood. */
export interface Checkpoint {
  readonly run: RunIdentity;
  readonly state: TrainingState;
}

/** All that a training depends on besides its state: two runs of one identity give the same weights. */
export interface RunIdentity {
  readonly model: string;
  /** A digest of the layers, with the arguments of each. */
  readonly layers: string;
  /** What the `train` block says, each setting as text; without the number of epochs, which may grow. */
  readonly settings: ReadonlyMap<string, string>;
  readonly seed: number;
  /** A digest of the images and their classes, and how many are trained on. */
  readonly data: { readonly fingerprint: string; readonly images: number };
  /** On engines whose sums differ the same training differs in the last digits. */
  readonly engine: string;
}

/** What differs between a checkpoint's run and the one that is asked for, as sentences; nothing where it can go on. */
export function differences(before: RunIdentity, now: RunIdentity): readonly string[] {
  const names = [...new Set([...before.settings.keys(), ...now.settings.keys()])];
  const settings = names.flatMap((name) => {
    const [was, is] = [before.settings.get(name) ?? 'not set', now.settings.get(name) ?? 'not set'];
    return was === is ? [] : [`\`${name}\` was ${was}, and is ${is}`];
  });
  return [
    ...(before.model === now.model ? [] : [`the model was \`${before.model}\`, and is \`${now.model}\``]),
    ...(before.layers === now.layers ? [] : [`the layers of \`${now.model}\` have changed`]),
    ...settings,
    ...(before.seed === now.seed ? [] : [`the seed was ${String(before.seed)}, and is ${String(now.seed)}`]),
    ...dataDifferences(before.data, now.data),
  ];
}

function dataDifferences(before: RunIdentity['data'], now: RunIdentity['data']): readonly string[] {
  if (before.fingerprint === now.fingerprint) return [];
  const counts = `${String(before.images)} images, and are ${String(now.images)}`;
  return before.images === now.images
    ? ['the images or their classes have changed']
    : [`the data were ${counts}`];
}
