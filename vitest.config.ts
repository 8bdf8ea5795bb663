import { defineConfig } from 'vitest/config';

// Functions of data alone: their tests share processes, which spares most of the time that loading takes.
const PURE = ['format', 'scene', 'director', 'judge', 'lab', 'performer', 'words', 'enrich'].map(
  (room) => `test/{unit,property}/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    // Processes, not threads: tests start servers, children and browsers, and handle signals.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'house', include: ['test/**/*.test.ts'], exclude: PURE } },
    ],
  },
});
