import { Argument, Command, Option } from 'commander';
import { conventionNames } from '../compiler/analyse/conventions.js';
import type { ExitCode } from './exit-codes.js';
import { failOn } from './fail-on.js';
import { aspectRatio, byteCount, gathered, nameAndValue, wholeNumber, type ReadFlags } from './flags.js';
import { openIo, type Io } from './io.js';
import { remembering } from './memory-flags.js';
import type { Run } from './run-command.js';
import { measuringCommands } from './measuring-commands.js';
import { formatOption, modelling, reading, running, seeding } from './shared-options.js';
import { weightsCommands } from './weights-commands.js';
import type { AugmentFlags } from './commands/augment.js';
import type { BuildFlags } from './commands/build.js';
import type { CheckFlags } from './commands/check.js';
import type { DiffFlags } from './commands/diff.js';
import type { DoctorFlags } from './commands/doctor.js';
import type { EvaluateFlags } from './commands/evaluate.js';
import type { FmtFlags } from './commands/fmt.js';
import type { GraphFlags } from './commands/graph.js';
import type { PredictFlags } from './commands/predict.js';
import type { SummaryFlags } from './commands/summary.js';
import type { TrainFlags } from './commands/train.js';
import type { OutputFlags } from './io.js';

/** Takes the exit code of the command that ran. */
export type Finish = (code: ExitCode) => void;

/**
 * The command line as a table of its commands. What a command does is loaded only when it runs: TensorFlow.js alone
 * takes longer to load than a check takes.
 */
