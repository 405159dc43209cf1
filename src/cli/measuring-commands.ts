import { Option, type Command } from 'commander';
import { bytesOfType } from '../compiler/analyse/bytes.js';
import { slotsOf } from '../compiler/training/slots.js';
import { byteCount, engineList, positiveNumber, wholeNumber } from './flags.js';
import type { Run } from './run-command.js';
import { remembering } from './memory-flags.js';
import type { FitFlags } from './commands/fit.js';
import type { ProfileFlags } from './commands/memory.js';
import type { BenchFlags } from './commands/bench.js';
import type { VerifyFlags } from './commands/verify.js';
import { formatOption, modelling, running, seeding } from './shared-options.js';

/** The commands that measure a model for its own sake: `cnnc memory`, `cnnc fit`, `cnnc verify` and `cnnc bench`. */
export function measuringCommands(program: Command, run: Run): void {
  remembering(modelling(program.command('memory')))
    .description(
      'shows the peak of memory of an inference or of a training, who is there and why, and the profile over the layers',
    )
    .argument('<file>', 'a .cnn file, or - for standard input')
    .argument('[model]', 'the model or instance; all of the file where none is named')
    .addOption(
      new Option(
        '--format <format>',
        "how it is written; by the ending of the file's name, else text",
      ).choices(['text', 'json', 'markdown', 'svg']),
    )
    .addOption(
      new Option('--dtype <type>', 'how values are stored')
        .choices(Object.keys(bytesOfType))
        .default('float32'),
    )
    .option(
      '--batch <n>',
      "images that are computed at once; by default one, in training the `train` block's",
      wholeNumber(1),
    )
    .option('--training', 'the memory of a step of training, by what it is for')
    .addOption(
      new Option('--optimizer <name>', "what trains; by default the `train` block's").choices(
        Object.keys(slotsOf),
      ),
    )
    .option('--recompute', 'in training only what crosses the borders of blocks is kept')
    .option(
      '--depth <n>',
      'how many levels of blocks are open: 1 folds every block, 0 the whole model; by default as many as stay readable',
      wholeNumber(0),
    )
    .option('-o, --output-file <file>', 'writes the report there instead of standard output')
    .action((file: string, model: string | undefined, flags: ProfileFlags) =>
      run(flags, async (io, all) => (await import('./commands/memory.js')).memory(io, file, model, all)),
    );

  modelling(program.command('fit'))
    .description(
      'tells the largest batch of a training that fits into memory, what limits it, and ways out with their figures',
    )
    .argument('<file>', 'a .cnn file, or - for standard input')
    .argument('[model]', 'the model or instance, where the file has several')
    .requiredOption('--memory <bytes>', 'the memory that there is: 8GiB, 500_000_000', byteCount)
    .addOption(
      new Option(
        '--optimizer <optimizer>',
        'what moves the weights; that of the train block, else adam, where none is named',
      ).choices(Object.keys(slotsOf)),
    )
    .addOption(
      new Option('--dtype <type>', 'how values are stored')
        .choices(['float32', 'float16'])
        .default('float32'),
    )
    .option('--recompute', 'as if blocks were computed once more on the way back')
    .option('--batch <n>', 'images that have to fit; exit 1 where they do not', wholeNumber(1))
    .addOption(formatOption('text', 'json', 'markdown'))
    .option('-o, --output-file <file>', 'writes the report there instead of standard output')
    .action((file: string, model: string | undefined, flags: FitFlags) =>
      run(flags, async (io, all) => (await import('./commands/fit.js')).fit(io, file, model, all)),
    );

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
