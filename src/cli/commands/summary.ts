import type { ConventionName } from '../../compiler/analyse/conventions.js';
import { writeJson } from '../../report/json.js';
import { summarise, type Summary } from '../../report/summary.js';
import { summaryCsv } from '../../report/summary-csv.js';
import { summaryJson } from '../../report/summary-json.js';
import { summaryMarkdown } from '../../report/summary-markdown.js';
import { plain } from '../../report/emphasis.js';
import { summaryText } from '../../report/summary-text.js';
import { compileEntry, hasMistakes, isWhole } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { ModelFlags } from '../flags.js';
import type { Io } from '../io.js';
import { inferenceOf, type MemoryFlags } from '../memory-flags.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc summary`. */
export interface SummaryFlags extends ModelFlags, MemoryFlags {
  readonly format: string;
  readonly depth?: number;
  readonly training?: boolean;
  readonly convention: ConventionName;
  readonly outputFile?: string;
}

/** Prints the figures of a file's models. A failed assertion is exit 1, and the table is there all the same. */
export function summary(
  io: Io,
  file: string,
  model: string | undefined,
  flags: SummaryFlags,
): Promise<ExitCode> {
  const { models, diagnostics, exitCode } = compileEntry(io, file, model, flags);
  // A model with a mistake in it has no figures; one that misses an assertion is whole.
  if (hasMistakes(diagnostics)) return Promise.resolve(exitCode);
  const whole = models.filter(isWhole);
  if (whole.length === 0 && exitCode === exitCodes.well) throw usageFailure(`"${file}" declares no model`);
  const summaries = whole.map(({ graph, doc }) =>
    summarise(graph, doc, {
      training: flags.training ?? false,
      convention: flags.convention,
      inference: inferenceOf(flags),
    }),
  );
  if (summaries.length > 0) writeResult(io, flags.outputFile, reportOf(summaries, io, flags), [file]);
  return Promise.resolve(exitCode);
}

function reportOf(
  summaries: readonly Summary[],
  io: Io,
  { format, depth, outputFile }: SummaryFlags,
): string {
  switch (format) {
    case 'json':
      return writeJson(summaryJson(summaries));
    case 'markdown':
      return summaries.map((one) => summaryMarkdown(one, depth)).join('\n');
    case 'csv':
      return summaryCsv(summaries, depth);
    default: {
      const { bold, dim } = outputFile === undefined ? io.out.colors : plain;
      return summaries.map((one) => summaryText(one, depth, { bold, dim })).join('\n\n');
    }
  }
}
