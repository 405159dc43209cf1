import { escapeForTerminal } from '../diagnostics/escape.js';

/**
 * Text of a user's at the start of a line for people. GitHub reads a line of a log that begins with `::` as a command, with
 * spaces before it too: the first colon is shown as `\u{3a}`.
 */
export function textAtLineStart(text: string): string {
  return escapeForTerminal(text).replace(command, '$1\\u{3a}:');
}

/** The same for a path, which stays one: `./::error.cnn`. */
export function pathAtLineStart(path: string): string {
  const shown = escapeForTerminal(path);
  return command.test(shown) ? `./${shown}` : shown;
}

/** Where a line of a log begins a command of GitHub's. */
export const command = /^(\s*)::/;
