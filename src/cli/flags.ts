import { InvalidArgumentError } from 'commander';
import { defaultLimits, hardLimits, type Limits } from '../compiler/limits.js';
import { readNumber } from '../parser/number.js';
import type { Ratio } from '../report/graph/ratio.js';
import { engineNames, type EngineName } from '../runtime/engine/engine.js';
import type { OutputFlags } from './io.js';

/** The flags of every command that reads `.cnn` files. */
export interface ReadFlags extends OutputFlags, LimitFlags {
  readonly root?: string;
  readonly stdinFilepath?: string;
}

/** The flags that give a model's parameters and the size of its input. */
export interface ModelFlags extends ReadFlags {
  readonly set?: ReadonlyMap<string, string>;
  readonly input?: string;
  readonly setTrain?: ReadonlyMap<string, string>;
}

/** The flags that run a model. */
export interface EngineFlags extends ModelFlags {
  readonly engine: string;
  readonly seed?: number;
  readonly limitMemory?: number;
}

/** Where every random number begins where `--seed` says nothing. */
export const usualSeed = 0;

/** The flags that raise limits, named after them: `--limit-layers`. */
export interface LimitFlags {
  readonly limitFileBytes?: number;
  readonly limitTotalBytes?: number;
  readonly limitTokens?: number;
  readonly limitNesting?: number;
  readonly limitFiles?: number;
  readonly limitImportDepth?: number;
  readonly limitCallDepth?: number;
  readonly limitLayers?: number;
  readonly limitDiagnostics?: number;
}

/** How many diagnostics are shown, by default and at most. */
export const diagnosticsShown = { default: 100, hard: 1000 } as const;

/** The limits as flags: name, what it bounds, default and hardest value. */
export const limitFlags: readonly {
  readonly flag: string;
  readonly what: string;
  readonly usual: number;
  readonly hardest: number;
}[] = [
  limitFlag('--limit-file-bytes', 'bytes of one file', 'fileBytes'),
  limitFlag('--limit-total-bytes', 'bytes of all imported files together', 'totalBytes'),
  limitFlag('--limit-tokens', 'tokens of one file', 'tokens'),
  limitFlag('--limit-nesting', 'depth of brackets and braces', 'nesting'),
  limitFlag('--limit-files', 'files that a file imports, itself included', 'files'),
  limitFlag('--limit-import-depth', 'depth of imports', 'importDepth'),
  limitFlag('--limit-call-depth', 'depth of block calls', 'callDepth'),
  limitFlag('--limit-layers', 'layers after expansion', 'layers'),
  {
    flag: '--limit-diagnostics',
    what: 'problems shown',
    usual: diagnosticsShown.default,
    hardest: diagnosticsShown.hard,
  },
];

/** The limits that hold under these flags. */
export function limitsOf(flags: LimitFlags): Limits {
  return {
    fileBytes: flags.limitFileBytes ?? defaultLimits.fileBytes,
    totalBytes: flags.limitTotalBytes ?? defaultLimits.totalBytes,
    tokens: flags.limitTokens ?? defaultLimits.tokens,
    nesting: flags.limitNesting ?? defaultLimits.nesting,
    files: flags.limitFiles ?? defaultLimits.files,
    importDepth: flags.limitImportDepth ?? defaultLimits.importDepth,
    callDepth: flags.limitCallDepth ?? defaultLimits.callDepth,
    layers: flags.limitLayers ?? defaultLimits.layers,
  };
}

/** Reads a whole number of a flag, within bounds. */
export function wholeNumber(
  atLeast: number,
  atMost: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const digits = text.replaceAll('_', '');
    const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
    if (value >= atLeast && value <= atMost) return value;
    const bound = atMost === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${String(atMost)}`;
    throw new InvalidArgumentError(`A whole number of at least ${String(atLeast)}${bound} is expected.`);
  };
}

/** Reads a number above zero: `1e-4`. */
export function positiveNumber(text: string): number {
  const value = /^[\d.]+(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('A number above zero is expected, such as 1e-4.');
}

/** Reads width by height, `4:3` or `1.5`, or `page` or `none`. */
export function aspectRatio(text: string): Ratio {
  if (text === 'none' || text === 'page') return text;
  const [, width, height = '1'] = /^(\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  const ratio = Number(width) / Number(height);
  if (ratio >= 0.05 && ratio <= 20) return ratio;
  throw new InvalidArgumentError(
    'Width by height is expected, such as 4:3 or 1.5, from 1:20 to 20:1; or page, or none.',
  );
}

/** Reads names of engines, each once: `wasm,cpu`. */
export function engineList(text: string): readonly EngineName[] {
  const names = text.split(',').map((name) => name.trim());
  const known = names.flatMap((name) => engineNames.find((one) => one === name) ?? []);
  if (known.length === names.length && new Set(names).size === names.length) return known;
  throw new InvalidArgumentError(`Names of engines are expected, each once: ${engineNames.join(',')}.`);
}

/** Reads a number of bytes as the language writes sizes: `1_000`, `64KiB`, `1.5GiB`. */
export function byteCount(text: string): number {
  const read = readNumber(text);
  const isCount = read.ok && read.denominator === 1n && read.unit !== '%' && read.unit !== 'deg';
  const value = isCount ? Number(read.numerator) : 0;
  if (value >= 1 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidArgumentError('A number of bytes is expected, such as 500_000, 64KiB or 4GiB.');
}

/** Gathers the values of a flag that may come several times. */
export function gathered(text: string, known: readonly string[] = []): readonly string[] {
  return [...known, text];
}

/** Gathers `name=value` flags. */
export function nameAndValue(
  text: string,
  known: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> {
  const place = text.indexOf('=');
  const name = text.slice(0, place).trim();
  if (place < 1 || name === '') throw new InvalidArgumentError('It is written `name=value`.');
  if (known?.has(name) === true) throw new InvalidArgumentError(`\`${name}\` is given twice.`);
  return new Map([...(known ?? []), [name, text.slice(place + 1)]]);
}

function limitFlag(flag: string, what: string, limit: keyof Limits): (typeof limitFlags)[number] {
  return { flag, what, usual: defaultLimits[limit], hardest: hardLimits[limit] };
}
