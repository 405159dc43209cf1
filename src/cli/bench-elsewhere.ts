import { spawnSync } from 'node:child_process';
import type { Benchmark, EngineSpeed } from '../report/benchmark.js';
import type { Skipped } from '../report/verification.js';

/** What a process of its own is told beside the words of the command line. */
export interface Elsewhere {
  readonly engine: string;
  /** What stands for standard input there, which has been read. */
  readonly input: string;
}

/**
 * Runs this command line again for one engine, in a process of its own: the memory that it takes is its own then, and where it
 * dies the others go on. The last of two equal flags counts, so that the flags are put behind.
 */
export function benchElsewhere({ engine, input }: Elsewhere): EngineSpeed | Skipped {
  const [program = '', ...words] = process.argv.slice(1);
  const end = words.indexOf('--');
  const flags = ['--engine', engine, '--format', 'json', '--no-color'];
  const own = end === -1 ? [...words, ...flags] : [...words.slice(0, end), ...flags, ...words.slice(end)];
  const { stdout, stderr, signal, error } = spawnSync(
    process.execPath,
    [...process.execArgv, program, ...own],
    {
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
      windowsHide: true,
    },
  );
  if (error !== undefined) return { name: engine, why: error.message };
  if (signal !== null) return { name: engine, why: `its process was ended by ${signal}` };
  return speedIn(stdout) ?? { name: engine, why: lastLine(stderr) };
}

/** What the other process wrote of its one engine; undefined where it wrote nothing. */
function speedIn(written: string): EngineSpeed | undefined {
  const benchmark: unknown = written === '' ? undefined : JSON.parse(written);
  return isBenchmark(benchmark) ? benchmark.engines[0] : undefined;
}

function isBenchmark(value: unknown): value is Pick<Benchmark, 'engines'> {
  return typeof value === 'object' && value !== null && 'engines' in value;
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
