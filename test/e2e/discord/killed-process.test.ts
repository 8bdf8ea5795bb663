import { expect, test } from 'vitest';
import { playEvening } from './killed/evening.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

// For a longer evening: KILLS=100 npm test -- test/e2e/discord/killed-process.test.ts
const KILLS = Number(process.env['KILLS'] ?? 6);
const SEED = Number(process.env['SEED'] ?? 1);

test(
  'a bot that is killed again and again loses nothing, says nothing twice, and gives nothing away',
  async () => {
    const evening = await playEvening({ kills: KILLS, killsPerAct: 12, seed: SEED });
    const { audits, leaks, double, reached } = evening;
    if (process.env['KILLS']) console.log(JSON.stringify({ reached, audits }, null, 1));
    expect(evening.kills).toBe(KILLS);
    for (const { lost, doubled, wrong } of audits) {
      expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
    }
    expect(audits.reduce((sum, { lines }) => sum + lines, 0)).toBeGreaterThan(KILLS / 2);
    expect(leaks).toEqual([]);
    expect(evening.exitCode).toBe(0);
    expect(Math.max(...evening.webhooks)).toBe(1);
    expect(double.unexpected).toEqual([]);
    expect(double.pings).toEqual([]);
    expect(mentionsAllowed(double).careless).toEqual([]);
  },
  KILLS * 20_000,
);
