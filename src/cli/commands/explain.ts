import { explainProblem } from '../../diagnostics/explain.js';
import { suggest } from '../../diagnostics/suggest.js';
import { problems } from '../../problems.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { Io } from '../io.js';

/** Explains a code, or lists all. */
export function explain(io: Io, code: string | undefined): Promise<ExitCode> {
  if (code === undefined) {
    io.out.write(
      problems
        .map((problem) => `${problem.code}\n`)
        .sort()
        .join(''),
    );
    return Promise.resolve(exitCodes.well);
  }
  const problem = problems.find((known) => known.code === code);
  if (problem === undefined) {
    const near = suggest(
      code,
      problems.map((known) => known.code),
    );
    throw usageFailure(
      `there is no code \`${code}\``,
      near === undefined ? 'cnnc explain lists all' : `did you mean \`${near}\`?`,
    );
  }
  io.out.write(`${explainProblem(problem)}\n`);
  return Promise.resolve(exitCodes.well);
}
