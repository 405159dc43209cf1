import { compileTypeScript } from './house/compile-typescript.mjs';
import { runNode } from './house/run.mjs';

// `npm run bench`: the figures of bench/main.ts, from what lies in src/ now; arguments go there (`--smoke`).

const compiled = await compileTypeScript('bench/main.ts');
process.exitCode = await runNode(['--expose-gc', compiled, ...process.argv.slice(2)]);
