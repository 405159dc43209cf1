import { fetchWeights } from './house/weights.mjs';

// `npm run weights`: fetches the published weights of examples/pretrained into .cache/weights.

process.exitCode = await fetchWeights();
