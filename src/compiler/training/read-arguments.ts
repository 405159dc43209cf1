import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Span } from '../../diagnostics/source.js';
import { offer } from '../../diagnostics/suggest.js';
import type { ArgsOf, Params, ParamType } from '../ops/params.js';
import { describeValue, isUnknown } from '../values/kinds.js';
import { angleTypeName } from './angle.js';
import {
  missingSettingArgument,
  repeatedSettingArgument,
  unknownSettingArgument,
  wrongSetting,
  wrongUnit,
} from './problems.js';
import type { WrittenArgument } from './written.js';

/** Takes the messages. */
export type Tell = (diagnostic: Diagnostic) => void;

/** What arguments are read for. */
export interface ArgumentTable<P extends Params> {
  /** How messages name the setting: `batch`, `optimizer adam`. */
  readonly setting: string;
  readonly params: P;
  readonly positional: readonly string[];
  /** Where a missing argument is reported. */
  readonly span: Span;
}

/** The typed arguments of a setting, `undefined` where a mistake was reported. */
export function readArguments<P extends Params>(
  table: ArgumentTable<P>,
  given: readonly WrittenArgument[],
  tell: Tell,
): ArgsOf<P> | undefined {
  const { bound, repeats, isWell: isBound } = bind(table, given, tell);
  const args: Record<string, unknown> = {};
  let isWell = isBound;
  for (const [name, param] of Object.entries(table.params)) {
    const argument = bound.get(name);
    if (argument === undefined) {
      // Where a name is unknown, it may be this one mistyped.
      if (param.required && isBound) {
        const { setting, span } = table;
        tell(report(missingSettingArgument, span, { setting, name, expected: param.type.expected }));
        isWell = false;
      } else args[name] = param.fallback;
      continue;
    }
    const parsed = parse({ setting: table.setting, name, type: param.type }, argument, tell);
    if (parsed === undefined) isWell = false;
    else args[name] = parsed.value;
  }
  for (const { name, argument } of repeats) {
    const param = table.params[name];
    if (param !== undefined) parse({ setting: table.setting, name, type: param.type }, argument, tell);
  }
  return isWell && isComplete(table.params, args) ? args : undefined;
}

/** The arguments by parameter; what has no place is reported, and what stands twice is kept to be looked at. */
interface Bound {
  readonly bound: ReadonlyMap<string, WrittenArgument>;
  readonly repeats: readonly { readonly name: string; readonly argument: WrittenArgument }[];
  readonly isWell: boolean;
}

function bind<P extends Params>(
  { setting, params, positional }: ArgumentTable<P>,
  given: readonly WrittenArgument[],
  tell: Tell,
): Bound {
  const bound = new Map<string, WrittenArgument>();
  const repeats: { readonly name: string; readonly argument: WrittenArgument }[] = [];
  const names = Object.keys(params);
  let isWell = true;
  for (const argument of given) {
    const { name, span } = argument;
    const target = name === undefined ? placeOf(params, positional, bound, argument) : name.text;
    const at = name?.span ?? span;
    if (target === undefined || !names.includes(target)) {
      const details = name === undefined ? {} : offer(name.text, name.span, names);
      tell(report(unknownSettingArgument, at, { setting, name: name?.text, takes: takes(names) }, details));
      isWell = false;
    } else if (bound.has(target)) {
      tell(report(repeatedSettingArgument, at, { setting, name: target }));
      repeats.push({ name: target, argument });
      isWell = false;
    } else bound.set(target, argument);
  }
  return { bound, repeats, isWell };
}

/** The parameter of an argument without a name: the one that the word belongs to, else the next by position. */
function placeOf(
  params: Params,
  positional: readonly string[],
  bound: ReadonlyMap<string, WrittenArgument>,
  { value }: WrittenArgument,
): string | undefined {
  const word = typeof value === 'object' && value.kind === 'word' ? value.text : undefined;
  const owner = Object.keys(params).find(
    (name) => word !== undefined && params[name]?.type.words.includes(word),
  );
  return owner ?? positional.find((name) => !bound.has(name));
}

function parse(
  {
    setting,
    name,
    type,
  }: { readonly setting: string; readonly name: string; readonly type: ParamType<unknown> },
  { value, unit, span }: WrittenArgument,
  tell: Tell,
): { readonly value: unknown } | undefined {
  if (isUnknown(value)) return undefined;
  const { expected } = type;
  if (unit !== undefined && isForeign(unit, type.name)) {
    tell(report(wrongUnit, span, { setting, name, unit, expected }));
    return undefined;
  }
  const parsed = type.parse(value);
  if (parsed.ok) return parsed;
  const details =
    typeof value === 'object' && value.kind === 'word' ? offer(value.text, span, type.words) : {};
  tell(report(wrongSetting, span, { setting, name, expected, got: describeValue(value) }, details));
  return undefined;
}

/** Degrees belong to angles, and angles take nothing else. */
function isForeign(unit: string, typeName: string): boolean {
  return (unit === 'deg') !== (typeName === angleTypeName);
}

function takes(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.at(-1);
  if (last === undefined) return 'no arguments';
  return quoted.length === 1 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
}

/** True where every parameter has its value, each of which its own type made. */
function isComplete<P extends Params>(params: P, args: Record<string, unknown>): args is ArgsOf<P> {
  return Object.keys(params).every((name) => Object.hasOwn(args, name));
}
