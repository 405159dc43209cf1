import { defineConfig } from 'vitest/config';

/** What holds TensorFlow's native library against the definitions: `npm run test:native` installs it first. */
export default defineConfig({
  test: {
    include: [
      'test/conformance/**/*.test.ts',
      'test/runtime/{checkpoints,engine,executor,training}/**/*.test.ts',
      'test/native/**/*.native.ts',
    ],
    pool: 'forks',
    maxWorkers: 2,
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { CNNC_TEST_ENGINE: 'node', NO_COLOR: '1' },
  },
});
