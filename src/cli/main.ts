import packageJson from '../../package.json' with { type: 'json' };
import { exitCodes, type ExitCode } from './exit-codes.js';
import { watchStandardStreams } from './io.js';
import { outcomeOf } from './outcome.js';
import { commandLine } from './program.js';
import { withoutHelpOnUnknown } from './without-help.js';

// Nothing calls process.exit: it would cut off what a pipe has not taken yet.
watchStandardStreams();
await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const program = commandLine(packageJson.version, finish);
  try {
    await program.parseAsync([...withoutHelpOnUnknown(program, args)], { from: 'user' });
  } catch (error) {
    const { exitCode, text } = outcomeOf(error, args, packageJson.version);
    process.stderr.write(text);
    finish(exitCode);
  }
}

/** A write that failed meanwhile has set its own code, which stays. */
function finish(code: ExitCode): void {
  if (process.exitCode !== exitCodes.readOrWrite) process.exitCode = code;
}
