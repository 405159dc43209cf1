import type { ArgsOf, Params } from '../ops/params.js';
import type { ClassWeights } from './class-weights.js';
import type { PlainSetting, PlainSettings, Variants } from './form.js';
import type { trainingTable } from './table.js';

type Table = typeof trainingTable;

/** A chosen word as `kind`, with its arguments. */
export type Chosen<V extends Variants> = {
  readonly [K in keyof V & string]: { readonly kind: K } & Readonly<ArgsOf<V[K]['params']>>;
}[keyof V & string];

/** The settings of a group that were written. */
export type Grouped<S extends PlainSettings> = { readonly [K in keyof S]?: ArgumentsOf<S[K]> };
/** The typed arguments of a plain setting. */
export type ArgumentsOf<S> = S extends PlainSetting<infer P extends Params> ? Readonly<ArgsOf<P>> : never;

/** The random changes to training images; what is absent is not done. */
export type Augmentation = Grouped<Table['augment']['settings']>;

/** What is done to every image before the model sees it. */
export type Preprocessing = ArgumentsOf<Table['preprocess']>;

/** How an image of another size becomes the input's. */
export type Fit = NonNullable<Preprocessing['fit']>;

/** How the weights follow their gradients. */
export type OptimizerSettings = Chosen<Table['optimizer']['variants']>;

/** How the learning rate changes. */
export type ScheduleSettings = Chosen<Table['schedule']['variants']>;

/** What is made small. */
export type LossSettings = Chosen<Table['loss']['variants']>;

/** When a training ends early. */
export type StopSettings = ArgumentsOf<Table['stop']>;

/** What a `train` block says, with the defaults for what it doesn't. */
export interface TrainSettings {
  readonly model: string;
  readonly augment: Augmentation;
  readonly preprocess: Preprocessing;
  readonly optimizer: OptimizerSettings;
  readonly schedule: ScheduleSettings;
  readonly loss: LossSettings;
  readonly batch: number;
  /** How many parts a batch is read in. */
  readonly accumulate: number;
  readonly epochs: number;
  /** How much the images of each class count; all the same where nothing is said. */
  readonly classWeights: ClassWeights | undefined;
  /** The share of the training images that is kept apart for validation, where it is said. */
  readonly validation: number | undefined;
  readonly stop: StopSettings | undefined;
  /** The largest length of all gradients together. */
  readonly clip: number | undefined;
  /** Paths of the layers and blocks whose weights stay as they are. */
  readonly freeze: readonly string[];
}
