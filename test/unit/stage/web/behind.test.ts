import { expect, onTestFinished, test } from 'vitest';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { smallBook } from '../../../support/small-book.ts';
import { smallCharacter, smallLibrary } from '../../../support/small-library.ts';
import { joinStage } from './stage-client.ts';
import { openWebHouse } from './web-house.ts';

/** Wenna has answered a question whose word calls up lore of her card. */
async function answered(text: string) {
  const model = scriptedModel({});
  const book = smallBook({ keys: ['ferry bell'], text: 'LORE-TEXT: it rings by itself.' });
  const library = smallLibrary([smallCharacter('wenna', 'Old Wenna', { book })]);
  const web = await openWebHouse(library, { engine: { models: { actor: model, director: model } } });
  onTestFinished(() => web.close());
  const client = await joinStage(web.url);
  client.send({ type: 'open', start: { setting: 'A landing.', cast: ['wenna'] } });
  const { id: scene } = (await client.seen('opened')).scene;
  await web.engine.idle(scene);
  await client.ask({ type: 'say', text });
  await web.engine.idle(scene);
  const line = (await web.engine.past.swipes(scene))?.n ?? 0;
  return { web, client, scene, line };
}

test('why a line was said is told with the line’s own figures, and nothing that was thought', async () => {
  const { client, line } = await answered('Wenna, when does the boat leave?');
  const told = await client.ask({ type: 'why', beat: line });
  expect(told).toMatchObject({
    type: 'why',
    beat: line,
    made: { by: 'scripted', attempts: 1, lore: [], why: expect.stringContaining('Wenna') },
  });
  expect(JSON.stringify(told)).not.toMatch(/T-\d/);
  // A person's line was made by nobody.
  expect(await client.ask({ type: 'why', beat: line - 1 })).toEqual({
    type: 'why',
    beat: line - 1,
    re: expect.any(String),
  });
});

test('a mind’s memory is told: how much, what is pinned, and the lore behind its lines', async () => {
  const { client, line } = await answered('Wenna, tell me of the ferry bell.');
  await client.ask({ type: 'command', text: `/memory pin ${line}` });
  const told = await client.ask({ type: 'memory', character: 'wenna' });
  expect(told).toMatchObject({ type: 'memory', character: 'wenna', folded: 0, faded: 0, pinned: [line] });
  expect(told.type === 'memory' && told.beats).toBeGreaterThan(1);
  expect(told.type === 'memory' && told.lore[0]).toMatchObject({
    line,
    name: 'ferry bell',
    key: 'ferry bell',
    why: 'key',
  });
  expect(JSON.stringify(told)).not.toMatch(/T-\d|LORE-TEXT/);
});
