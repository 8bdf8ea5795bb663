import { expect, test } from 'vitest';
import { emptyStore } from '../../support/empty-store.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { type End, playHandOvers } from './hand-over.ts';

// For a longer one: ENDS=20 npm test -- test/e2e/fleet/three-processes.test.ts
const ENDS = Number(process.env['ENDS'] ?? 2);
const SEED = Number(process.env['SEED'] ?? 1);

onSharedStores('three processes of the bot', (server) => {
  test(
    'when one is killed, or stands still, its scenes go on elsewhere, with nothing lost and nothing said twice',
    async () => {
      const store = await emptyStore(server);
      const ends = Array.from({ length: ENDS }, (_, i): End => (i % 2 === 0 ? 'killed' : 'stood still'));
      try {
        const { audits, silences, webhooks } = await playHandOvers(store.url, ends, SEED);
        console.log(`silent for ${silences.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}`);
        for (const { lost, doubled, wrong } of audits) {
          expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
        }
        expect(silences).toHaveLength(ENDS);
        expect(Math.max(...webhooks)).toBe(1);
      } finally {
        await store.drop();
      }
    },
    60_000 + ENDS * 45_000,
  );
});
