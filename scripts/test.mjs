import { runTests } from './house/vitest.mjs';

// `npm test`: installs and builds what is missing, then runs the tests; arguments go to vitest.

process.exitCode = await runTests(process.argv.slice(2));
