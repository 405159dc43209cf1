import { python } from './house/python.mjs';
import { runNode } from './house/run.mjs';
import { runVitest } from './house/vitest.mjs';

// `npm run test:frameworks`: what needs Keras, TensorFlow and PyTorch themselves. The fixtures are computed again and
// compared, then models for tfjs-graph run on TensorFlow; arguments go to vitest.

const fixtures = await runNode(['scripts/fixtures.mjs', '--check']);
process.env['CNNC_PYTHON'] = python;
const config = ['--config', 'vitest.frameworks.config.ts'];
const graphs = await runVitest([...config, ...process.argv.slice(2)]);
process.exitCode = fixtures === 0 ? graphs : fixtures;
