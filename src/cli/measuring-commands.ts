import type { Command } from 'commander';
import { byteCount, engineList, positiveNumber, wholeNumber } from './flags.js';
import type { Run } from './run-command.js';
import type { BenchFlags } from './commands/bench.js';
import type { VerifyFlags } from './commands/verify.js';
import { formatOption, modelling, running, seeding } from './shared-options.js';

/** The commands that run a model for its own sake: `cnnc verify` and `cnnc bench`. */
export function measuringCommands(program: Command, run: Run): void {
  seeding(modelling(program.command('verify')))
    .description(
      'runs the same weights and images on every engine and in every target, and compares the layers',
    )
    .argument('<file>', 'a .cnn file')
    .argument(
      '[model-and-images...]',
      'the model or instance, where the file has several, and images; two random ones where none is named',
    )
    .option('--weights <file>', 'a file of weights, or the folder of a run; fresh ones where none is named')
    .option('--mapping <file>', 'the names that the weights have: what `weights match` writes')
    .option(
      '--tolerance <share>',
      'how far a layer may be off, by its largest magnitude',
      positiveNumber,
      1e-4,
    )
    .option(
      '--engines <names>',
      'wasm, cpu, node: these only, however slow; the first is the reference',
      engineList,
    )
    .option(
      '--limit-memory <bytes>',
      'how much memory a run may be predicted to take: 500_000, 4GiB',
      byteCount,
    )
    .addOption(formatOption('text', 'json'))
    .action((file: string, rest: readonly string[], flags: VerifyFlags) =>
      run(flags, async (io, all) => (await import('./commands/verify.js')).verify(io, file, rest, all)),
    );

  running(program.command('bench'), ['all'])
    .description('shows how fast a model runs, and what memory that takes')
    .argument('<file>', 'a .cnn file')
    .argument('[model]', 'the model or instance, where the file has several')
    .option('--batch <n>', 'images that are run at once', wholeNumber(1), 1)
    .option(
      '--runs <n>',
      'runs after the first; by default as many as two seconds allow',
      wholeNumber(1, 100_000),
    )
    .option('--weights <file>', 'a file of weights, or the folder of a run; fresh ones where none is named')
    .option('--mapping <file>', 'the names that the weights have: what `weights match` writes')
    .addOption(formatOption('text', 'json'))
    .action((file: string, model: string | undefined, flags: BenchFlags) =>
      run(flags, async (io, all) => (await import('./commands/bench.js')).bench(io, file, model, all)),
    );
}
