import { defineConfig } from 'vitest/config';

/** The comparisons that need published weights, which `npm run weights` fetches. */
export default defineConfig({
  test: {
    include: ['test/pretrained/**/*.pretrained.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    env: { NO_COLOR: '1' },
  },
});
