import { extname } from 'node:path';
import { isOpen } from '../../compiler/values/exact.js';
import type { DType } from '../../compiler/analyse/bytes.js';
import { assertionFailed } from '../../compiler/elaborate/problems.js';
import { writeJson } from '../../report/json.js';
import { memoryJson } from '../../report/memory/memory-json.js';
import { memoryMarkdown } from '../../report/memory/memory-markdown.js';
import { reportMemory, type MemoryReport } from '../../report/memory/memory-report.js';
import { memorySvg } from '../../report/memory/memory-svg.js';
import { memoryText } from '../../report/memory/memory-text.js';
import { plain } from '../../report/emphasis.js';
import { compileEntry, isWhole, oneModel } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { ModelFlags } from '../flags.js';
import type { Io } from '../io.js';
import { inferenceOf, type MemoryFlags } from '../memory-flags.js';
import { hasErrors } from '../show-diagnostics.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc memory`. */
export interface ProfileFlags extends ModelFlags, MemoryFlags {
  readonly format?: string;
  readonly dtype: DType;
  readonly batch: number;
  readonly depth?: number;
  readonly outputFile?: string;
}

/** Shows how much memory an inference takes, who is there at the peak, and why. */
export function memory(
  io: Io,
  file: string,
  model: string | undefined,
  flags: ProfileFlags,
): Promise<ExitCode> {
  const format = formatOf(flags);
  const { models, diagnostics, exitCode } = compileEntry(io, file, model, flags);
  if (hasErrors(diagnostics.filter(({ code }) => code !== assertionFailed.code)))
    return Promise.resolve(exitCode);
  const whole = format === 'svg' ? [oneModel(models, file)].filter(isWhole) : models.filter(isWhole);
  if (whole.length === 0 && exitCode === exitCodes.well) throw usageFailure(`"${file}" declares no model`);
  const options = { ...inferenceOf(flags), dtype: flags.dtype, batch: flags.batch };
  const reports = whole.map(({ graph }) => reportMemory(graph, options));
  if (reports.length > 0)
    writeResult(io, flags.outputFile, written(reports, io, { ...flags, format }), [file]);
  return Promise.resolve(exitCode);
}

const endings: ReadonlyMap<string, string> = new Map([
  ['.svg', 'svg'],
  ['.json', 'json'],
  ['.md', 'markdown'],
]);

/** As `--format` says, else by the ending of the file's name. */
function formatOf({ format, outputFile }: ProfileFlags): string {
  return format ?? endings.get(extname(outputFile ?? '').toLowerCase()) ?? 'text';
}

/** How wide a report is that no terminal shows. */
const usualColumns = 100;

function written(reports: readonly MemoryReport[], io: Io, flags: ProfileFlags): string {
  const { depth, outputFile } = flags;
  switch (flags.format) {
    case 'json':
      return writeJson(memoryJson(reports));
    case 'markdown':
      return reports.map((one) => memoryMarkdown(one, depth)).join('\n');
    case 'svg':
      return reports.map(drawn).join('');
    default: {
      const isShown = outputFile === undefined;
      const { bold, dim } = isShown ? io.out.colors : plain;
      const columns = (isShown ? io.out.columns : undefined) ?? usualColumns;
      return reports.map((one) => memoryText(one, { columns, depth, emphasis: { bold, dim } })).join('\n\n');
    }
  }
}

/** A picture needs sizes that are known. */
function drawn(report: MemoryReport): string {
  const open = report.profile.bytes.find(isOpen);
  if (open === undefined) return memorySvg(report);
  const names = report.graph.openSizes.map((name) => `\`${name}\``).join(' and ');
  throw usageFailure(
    `a picture of \`${report.graph.name}\` needs its open sizes: ${names}`,
    'give them with `--input`, such as `--input 224x224x3`',
  );
}
