import type { Params } from '../ops/params.js';

/** A setting whose arguments are values: `batch 64`, `preprocess scale=1/255`. */
export interface PlainSetting<P extends Params = Params> {
  readonly form: 'plain';
  readonly doc: string;
  readonly params: P;
  /** The parameters that may be given by position, in order. */
  readonly positional: readonly string[];
}

/** A setting whose first argument is a word that decides which others there are: `optimizer adam rate=1e-3`. */
export interface ChoiceSetting<V extends Variants = Variants> {
  readonly form: 'choice';
  readonly doc: string;
  readonly variants: V;
}

/** A setting with braces, which holds plain ones: `augment { shift 10%; flip horizontal }`. */
export interface GroupSetting<S extends PlainSettings = PlainSettings> {
  readonly form: 'group';
  readonly doc: string;
  readonly settings: S;
}

/** A setting that lists texts: `freeze "stage1", "stage2"`. */
export interface NamesSetting {
  readonly form: 'names';
  readonly doc: string;
  /** What a text names, for messages: `path of a layer or block`. */
  readonly what: string;
}

export type SettingForm = PlainSetting | ChoiceSetting | GroupSetting | NamesSetting;

/** What a word that decides stands for. */
export interface Variant<P extends Params = Params> {
  readonly doc: string;
  readonly params: P;
}

export type Variants = Readonly<Record<string, Variant>>;
export type PlainSettings = Readonly<Record<string, PlainSetting>>;

/** A setting of values. */
export function plain<P extends Params>(
  doc: string,
  params: P,
  positional: readonly (keyof P & string)[] = [],
): PlainSetting<P> {
  return { form: 'plain', doc, params, positional };
}

/** A setting that a word decides about. */
export function choiceOf<V extends Variants>(doc: string, variants: V): ChoiceSetting<V> {
  return { form: 'choice', doc, variants };
}

/** A setting of settings. */
export function group<S extends PlainSettings>(doc: string, settings: S): GroupSetting<S> {
  return { form: 'group', doc, settings };
}
