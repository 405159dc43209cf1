import type { Command } from 'commander';
import type { Run } from './run-command.js';
import type { ConvertFlags } from './commands/weights-convert.js';
import type { MatchFlags } from './commands/weights-match.js';
import { formatOption, modelling } from './shared-options.js';
import type { OutputFlags } from './io.js';

/** The commands on files of weights: `cnnc weights inspect`, `convert`, `match`. */
export function weightsCommands(program: Command, run: Run): void {
  const weights = program
    .command('weights')
    .description('looks into files of weights, converts them, and finds out which array is which of a model');

  weights
    .command('inspect')
    .description('lists names, shapes, types and bytes of the arrays, and the texts beside them')
    .argument('<file>', 'safetensors, a model.json of TensorFlow.js, .h5 or .keras; or the folder of a run')
    .addOption(formatOption('text', 'json'))
    .action((file: string, flags: OutputFlags & { readonly format: string }) =>
      run(flags, async (io, all) =>
        (await import('./commands/weights-inspect.js')).weightsInspect(io, file, all),
      ),
    );

  weights
    .command('convert')
    .description('writes the weights of any format as safetensors')
    .argument('<file>', 'as for inspect')
    .requiredOption('-o, --out <file>', 'the file that is written, such as model.safetensors')
    .option('--mapping <file>', 'the names and the layout of a model: what `weights match` writes')
    .option('--force', 'overwrites the file that is there')
    .action((file: string, flags: OutputFlags & ConvertFlags) =>
      run(flags, async (io, all) =>
        (await import('./commands/weights-convert.js')).weightsConvert(io, file, all),
      ),
    );

  modelling(weights.command('match'))
    .description('finds which array of a file is which of a model, by kind, shape and order')
    .argument('<file>', 'a .cnn file')
    .argument('<weights>', 'as for inspect')
    .argument('[model]', 'the model or instance, where the file has several')
    .option('-o, --out <file>', 'writes what was found as a text to read and edit, such as model.map')
    .option(
      '--trust-order',
      'takes layers of one shape in the order of their names, where those say nothing else',
    )
    .option('--force', 'overwrites the file that is there')
    .action((file: string, path: string, model: string | undefined, flags: MatchFlags) =>
      run(flags, async (io, all) =>
        (await import('./commands/weights-match.js')).weightsMatch(io, file, { weights: path, model }, all),
      ),
    );
}
