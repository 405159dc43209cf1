import { escapeForTerminal } from '../diagnostics/escape.js';
import type { Failure } from '../runtime/outcome.js';
import { diagnosticsShown } from './flags.js';
import type { Io } from './io.js';

/** Shows what stands in the way of running a model: each problem with its code, and how to mend it. */
export function showProblems(io: Io, { problems }: Failure): void {
  const { red, bold } = io.err.colors;
  for (const { code, message, help } of problems.slice(0, diagnosticsShown.default)) {
    io.err.write(`${bold(red(`error[${code}]`))}${bold(`: ${escapeForTerminal(message)}`)}\n`);
    if (help !== undefined) io.err.write(`  = ${bold('help')}: ${escapeForTerminal(help)}\n`);
  }
  const rest = problems.length - diagnosticsShown.default;
  if (rest > 0) io.err.write(`and ${String(rest)} more\n`);
}
