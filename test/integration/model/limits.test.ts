import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Models, openModels } from '../../../src/model/model-cast.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { ask } from './ask.ts';

let double: ModelDouble;
let gate = Promise.withResolvers<Reply>();
beforeAll(async () => {
  double = await startModelDouble({ script: () => gate.promise });
});
afterAll(() => double.close());

function settings(fields: object) {
  return modelSettingsSchema.parse({ name: 'double-1', baseUrl: double.url, ...fields });
}

/** Asks eight times in turn; no answer comes before `running` requests have come in. */
async function expectAtOnce(running: number, models: Models): Promise<void> {
  gate = Promise.withResolvers();
  const before = double.prompts.length;
  const all = Object.values(models);
  const answers = Array.from({ length: 8 }, (_, i) => {
    const model = all[i % all.length];
    return model ? ask(model) : undefined;
  });
  await double.received(before + running);
  // One more would have come by now.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(double.prompts.length - before).toBe(running);
  gate.resolve('Yes.');
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ text: 'Yes.' });
}

describe('the models of one endpoint', () => {
  test('share one limit, the narrowest', async () => {
    const models = openModels({
      actor: settings({ concurrency: 5 }),
      director: settings({ concurrency: 2, baseUrl: `${double.url}/` }),
    });
    await expectAtOnce(2, models);
  });

  test('have limits of their own under keys of their own', async () => {
    const models = openModels({
      actor: settings({ concurrency: 2, apiKey: 'one' }),
      judge: settings({ concurrency: 2, apiKey: 'two' }),
    });
    await expectAtOnce(4, models);
  });

  test('keep their own names, and parts without settings stay empty', () => {
    const models = openModels({
      narrator: settings({ name: 'storm' }),
      judge: settings({ name: 'stern', profile: 'her' }),
    });
    expect(models.narrator).toMatchObject({ name: 'storm', profile: 'plain', planning: 'short' });
    expect(models.judge).toMatchObject({ name: 'stern', profile: 'her', planning: 'full' });
    expect(models.actor).toBeUndefined();
  });
});
