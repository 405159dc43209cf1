import { existsSync } from 'node:fs';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { textAtLineStart } from '../../report/line-start.js';
import { loadWeights } from '../../runtime/node/load-weights.js';
import { matchByOrder, type Match } from '../../runtime/weights/mapping/match.js';
import { printMapping } from '../../runtime/weights/mapping/print-mapping.js';
import { compileEntry, isWhole, oneModel } from '../compile-entry.js';
import { endedBy } from '../ended.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { ModelFlags } from '../flags.js';
import type { Io } from '../io.js';
import { weightsPath } from '../read-weights.js';
import { writeFileAtomically } from '../write-file.js';

/** The flags of `cnnc weights match`. */
export interface MatchFlags extends ModelFlags {
  readonly out?: string;
  readonly trustOrder?: boolean;
  readonly force?: boolean;
}

/** Finds which array of a file is which of a model, shows it, and writes it as a text; what is ambiguous is refused. */
export function weightsMatch(
  io: Io,
  file: string,
  { weights, model }: { readonly weights: string; readonly model: string | undefined },
  flags: MatchFlags,
): Promise<ExitCode> {
  const { out, force, trustOrder } = flags;
  if (out !== undefined && existsSync(out) && force !== true)
    throw usageFailure(`"${out}" is there already`, 'name another file, or overwrite it with `--force`');
  const { models, exitCode } = compileEntry(io, file, model, flags);
  if (exitCode !== exitCodes.well) return Promise.resolve(exitCode);
  const compiled = oneModel(models, file);
  if (!isWhole(compiled)) return Promise.resolve(exitCodes.problems);
  const loaded = loadWeights(weightsPath(weights));
  if (!loaded.ok) return Promise.resolve(endedBy(io, loaded).exitCode);
  const match = matchByOrder(compiled.graph, loaded.value.weights, { trustOrder: trustOrder === true });
  const text = printMapping(match.mapping);
  io.out.write(text.replace(/^.*$/gm, (line) => textAtLineStart(line)));
  const complaints = complaintsOf(match, compiled.name);
  if (complaints.length > 0) {
    const { red, bold } = io.err.colors;
    for (const complaint of complaints)
      io.err.write(`${bold(red('error'))}: ${escapeForTerminal(complaint)}\n`);
    if (match.ambiguous.length > 0) io.err.write(`  = ${bold('help')}: ${ambiguityHelp}\n`);
    return Promise.resolve(exitCodes.problems);
  }
  if (out !== undefined) {
    writeFileAtomically(out, `# ${headOf(compiled.name)}\n${text}`);
    io.err.write(`wrote ${escapeForTerminal(out)}\n`);
  }
  return Promise.resolve(exitCodes.well);
}

const ambiguityHelp =
  'where the order of their names is that of the model, `--trust-order` takes it; or write the lines by hand';

function headOf(model: string): string {
  return `theirs -> ours, for the model ${escapeForTerminal(model)}`;
}

function complaintsOf({ ambiguous, surplus, missing }: Match, model: string): readonly string[] {
  return [
    ...ambiguous.map(
      ({ theirs, ours }) => `nothing tells which of ${listed(theirs)} is which of ${listed(ours)}`,
    ),
    ...(missing.length === 0 ? [] : [`no arrays of the file fit ${listed(missing)} of \`${model}\``]),
    ...(surplus.length === 0
      ? []
      : [`${listed(surplus)} of the file fit no layer of \`${model}\`, or are too many`]),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
