import { runTests } from './house/vitest.mjs';
import { fetchWeights } from './house/weights.mjs';

// `npm run test:pretrained`: fetches published weights, then compares what models with them give with what their own
// packages give; arguments go to vitest.

const config = ['--config', 'vitest.pretrained.config.ts'];
process.exitCode = await runTests([...config, ...process.argv.slice(2)], fetchWeights);
