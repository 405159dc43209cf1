import { trainingTable } from './table.js';

/** Where a parameter is written: `optimizer sgd` for `momentum`. */
interface Owner {
  /** The whole beginning of the setting: `optimizer sgd`, or `preprocess`. */
  readonly setting: string;
  readonly params: readonly string[];
}

/** Which settings have a named parameter, and how it is written behind the first of them; nothing for another name. */
export function ownersHelp(name: string, write: (setting: string) => string): string | undefined {
  const having = owners.filter(({ params }) => params.includes(name)).map(({ setting }) => setting);
  const [first] = having;
  if (first === undefined) return undefined;
  const quoted = having.map((setting) => `\`${setting}\``);
  const last = quoted.at(-1) ?? '';
  const list = quoted.length === 1 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
  return `\`${name}\` is an argument of ${list}: write \`${write(first)}\``;
}

/** The names of all parameters that are written by name. */
export function ownedNames(): readonly string[] {
  return [...new Set(owners.flatMap(({ params }) => params))];
}

const owners: readonly Owner[] = [
  ...(['optimizer', 'schedule', 'loss'] as const).flatMap((setting) =>
    Object.entries(trainingTable[setting].variants).map(([kind, { params }]) => ({
      setting: `${setting} ${kind}`,
      params: Object.keys(params),
    })),
  ),
  { setting: 'preprocess', params: Object.keys(trainingTable.preprocess.params) },
];