export function commandLine(version: string, finish: Finish): Command {
  const program = new Command('cnnc')
    .description('Compiles, measures and trains convolutional networks written in the .cnn language.')
    .version(version, '--version', 'prints the version')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are obeyed too)')
    .option('--quiet', 'results only: no progress, no notes')
    .option('--verbose', 'more notes, and where an unexpected error came from')
    .helpOption('-h, --help', 'prints this')
    .helpCommand('help [command]', 'prints the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help tells more)');

  const run: Run = <Flags extends OutputFlags>(
    flags: Flags,
    command: (io: Io, flags: Flags) => Promise<ExitCode>,
  ) => {
    const all: Flags = { ...program.opts<OutputFlags>(), ...flags };
    return command(openIo(all), all).then(finish);
  };

  reading(program.command('check'))
    .description('checks syntax, names, shapes and assertions of every model in every file')
    .argument('[paths...]', 'files, folders that are searched for *.cnn, or - for standard input', ['.'])
    .addOption(formatOption('text', 'json', 'sarif', 'github', 'junit', 'markdown'))
    .option('--link-base <url>', 'what the links of --format markdown begin with')
    .option('--budget <condition>', "what every model has to keep to: 'macs <= 4.1G' (repeatable)", gathered)
    .option('--config <file>', 'the configuration; cnnc.config.json here or above where none is named')
    .option('--no-config', 'reads no configuration')
    .option('--max-warnings <n>', 'more warnings than this are exit 1', wholeNumber(0))
    .option('--target <target>', 'checks too what this target lacks: tfjs-layers, tfjs-graph, js')
    .option('-o, --output-file <file>', 'writes the report there instead of standard output')
    .action((paths: readonly string[], flags: CheckFlags) =>
      run(flags, async (io, all) => (await import('./commands/check.js')).check(io, paths, all)),
    );

  remembering(modelling(program.command('summary')))
    .description('prints the table of a model: shapes, parameters, work, memory, receptive field')
    .argument('<file>', 'a .cnn file, or - for standard input')
    .argument('[model]', 'the model or instance; all of the file where none is named')
    .addOption(formatOption('text', 'json', 'markdown', 'csv'))
    .option(
      '--depth <n>',
      'how many levels of blocks are shown: 1 folds every block, 0 the whole model',
      wholeNumber(0),
    )
    .option('--training', 'counts what exists in training only')
    .addOption(
      new Option('--convention <name>', 'counts parameters and work as another tool or paper does')
        .choices(conventionNames)
        .default('cnnc'),
    )
    .option('-o, --output-file <file>', 'writes the report there instead of standard output')
    .action((file: string, model: string | undefined, flags: SummaryFlags) =>
      run(flags, async (io, all) => (await import('./commands/summary.js')).summary(io, file, model, all)),
    );

  modelling(program.command('graph'))
    .description(
      'draws the architecture of a model: blocks as boxes, shapes on the ways, shares of work as shades',
    )
    .argument('<file>', 'a .cnn file, or - for standard input')
    .argument('[model]', 'the model or instance, where the file has several')
    .addOption(
      new Option(
        '--format <format>',
        "how it is written; by the ending of the file's name, else svg",
      ).choices(['svg', 'html', 'dot', 'mermaid']),
    )
    .option(
      '--depth <n>',
      'how many levels of blocks are open: 1 folds every block, 0 the whole model; by default as many as stay readable',
      wholeNumber(0),
    )
    .addOption(
      new Option('--direction <direction>', 'where the main line leads')
        .choices(['down', 'right'])
        .default('down'),
    )
    .option(
      '--ratio <width:height>',
      'the main line is put into columns (or rows) until width by height is near this; page fits a printed page, none keeps one line (default: page; none for .html)',
      aspectRatio,
    )
    .option('--unfold', 'draws each of several equal boxes in a row')
    .option('--training', 'draws what exists in training only, too')
    .option('-o, --output-file <file>', 'writes the picture there instead of standard output')
    .action((file: string, model: string | undefined, flags: GraphFlags) =>
      run(flags, async (io, all) => (await import('./commands/graph.js')).graph(io, file, model, all)),
    );

  modelling(program.command('diff'))
    .description('tells what differs between two versions of a model: layers, costs, weights, interface')
    .argument('[paths...]', 'two .cnn files; with --against, files and folders')
    .option('--against <revision>', 'compares with what git has at this revision: main, HEAD~1')
    .option('--model <name>', 'compares this model only; OLD:NEW where it has two names')
    .option(
      '--fail-on <what>',
      'exit 1 where an old checkpoint no longer loads (weights), inputs or outputs differ (interface), or a cost grows (cost:5%, params:0%, macs:5%, flops:5%, peak:5%); repeatable',
      failOn,
    )
    .option('--exit-code', 'exit 1 where anything differs')
    .addOption(formatOption('text', 'json', 'markdown'))
    .option('-o, --output-file <file>', 'writes the report there instead of standard output')
    .action((paths: readonly string[], flags: DiffFlags) =>
      run(flags, async (io, all) => (await import('./commands/diff.js')).diff(io, paths, all)),
    );

  modelling(program.command('build'))
    .description('writes a model that others load as it is')
    .argument('<file>', 'a .cnn file, or - for standard input')
    .argument('[model]', 'the model or instance, where the file has several')
    .requiredOption(
      '--to <target>',
      'what loads it: tfjs-layers, tfjs-graph, or js for a folder with all that is needed',
    )
    .requiredOption('-o, --out <folder>', 'the folder of the model')
    .option('--weights <file>', 'a file of weights, or the folder of a run; fresh ones where none is named')
    .option('--mapping <file>', 'the names that the weights have: what `weights match` writes')
    .option('--seed <n>', 'where the random numbers of fresh weights begin', wholeNumber(0, 2 ** 32 - 1))
    .option('--training', 'has outputs that exist in training only, too')
    .option('--limit-memory <bytes>', 'how much memory the weights may take: 500_000, 4GiB', byteCount)
    .option('--force', 'overwrites the model that is in the folder')
    .action((file: string, model: string | undefined, flags: BuildFlags) =>
      run(flags, async (io, all) => (await import('./commands/build.js')).build(io, file, model, all)),
    );

  running(program.command('train'))
    .description('trains a model on a data set')
    .argument('<file>', 'a .cnn file')
    .argument('[model]', 'the model or instance, where the file has several')
    .requiredOption(
      '--data <data>',
      'mnist, a folder of IDX files, or a folder with one folder of images a class',
    )
    .requiredOption('-o, --out <folder>', 'the folder of this run: weights, history, curves, checkpoints')
    .option('--epochs <n>', 'how often every example is seen', wholeNumber(1))
    .option('--batch <n>', 'examples a step', wholeNumber(1))
    .option('--limit <n>', 'trains on the first n examples only', wholeNumber(1))
    .option('--set-train <name=value>', 'overrides what the train block says (repeatable)', nameAndValue)
    .option('--weights <file>', 'starts from these weights instead of fresh ones')
    .option('--mapping <file>', 'the names that the weights have: what `weights match` writes')
    .option('--resume', 'goes on from the newest whole checkpoint in the folder')
    .option(
      '--checkpoint-every <steps>',
      'writes a checkpoint after so many steps and after each epoch; by default so seldom that it takes less than 2% of the time',
      wholeNumber(1),
    )
    .option('--force', 'overwrites the run that is in the folder')
    .action((file: string, model: string | undefined, flags: TrainFlags) =>
      run(flags, async (io, all) => (await import('./commands/train.js')).train(io, file, model, all)),
    );

  running(program.command('evaluate'))
    .description('measures a trained model on the test part of a data set')
    .argument('<file>', 'a .cnn file')
    .argument('[model]', 'the model or instance, where the file has several')
    .requiredOption('--data <data>', 'as for train')
    .requiredOption('--weights <file>', 'a file of weights, or the folder of a run')
    .option('--mapping <file>', 'the names that the weights have: what `weights match` writes')
    .option('--batch <n>', 'examples at once', wholeNumber(1))
    .option('--limit <n>', 'the first n examples only', wholeNumber(1))
    .option('--show <n>', 'draws the first n images with what the model reads', wholeNumber(0))
    .addOption(formatOption('text', 'json'))
    .action((file: string, model: string | undefined, flags: EvaluateFlags) =>
      run(flags, async (io, all) => (await import('./commands/evaluate.js')).evaluate(io, file, model, all)),
    );

  seeding(modelling(program.command('augment')))
    .description('draws a sheet of what a training sees of images: as they are, then in each epoch')
    .argument('<file>', 'a .cnn file')
    .argument('[model-or-images...]', 'the model or instance, where the file has several, and images')
    .requiredOption('-o, --out <file>', 'the PNG file that is written')
    .option('--data <data>', 'shows an image of this data set, as for train, changed as its training does')
    .option('--example <n>', 'which of its images; the first where nothing is said', wholeNumber(1))
    .option('--rows <n>', 'rows of each image; 3, or 1 where several images are named', wholeNumber(1, 100))
    .option('--columns <n>', 'images in a row', wholeNumber(1, 100), 8)
    .option('--set-train <name=value>', 'overrides what the train block says (repeatable)', nameAndValue)
    .action((file: string, words: readonly string[], flags: AugmentFlags) =>
      run(flags, async (io, all) => (await import('./commands/augment.js')).augment(io, file, words, all)),
    );

  running(program.command('predict'))
    .description('shows what a trained model reads in PNG and JPEG files, or writes the image that it makes')
    .argument('<file>', 'a .cnn file')
    .argument('<model-or-images...>', 'the model or instance, where the file has several, and images')
    .requiredOption('--weights <file>', 'a file of weights, or the folder of a run')
    .option('--mapping <file>', 'the names that the weights have: what `weights match` writes')
    .option('--top <n>', 'how many classes are shown', wholeNumber(1), 3)
    .option('--show', 'draws the images too')
    .option('-o, --out <file>', 'the PNG file that is written by a model whose output is an image')
    .addOption(formatOption('text', 'json'))
    .action((file: string, rest: readonly string[], flags: PredictFlags) =>
      run(flags, async (io, all) => (await import('./commands/predict.js')).predict(io, file, rest, all)),
    );

  measuringCommands(program, run);
  weightsCommands(program, run);

  reading(program.command('fmt'))
    .description('writes files in the one canonical layout; a file with a syntax error is left alone')
    .argument('[paths...]', 'files, folders that are searched for *.cnn, or - for standard input', ['.'])
    .option('--check', 'writes nothing; exit 1 where a file would change')
    .option('--stdout', 'writes to standard output instead of the files')
    .action((paths: readonly string[], flags: FmtFlags) =>
      run(flags, async (io, all) => (await import('./commands/fmt.js')).fmt(io, paths, all)),
    );

  program
    .command('explain')
    .description('explains a code, with a wrong and a mended example')
    .argument('[code]', 'such as shape-mismatch; all codes where none is given')
    .action((code: string | undefined, flags: OutputFlags) =>
      run(flags, async (io) => (await import('./commands/explain.js')).explain(io, code)),
    );

  program
    .command('doctor')
    .description('shows versions, which engines work and how fast, and how to get what is missing')
    .addOption(formatOption('text', 'json'))
    .action((flags: DoctorFlags) =>
      run(flags, async (io, all) => (await import('./commands/doctor.js')).doctor(io, all)),
    );

  reading(program.command('init'))
    .description('writes a first .cnn file to begin with')
    .argument('[file]', 'its name', 'model.cnn')
    .action((file: string, flags: ReadFlags) =>
      run(flags, async (io) => (await import('./commands/init.js')).init(io, file)),
    );

  program
    .command('completions')
    .description('prints the completions of a shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action((shell: 'bash' | 'zsh' | 'fish', flags: OutputFlags) =>
      run(flags, async (io) => (await import('./commands/completions.js')).completions(io, program, shell)),
    );

  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ])
    command.exitOverride();
  return program;
}
