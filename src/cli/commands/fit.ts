import { slotsOf, slotsUnder } from '../../compiler/training/slots.js';
import type { DType } from '../../compiler/analyse/bytes.js';
import { fitTraining, type Fit } from '../../compiler/fit/fit.js';
import type { CompiledModel } from '../../compiler/compile.js';
import type { OptimizerSettings } from '../../compiler/training/settings.js';
import { plain } from '../../report/emphasis.js';
import { fitJson } from '../../report/fit/fit-json.js';
import { fitMarkdown } from '../../report/fit/fit-markdown.js';
import { fitText } from '../../report/fit/fit-text.js';
import { writeJson } from '../../report/json.js';
import { compileEntry, hasMistakes, isWhole, oneModel } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { ModelFlags } from '../flags.js';
import type { Io } from '../io.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc fit`. */
export interface FitFlags extends ModelFlags {
  readonly memory: number;
  readonly optimizer?: OptimizerSettings['kind'];
  readonly dtype: DType;
  readonly recompute?: boolean;
  readonly batch?: number;
  readonly format: string;
  readonly outputFile?: string;
}

/** Tells the largest batch of a training that fits into memory, what limits it, and the ways out; exit 1 where it doesn't fit. */
export function fit(io: Io, file: string, model: string | undefined, flags: FitFlags): Promise<ExitCode> {
  const { models, diagnostics } = compileEntry(io, file, model, flags);
  if (hasMistakes(diagnostics)) return Promise.resolve(exitCodes.problems);
  const compiled = oneModel(models, file);
  if (!isWhole(compiled)) return Promise.resolve(exitCodes.problems);
  const { graph } = compiled;
  if (graph.openSizes.length > 0) {
    const names = graph.openSizes.map((name) => `\`${name}\``).join(' and ');
    throw usageFailure(
      `the memory of \`${graph.name}\` depends on its open sizes: ${names}`,
      'give them with `--input`, such as `--input 224x224x3`',
    );
  }
  const found = fitTraining(graph, {
    bytes: flags.memory,
    ...optimizerOf(compiled, flags),
    dtype: flags.dtype,
    recompute: flags.recompute ?? false,
    ...(flags.batch === undefined ? {} : { batch: flags.batch }),
  });
  writeResult(io, flags.outputFile, reportOf(found, io, flags), [file]);
  return Promise.resolve(found.fits ? exitCodes.well : exitCodes.problems);
}

/** The one that was asked for, else that of the `train` block, else the usual one. */
function optimizerOf(
  { training }: CompiledModel,
  { optimizer }: FitFlags,
): { readonly optimizer: OptimizerSettings['kind']; readonly slots: number } {
  if (optimizer !== undefined) return { optimizer, slots: slotsOf[optimizer] };
  if (training === undefined) return { optimizer: 'adam', slots: slotsOf.adam };
  return { optimizer: training.optimizer.kind, slots: slotsUnder(training.optimizer) };
}

function reportOf(found: Fit, io: Io, { format, outputFile }: FitFlags): string {
  switch (format) {
    case 'json':
      return writeJson(fitJson(found));
    case 'markdown':
      return fitMarkdown(found);
    default: {
      const { bold, dim } = outputFile === undefined ? io.out.colors : plain;
      return fitText(found, { bold, dim });
    }
  }
}
