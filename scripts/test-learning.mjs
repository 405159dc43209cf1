import { fetchFashionMnist } from './house/fashion-mnist.mjs';
import { runTests } from './house/vitest.mjs';

// `npm run test:learning`: every example learns a batch by heart, which takes minutes; arguments go to vitest.

const config = ['--config', 'vitest.learning.config.ts'];
process.exitCode = await runTests([...config, ...process.argv.slice(2)], fetchFashionMnist);
