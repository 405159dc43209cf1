import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { explainedCodes } from '../explained.js';
import type { Io } from '../io.js';

/** The shells that completions are written for. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** Prints the completions of a shell: the commands, the flags of each, and the codes that are explained. */
export function completions(io: Io, program: Command, shell: Shell): Promise<ExitCode> {
  io.out.write(textFor(shell, wordsOf(program)));
  return Promise.resolve(exitCodes.well);
}

/** A command with what may be typed behind it. */
interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly string[];
  /** What else stands behind it, apart from files. */
  readonly words: readonly string[];
}

function wordsOf(program: Command): readonly CommandWords[] {
  const everywhere = flagsOf(program);
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    flags: [...flagsOf(command), ...everywhere, '--help'],
    words: command.name() === 'explain' ? explainedCodes() : command.commands.map((each) => each.name()),
  }));
}

function flagsOf(command: Command): readonly string[] {
  return command.options.flatMap((option) =>
    option.hidden || option.long === undefined ? [] : [option.long],
  );
}

function textFor(shell: Shell, commands: readonly CommandWords[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
  }
}

function bash(commands: readonly CommandWords[]): string {
  const cases = commands
    .map(({ name, flags, words }) => `    ${name}) words="${[...flags, ...words].join(' ')}" ;;\n`)
    .join('');
  const names = commands.map(({ name }) => name).join(' ');
  return `_cnnc() {
  local words
  case "\${COMP_WORDS[1]}" in
${cases}    *) words="" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names}"; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cnnc cnnc
`;
}

function zsh(commands: readonly CommandWords[]): string {
  const cases = commands
    .map(({ name, flags, words }) => `    ${name}) compadd -- ${[...flags, ...words].join(' ')}; _files ;;\n`)
    .join('');
  const names = commands.map(({ name }) => name).join(' ');
  return `#compdef cnnc
_cnnc() {
  if (( CURRENT == 2 )); then compadd -- ${names}; return; fi
  case "$words[2]" in
${cases}  esac
}
compdef _cnnc cnnc
`;
}

function fish(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, description, flags, words }) => [
    `complete -c cnnc -n __fish_use_subcommand -f -a ${name} -d '${description.replaceAll("'", '’')}'`,
    ...flags.map((flag) => `complete -c cnnc -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`),
    ...words.map((word) => `complete -c cnnc -n '__fish_seen_subcommand_from ${name}' -f -a ${word}`),
  ]);
  return `${lines.join('\n')}\n`;
}
