import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, since a training run of TensorFlow.js keeps a thread busy; as many as the smallest machine has cores.
    pool: 'forks',
    maxWorkers: 2,
    // Chevrotain is hundreds of files: bundled once, it takes 30 ms a test file to load instead of 400.
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What a test changes of the environment or replaces is put back before the next.
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    env: {
      // How many programs the fuzz tests draw; continuous integration sets 20,000.
      CNNC_FUZZ: process.env['CNNC_FUZZ'] ?? '500',
      NO_COLOR: '1',
    },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
