import { defineConfig } from 'vitest/config';

// The tests that need a browser: `npm run test:browser` installs one where there is none.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/browser/**/*.browser.ts'],
    pool: 'forks',
    maxWorkers: 1,
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { NO_COLOR: '1' },
  },
});
