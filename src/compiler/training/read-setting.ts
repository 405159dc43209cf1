import { offer } from '../../diagnostics/suggest.js';
import { report } from '../../diagnostics/problem.js';
import type { Span } from '../../diagnostics/source.js';
import type { ArgsOf, Params } from '../ops/params.js';
import { alternatives } from '../ops/types/choice.js';
import { describeValue, isUnknown } from '../values/kinds.js';
import type {
  ChoiceSetting,
  GroupSetting,
  NamesSetting,
  PlainSetting,
  PlainSettings,
  SettingForm,
  Variants,
} from './form.js';
import { ownersHelp } from './owners.js';
import { repeatedSetting, settingBraces, unknownChoice, unknownSetting, wrongSetting } from './problems.js';
import { readArguments, type Tell } from './read-arguments.js';
import type { Chosen, Grouped } from './settings.js';
import type { WrittenSetting } from './written.js';

/** What all reading needs: who takes the messages, and the place of what isn't written. */
export interface Reading {
  readonly tell: Tell;
  readonly span: Span;
}

/** The settings of a block or group, and whether each is known and stands once. */
export interface Collected {
  readonly settings: ReadonlyMap<string, WrittenSetting>;
  /** Those that stand a second time: they are reported, and read for what else is wrong with them. */
  readonly repeats: readonly WrittenSetting[];
  readonly isWell: boolean;
}

/** The settings by name; one that is unknown or stands twice is reported. */
export function collect(
  { tell }: Reading,
  written: readonly WrittenSetting[],
  names: readonly string[],
  where: string,
): Collected {
  const settings = new Map<string, WrittenSetting>();
  const repeats: WrittenSetting[] = [];
  let isWell = true;
  for (const setting of written) {
    const { text, span } = setting.name;
    const first = settings.get(text);
    if (!names.includes(text)) {
      const near = offer(text, span, names);
      const help = near.help ?? ownersHelp(text, (owner) => `${owner} ${text}=…`);
      tell(report(unknownSetting, span, { name: text, where }, { ...near, help }));
      isWell = false;
    } else if (first !== undefined) {
      const related = [{ span: first.name.span, label: 'first set here' }];
      tell(report(repeatedSetting, span, { name: text }, { related }));
      repeats.push(setting);
      isWell = false;
    } else settings.set(text, setting);
  }
  return { settings, repeats, isWell };
}

/** A setting of any form, read for the mistakes in it only. */
export function readForMistakes(reading: Reading, form: SettingForm, written: WrittenSetting): void {
  const name = written.name.text;
  if (form.form === 'plain') readPlain(reading, name, form, written);
  else if (form.form === 'choice') readChoice(reading, name, form, written);
  else if (form.form === 'group') readGroup(reading, form, written);
  else readNames(reading, form, written);
}

/** The arguments of a setting of values, the defaults where it isn't written. */
export function readPlain<P extends Params>(
  reading: Reading,
  name: string,
  { params, positional }: PlainSetting<P>,
  written: WrittenSetting | undefined,
): ArgsOf<P> | undefined {
  if (!isWithoutBraces(reading, written)) return undefined;
  const span = written?.span ?? reading.span;
  return readArguments({ setting: name, params, positional, span }, written?.arguments ?? [], reading.tell);
}

/** The chosen word with its arguments; a text in the place of the setting is the word where nothing is written. */
export function readChoice<V extends Variants>(
  reading: Reading,
  name: string,
  { variants }: ChoiceSetting<V>,
  written: WrittenSetting | (keyof V & string),
): Chosen<V> | undefined {
  if (typeof written === 'string') return readVariant(reading, name, variants, { kind: written });
  if (!isWithoutBraces(reading, written)) return undefined;
  const [first, ...rest] = written.arguments;
  const words = Object.keys(variants);
  if (first === undefined || first.name !== undefined) {
    const facts = { setting: name, expected: alternatives(words), got: undefined };
    reading.tell(report(unknownChoice, written.name.span, facts));
    return undefined;
  }
  const { value, span } = first;
  if (isUnknown(value)) return undefined;
  const word = typeof value === 'object' && value.kind === 'word' ? value.text : undefined;
  if (word === undefined || !words.includes(word)) {
    const facts = { setting: name, expected: alternatives(words), got: describeValue(value) };
    reading.tell(report(unknownChoice, span, facts, word === undefined ? {} : offer(word, span, words)));
    return undefined;
  }
  return readVariant(reading, name, variants, { kind: word, written: { ...written, arguments: rest } });
}

