import { CommanderError } from 'commander';
import { escapeForTerminal } from '../diagnostics/escape.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { isFailure } from './failure.js';

/** How a command ended that threw: its exit code, and what is said on standard error. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly text: string;
}

/** Makes an outcome of whatever was thrown: a failure says what to mend, anything else is our own mistake. */
export function outcomeOf(error: unknown, args: readonly string[], version: string): Outcome {
  if (error instanceof CommanderError) {
    // Its message has been written; help and version are no errors.
    return { exitCode: error.exitCode === 0 ? exitCodes.well : exitCodes.usage, text: '' };
  }
  if (isFailure(error)) {
    const help = error.help === undefined ? '' : `  help: ${escapeForTerminal(error.help)}\n`;
    return { exitCode: error.exitCode, text: `cnnc: ${escapeForTerminal(error.message)}\n${help}` };
  }
  return { exitCode: exitCodes.internal, text: ourMistake(error, args, version) };
}

function ourMistake(error: unknown, args: readonly string[], version: string): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const lines = [
    'cnnc: this is a mistake of the program, not yours; please report it with these lines and the file',
    `  version  cnnc ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `  command  cnnc ${args.map((argument) => JSON.stringify(argument)).join(' ')}`,
    `  error    ${escapeForTerminal(what)}`,
    args.includes('--verbose') && error instanceof Error ? (error.stack ?? '') : '  (--verbose shows where)',
  ];
  return lines.map((line) => `${line}\n`).join('');
}
