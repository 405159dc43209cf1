import { suggest } from '../../diagnostics/suggest.js';
import { ownedNames, ownersHelp } from './owners.js';
import { trainingTable } from './table.js';
import type { WrittenArgument, WrittenSetting } from './written.js';

/** A setting from outside of the file: a whole one, or one parameter of the one that the file has. */
export interface Override {
  /** `optimizer`, or a parameter such as `rate`. */
  readonly name: string;
  /** What it says, under the name that `settingOf` gives. */
  readonly setting: WrittenSetting;
}

/** Tells the name of a whole setting from that of a parameter, or of nothing. */
export function isSetting(name: string): boolean {
  return Object.hasOwn(trainingTable, name);
}

/**
 * The setting that a name from outside belongs to: itself, or the chosen optimizer, schedule or loss that has such a
 * parameter, else the preprocessing; an unknown name stands for itself, and is reported where settings are read.
 */
export function settingOf(name: string, settings: readonly WrittenSetting[]): string {
  if (isSetting(name)) return name;
  const chosen = choices.find((choice) => parametersOf(choice, settings).includes(name));
  if (chosen !== undefined) return chosen;
  return Object.hasOwn(trainingTable.preprocess.params, name) ? 'preprocess' : name;
}

/** How a name from outside is mended that no setting and nothing that is chosen has. */
export function outsideHelp(
  name: string,
  text: string,
  settings: readonly WrittenSetting[],
): string | undefined {
  const owner = ownersHelp(name, (setting) => `--set-train "${setting.replace(' ', '=')} ${name}=${text}"`);
  if (owner !== undefined) return owner;
  const parameters = [
    ...choices.flatMap((choice) => parametersOf(choice, settings)),
    ...Object.keys(trainingTable.preprocess.params),
  ];
  const near = suggest(name, [...Object.keys(trainingTable), ...parameters, ...ownedNames()]);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}

/** The settings with one from outside in the place of the file's own. */
export function override(
  settings: readonly WrittenSetting[],
  { name, setting }: Override,
): readonly WrittenSetting[] {
  const own = setting.name.text;
  const before = settings.find((written) => written.name.text === own);
  const others = settings.filter((written) => written !== before);
  return [...others, own === name ? setting : withArguments(before, setting)];
}

const choices = ['optimizer', 'schedule', 'loss'] as const;
type Choice = (typeof choices)[number];

/** What is chosen where nothing is written. */
const usual: Readonly<Record<Choice, string>> = {
  optimizer: 'adam',
  schedule: 'constant',
  loss: 'crossentropy',
};

function parametersOf(choice: Choice, settings: readonly WrittenSetting[]): readonly string[] {
  const written = settings.find(({ name }) => name.text === choice);
  const word = written === undefined ? usual[choice] : (wordOf(written.arguments[0]) ?? '');
  const variant = Object.entries(trainingTable[choice].variants).find(([kind]) => kind === word);
  return variant === undefined ? [] : Object.keys(variant[1].params);
}

function wordOf(argument: WrittenArgument | undefined): string | undefined {
  const value = argument?.value;
  return typeof value === 'object' && value.kind === 'word' ? value.text : undefined;
}

/** The arguments of the file, those of the same names replaced; a choice that isn't written gets its usual word. */
function withArguments(before: WrittenSetting | undefined, outside: WrittenSetting): WrittenSetting {
  const given = new Set(outside.arguments.map(({ name }) => name?.text));
  const kept = (before?.arguments ?? usualWord(outside)).filter(
    ({ name }) => name === undefined || !given.has(name.text),
  );
  return { ...outside, arguments: [...kept, ...outside.arguments], settings: before?.settings };
}

function usualWord({ name, span }: WrittenSetting): readonly WrittenArgument[] {
  const choice = choices.find((known) => known === name.text);
  if (choice === undefined) return [];
  return [{ name: undefined, value: { kind: 'word', text: usual[choice] }, unit: undefined, span }];
}
