import type { Command } from 'commander';
import { byteCount, engineList, positiveNumber } from './flags.js';
import type { Run } from './run-command.js';
import type { VerifyFlags } from './commands/verify.js';
import { formatOption, modelling, seeding } from './shared-options.js';

/** The commands that run a model for its own sake: `cnnc verify`. */
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
}
