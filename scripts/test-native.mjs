import { runNode } from './house/run.mjs';
import { runTests } from './house/vitest.mjs';

// `npm run test:native`: installs TensorFlow's native library where it is missing, then holds every layer, its gradients,
// whole networks and trainings on it against their definition; arguments go to vitest.

const config = ['--config', 'vitest.native.config.ts'];
process.exitCode = await runTests([...config, ...process.argv.slice(2)], () =>
  runNode(['scripts/native.mjs'], { output: 'to-stderr' }),
);
