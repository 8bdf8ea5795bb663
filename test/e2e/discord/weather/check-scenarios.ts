import { afterAll, describe, expect, test } from 'vitest';
import { playEvening } from './evening.ts';
import type { Scenario } from './scenario.ts';

/** What is asked of Discord at most in a scenario that says nothing else. */
const MOST_REQUESTS = 120;

/** And how long it may take on a busy machine. */
const MOST_MS = 20_000;

/** Plays each scenario, checks that its promise holds, and prints what became of it. */
export function checkScenarios(kind: string, scenarios: readonly Scenario[]): void {
  const rows: Record<string, string | number>[] = [];
  afterAll(() => console.table(rows));

  describe(kind, () => {
    for (const scenario of scenarios) {
      const { name, promise, mostRequests = MOST_REQUESTS, mostMs = MOST_MS } = scenario;
      test(
        `${name}: ${promise}`,
        async () => {
          const audit = await playEvening(scenario);
          rows.push({ scenario: name, ...audit, lost: audit.lost.length, doubled: audit.doubled.length });
          expect(audit).toMatchObject({ lost: [], doubled: [] });
          expect(audit.faults).toBeGreaterThan(0);
          expect(audit.requests).toBeLessThanOrEqual(mostRequests);
        },
        mostMs,
      );
    }
  });
}
