import type { Command } from 'commander';

/**
 * The arguments without a wish for help where the command is none of the program's: help on it would be that of the
 * program and end well, and a script would take the command for one that is there.
 */
export function withoutHelpOnUnknown(program: Command, args: readonly string[]): readonly string[] {
  const command = args.find((argument) => !argument.startsWith('-'));
  if (command === undefined || command === 'help') return args;
  if (program.commands.some((known) => known.name() === command)) return args;
  return args.filter((argument) => argument !== '--help' && argument !== '-h');
}
