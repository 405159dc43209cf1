import { defineConfig } from 'vitest/config';

/** Every example learns a batch by heart: minutes rather than seconds, so not among the tests. */
export default defineConfig({
  test: {
    include: ['test/learning/**/*.learning.ts'],
    pool: 'forks',
    maxWorkers: 2,
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
    testTimeout: 600_000,
    hookTimeout: 60_000,
    env: { NO_COLOR: '1' },
  },
});
