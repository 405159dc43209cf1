import { Option, type Command } from 'commander';
import { byteCount, limitFlags, nameAndValue, wholeNumber } from './flags.js';

/** The flags of every command that reads `.cnn` files. */
export function reading(command: Command): Command {
  command
    .option(
      '--root <folder>',
      'imports stay in this folder; by default the working folder, or that of the file',
    )
    .option('--stdin-filepath <path>', 'the name of what is read from standard input', '<stdin>');
  for (const { flag, what, usual, hardest } of limitFlags) {
    const option = new Option(
      `${flag} <n>`,
      `${what} (default ${String(usual)}, at most ${String(hardest)})`,
    );
    command.addOption(option.argParser(wholeNumber(1, hardest)).hideHelp());
  }
  return command.addHelpText('after', limitsHelp);
}

/** The flags of commands that work on one model. */
export function modelling(command: Command): Command {
  return reading(command)
    .option('--set <name=value>', 'gives a parameter of the model (repeatable)', nameAndValue)
    .option('--input <size>', "another size of the model's input, such as 299x299x3");
}

/** The flags of commands that run a model; some know other words for the engine. */
export function running(command: Command, engines: readonly string[] = []): Command {
  return seeding(modelling(command))
    .addOption(
      new Option('--engine <engine>', 'what computes')
        .choices(['auto', ...engines, 'node', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option(
      '--limit-memory <bytes>',
      'how much memory a run may be predicted to take: 500_000, 4GiB',
      byteCount,
    );
}

/** The flag of commands that draw random numbers. */
export function seeding(command: Command): Command {
  return command.option('--seed <n>', 'where every random number begins', wholeNumber(0, 2 ** 32 - 1));
}

/** How a result is written; the first form is the usual one. */
export function formatOption(...formats: readonly string[]): Option {
  return new Option('--format <format>', 'how the result is written').choices(formats).default(formats[0]);
}

const limitsHelp = ['\nLimits, by default and at most:', ...limitFlags.map(limitLine), ''].join('\n');

function limitLine({ flag, what, usual, hardest }: (typeof limitFlags)[number]): string {
  return `  ${`${flag} <n>`.padEnd(26)}${what} (${String(usual)}, ${String(hardest)})`;
}
