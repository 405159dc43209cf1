import { cpus } from 'node:os';
import { compiling } from './compiling.js';
import type { Effort, Row } from './measure.js';
import { reading } from './reading.js';
import { remembering } from './remembering.js';
import { mistakes } from './mistakes.js';
import { starting } from './starting.js';
import { training } from './training.js';

/** Every benchmark, in the order of the table. */
const benches: readonly ((effort: Effort) => Promise<readonly Row[]>)[] = [
  reading,
  compiling,
  remembering,
  mistakes,
  starting,
  training,
];

const effort: Effort = { smoke: process.argv.includes('--smoke') };
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, Node ${process.version}${effort.smoke ? ', smoke run' : ''}`,
);
for (const bench of benches) {
  for (const { what, value, target } of await bench(effort)) {
    console.log(
      `${what.padEnd(66)} ${value.padStart(14)}${target === undefined ? '' : `   (target: ${target})`}`,
    );
  }
}
