import { isOpen } from '../../compiler/values/exact.js';
import type { DType } from '../../compiler/analyse/bytes.js';
import { writeJson } from '../../report/json.js';
import { memoryJson } from '../../report/memory/memory-json.js';
import { memoryMarkdown } from '../../report/memory/memory-markdown.js';
import { reportMemory, type MemoryReport } from '../../report/memory/memory-report.js';
import { memorySvg } from '../../report/memory/memory-svg.js';
import { memoryText, type Showing } from '../../report/memory/memory-text.js';
import { trainingMemoryJson } from '../../report/memory/training-json.js';
import { trainingMemoryMarkdown } from '../../report/memory/training-markdown.js';
import { reportTraining, type TrainingManner } from '../../report/memory/training-report.js';
import { trainingMemoryText } from '../../report/memory/training-text.js';
import { defaultTraining } from '../../runtime/training/default-training.js';
import { compileEntry, hasMistakes, isWhole, oneModel, type WholeModel } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { ModelFlags } from '../flags.js';
import { formatByEnding } from '../format-by-ending.js';
import type { Io } from '../io.js';
import { inferenceOf, type MemoryFlags } from '../memory-flags.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc memory`. */
export interface ProfileFlags extends ModelFlags, MemoryFlags {
  readonly format?: string;
  readonly dtype: DType;
  readonly batch?: number;
  readonly depth?: number;
  readonly training?: boolean;
  readonly optimizer?: TrainingManner['optimizer'];
  readonly recompute?: boolean;
  readonly outputFile?: string;
}

/** Shows how much memory an inference or a step of training takes, who is there at the peak, and why. */
export function memory(
  io: Io,
  file: string,
  model: string | undefined,
  flags: ProfileFlags,
): Promise<ExitCode> {
  const format = formatOf(flags);
  checkFlags(flags, format);
  const { models, diagnostics, exitCode } = compileEntry(io, file, model, flags);
  if (hasMistakes(diagnostics)) return Promise.resolve(exitCode);
  const whole = format === 'svg' ? [oneModel(models, file)].filter(isWhole) : models.filter(isWhole);
  if (whole.length === 0 && exitCode === exitCodes.well) throw usageFailure(`"${file}" declares no model`);
  if (whole.length > 0) {
    const textOf = flags.training === true ? ofTraining : ofInference;
    writeResult(io, flags.outputFile, textOf(whole, io, { ...flags, format }), [file]);
  }
  return Promise.resolve(exitCode);
}

/** What says how one of the two runs says nothing of the other. */
function checkFlags(flags: ProfileFlags, format: string): void {
  const { order, inplace, fold, free, depth, optimizer, recompute } = flags;
  const isOfInference = order !== 'source' || !inplace || !fold || !free || depth !== undefined;
  if (flags.training !== true) {
    if (optimizer === undefined && recompute !== true) return;
    throw usageFailure('`--optimizer` and `--recompute` are of a training', 'ask for one with `--training`');
  }
  if (format === 'svg')
    throw usageFailure(
      'there is no picture of a training’s memory',
      'its formats are text, json and markdown',
    );
  if (isOfInference)
    throw usageFailure(
      '`--order`, `--depth` and the rules are of an inference, and `--training` asks for a training',
    );
}

const endings: ReadonlyMap<string, string> = new Map([
  ['', 'text'],
  ['.txt', 'text'],
  ['.svg', 'svg'],
  ['.json', 'json'],
  ['.md', 'markdown'],
]);

/** As `--format` says, else by the ending of the file's name. */
function formatOf({ format, outputFile = '' }: ProfileFlags): string {
  return format ?? formatByEnding(outputFile, endings, 'the report');
}

/** How wide a report is that no terminal shows. */
const usualColumns = 100;

function ofInference(models: readonly WholeModel[], io: Io, flags: ProfileFlags): string {
  const { depth, batch = 1, dtype } = flags;
  const options = { ...inferenceOf(flags), dtype, batch };
  const reports = models.map(({ graph }) => reportMemory(graph, options));
  switch (flags.format) {
    case 'json':
      return writeJson(memoryJson(reports));
    case 'markdown':
      return reports.map((one) => memoryMarkdown(one, depth)).join('\n');
    case 'svg':
      return reports.map(drawn).join('');
    default:
      return reports.map((one) => memoryText(one, { ...showingIn(io, flags), depth })).join('\n\n');
  }
}

function ofTraining(models: readonly WholeModel[], io: Io, flags: ProfileFlags): string {
  const reports = models.map(({ graph, name, training }) => {
    const { batch, accumulate, optimizer } = training ?? defaultTraining(name);
    return reportTraining(graph, {
      // A batch may be read in parts, one after the other.
      batch: flags.batch ?? Math.ceil(batch / accumulate),
      optimizer: flags.optimizer ?? optimizer.kind,
      dtype: flags.dtype,
      recompute: flags.recompute ?? false,
    });
  });
  switch (flags.format) {
    case 'json':
      return writeJson(trainingMemoryJson(reports));
    case 'markdown':
      return reports.map(trainingMemoryMarkdown).join('\n');
    default:
      return reports.map((one) => trainingMemoryText(one, showingIn(io, flags))).join('\n\n');
  }
}

/** As wide as the terminal, and emphasised where it can be. */
function showingIn(io: Io, { outputFile }: ProfileFlags): Showing {
  if (outputFile !== undefined) return { columns: usualColumns };
  const { bold, dim } = io.out.colors;
  return { columns: io.out.columns ?? usualColumns, emphasis: { bold, dim } };
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
