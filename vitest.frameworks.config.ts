import { defineConfig } from 'vitest/config';

/** What needs the frameworks themselves: `npm run test:frameworks` installs them, and says where Python is. */
export default defineConfig({
  test: {
    include: ['test/frameworks/**/*.frameworks.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 300_000,
  },
});