/** The settings of a group that are written. */
export function readGroup<S extends PlainSettings>(
  reading: Reading,
  { settings }: GroupSetting<S>,
  written: WrittenSetting | undefined,
): Grouped<S> | undefined {
  const read: Record<string, unknown> = {};
  if (written !== undefined) {
    const name = written.name.text;
    if (written.settings === undefined || written.arguments.length > 0) {
      reading.tell(report(settingBraces, written.name.span, { setting: name, takesBraces: true }));
      return undefined;
    }
    const found = collect(reading, written.settings, Object.keys(settings), `\`${name}\``);
    for (const [part, setting] of found.settings) {
      const form = settings[part];
      if (form !== undefined) read[part] = readPlain(reading, part, form, setting);
    }
    for (const repeat of found.repeats) {
      const form = settings[repeat.name.text];
      if (form !== undefined) readForMistakes(reading, form, repeat);
    }
    if (!found.isWell) return undefined;
  }
  return isGroup(settings, read) ? read : undefined;
}

/** The listed texts. */
export function readNames(
  reading: Reading,
  { what }: NamesSetting,
  written: WrittenSetting | undefined,
): readonly string[] | undefined {
  if (!isWithoutBraces(reading, written)) return undefined;
  if (written === undefined) return [];
  const setting = written.name.text;
  const { span } = written;
  if (written.arguments.length === 0) {
    reading.tell(report(wrongSetting, span, { setting, name: 'path', expected: what, got: 'nothing' }));
    return undefined;
  }
  const texts: string[] = [];
  for (const { name, value, span: at } of written.arguments) {
    if (typeof value === 'string' && name === undefined) texts.push(value);
    else if (!isUnknown(value)) {
      const got = describeValue(value);
      reading.tell(report(wrongSetting, at, { setting, name: 'path', expected: what, got }));
    }
  }
  return texts.length === written.arguments.length ? texts : undefined;
}

function readVariant<V extends Variants>(
  reading: Reading,
  name: string,
  variants: V,
  { kind, written }: { readonly kind: string; readonly written?: WrittenSetting },
): Chosen<V> | undefined {
  const variant = variants[kind];
  if (variant === undefined) return undefined;
  const { params } = variant;
  const table = { setting: `${name} ${kind}`, params, positional: [], span: written?.span ?? reading.span };
  const args = readArguments(table, written?.arguments ?? [], reading.tell);
  if (args === undefined) return undefined;
  const chosen = { ...args, kind };
  return isChosen(variants, chosen) ? chosen : undefined;
}

function isWithoutBraces({ tell }: Reading, written: WrittenSetting | undefined): boolean {
  if (written?.settings === undefined) return true;
  const { text, span } = written.name;
  tell(report(settingBraces, span, { setting: text, takesBraces: false }));
  return false;
}

/** True where the kind is one of the variants and each of its parameters has its value. */
function isChosen<V extends Variants>(variants: V, value: { readonly kind: string }): value is Chosen<V> {
  const names = Object.keys(variants[value.kind]?.params ?? {});
  return Object.hasOwn(variants, value.kind) && names.every((name) => Object.hasOwn(value, name));
}

/** True where every setting that was written could be read. */
function isGroup<S extends PlainSettings>(settings: S, read: Record<string, unknown>): read is Grouped<S> {
  return Object.entries(read).every(([name, value]) => Object.hasOwn(settings, name) && value !== undefined);
}
