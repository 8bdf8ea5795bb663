import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, not threads: tests start servers, children and browsers, and handle signals.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
