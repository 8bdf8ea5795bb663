import { expect, test } from 'vitest';
import { askOnline } from '../../../../src/lab/calls/ask-online.ts';
import { ModelError, type ModelFailure } from '../../../../src/model/chat-model.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';

const REQUEST = { messages: [{ role: 'user' as const, content: 'a' }], maxTokens: 10, temperature: 0 };
const { signal } = new AbortController();

/** How often it was given up while these came of the requests, one after the other. */
async function givenUp(outcomes: readonly (ModelFailure | 'answered')[]): Promise<number> {
  let times = 0;
  const ask = askOnline(() => {
    times += 1;
  });
  for (const outcome of outcomes) {
    const model = labModel(answeringModel(), {
      async ask() {
        if (outcome !== 'answered') throw new ModelError(outcome, 'No.', { retryable: false });
        const usage = {
          model: 'm',
          promptTokens: 1,
          cachedTokens: 0,
          completionTokens: 1,
          msToFirst: 0,
          msToLast: 0,
        };
        return { text: 'yes', reasoning: '', end: 'stop', usage };
      },
    });
    await ask({ key: 'a', request: REQUEST, model, priority: undefined }, signal).catch(() => undefined);
  }
  return times;
}

test('an endpoint is given up after eight failures without an answer between them', async () => {
  expect(await givenUp(Array(7).fill('server-error'))).toBe(0);
  expect(await givenUp(Array(8).fill('server-error'))).toBe(1);
  expect(await givenUp([...Array(7).fill('bad-request'), 'answered', ...Array(7).fill('bad-request')])).toBe(
    0,
  );
});

test('at once where no answer can come', async () => {
  expect(await givenUp(['refused-key'])).toBe(1);
  expect(await givenUp(['unknown-model'])).toBe(1);
});
