import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAsk, keyOf } from '../../../src/lab/calls/ask.ts';
import { openJournal } from '../../../src/lab/calls/journal.ts';
import type { ChatRequest } from '../../../src/model/chat-model.ts';
import { slowModel } from '../../support/slow-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-ask-'));
const reason = new Error('enough');
let runs = 0;

const asker = fc.record({
  words: fc.constantFrom('a', 'b', 'c'),
  take: fc.constantFrom(1, 2),
  /** Turns of the event loop until it asks, and until it leaves; never, in most cases. */
  comes: fc.nat(6),
  leaves: fc.option(fc.nat(12), { freq: 2 }),
});
type Asker = typeof asker extends fc.Arbitrary<infer T> ? T : never;

function request(content: string): ChatRequest {
  return { messages: [{ role: 'user', content }], maxTokens: 10, temperature: 0 };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
}

test('however askers come and go, each question is answered once and the answer stands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asker, { minLength: 1, maxLength: 12 }), fc.nat(8), async (askers, slow) => {
      runs += 1;
      const path = join(folder, `${runs}.jsonl`);
      const model = slowModel(() => slow);
      const journal = await openJournal(path);
      const ask = createAsk(journal);

      async function play({ words, take, comes, leaves }: Asker) {
        await turns(comes);
        const abort = new AbortController();
        const asked = ask(model, request(words), { take }, abort.signal);
        asked.catch(() => {});
        if (leaves !== null) {
          await turns(leaves);
          abort.abort(reason);
        }
        return asked;
      }

      const settled = await Promise.allSettled(askers.map(play));
      await turns(slow + 2);
      const said = new Map<string, string>();
      settled.forEach((one, at) => {
        if (one.status === 'rejected') {
          // Nobody fails but who left.
          expect(one.reason).toBe(reason);
          expect(askers[at]?.leaves).not.toBeNull();
          return;
        }
        const { key, text } = one.value;
        expect(said.get(key) ?? text).toBe(text);
        said.set(key, text);
      });
      // What was answered was written down, each once.
      const left = askers.filter(({ leaves }) => leaves !== null).length;
      expect(model.answered.length).toBeGreaterThanOrEqual(journal.size);
      // Who leaves in the moment in which it is answered has paid for nothing.
      expect(model.answered.length).toBeLessThanOrEqual(journal.size + left);
      await journal.close();

      const later = await openJournal(path);
      const replayed = slowModel();
      const again = createAsk(later);
      const { signal } = new AbortController();
      for (const { words, take } of askers) {
        const key = keyOf(replayed, request(words), take);
        const text = said.get(key);
        if (text === undefined) continue;
        expect((await again(replayed, request(words), { take }, signal)).text).toBe(text);
      }
      expect(replayed.begun).toHaveLength(0);
      await later.close();
    }),
    { numRuns: 150 },
  );
});
