import { explainProblem } from '../../diagnostics/explain.js';
import { suggest } from '../../diagnostics/suggest.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { explained, explainedCodes } from '../explained.js';
import { usageFailure } from '../failure.js';
import type { Io } from '../io.js';

/** Explains a code, or lists all. */
export function explain(io: Io, code: string | undefined): Promise<ExitCode> {
  if (code === undefined) {
    io.out.write(
      explainedCodes()
        .map((known) => `${known}\n`)
        .join(''),
    );
    return Promise.resolve(exitCodes.well);
  }
  const problem = explained.find((known) => known.code === code);
  if (problem === undefined) {
    const near = suggest(code, explainedCodes());
    throw usageFailure(
      `there is no code \`${code}\``,
      near === undefined ? 'cnnc explain lists all' : `did you mean \`${near}\`?`,
    );
  }
  io.out.write(`${explainProblem(problem)}\n`);
  return Promise.resolve(exitCodes.well);
}
