import { expect, test } from 'vitest';
import type { StartScene } from '../../../src/engine/engine-api.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const TAVERN = { level: 'channel', id: 'tavern', server: 's1' } as const;
const IN_TAVERN = 'discord:tavern';

async function onDiscord(options: Parameters<typeof playHouse>[0] = {}) {
  const stage = createRecordingStage('discord');
  const house = await playHouse({ stage, ...options });
  let messages = 0;
  const open = async (id: string, change: Partial<StartScene> = {}) => {
    await house.engine.start({
      id,
      stage: 'discord',
      server: 's1',
      owner: OWNER,
      cast: ['wenna', 'tom'],
      preset: 'conversation',
      seed: 1,
      ...change,
    });
    await house.engine.idle(id);
  };
  const say = (id: string, text: string) =>
    house.engine.hear(id, { player: OWNER, text, source: `m${++messages}` });
  return { ...house, stage, open, say };
}

/** How many turns of characters answer a line when the director would go on for ever. */
async function answersTo(
  { engine, say }: Pick<Awaited<ReturnType<typeof onDiscord>>, 'engine' | 'say'>,
  model: ReturnType<typeof scriptedModel>,
  id: string,
): Promise<number> {
  const turns = () => model.asked.filter(({ of }) => of !== 'director' && of !== 'world').length;
  const before = turns();
  await say(id, 'Well?');
  await engine.idle(id);
  return turns() - before;
}

test('how many turns answer a line is set for a channel, its threads too, from the next line on and after a restart', async () => {
  const model = scriptedModel({ next: () => 'random' });
  const models = { actor: model, director: model };
  const house = await onDiscord({ models });
  const { engine, open, store } = house;
  await open(IN_TAVERN);
  await open('discord:thread', { parent: 'tavern' });
  await open('discord:square');
  expect(await answersTo(house, model, IN_TAVERN)).toBe(3);
  await engine.settings.set(TAVERN, 'turnsPerLine', 1);
  expect(await answersTo(house, model, IN_TAVERN)).toBe(1);
  expect(await answersTo(house, model, 'discord:thread')).toBe(1);
  expect(await answersTo(house, model, 'discord:square')).toBe(3);
  await engine.close();

  const again = await onDiscord({ models, store });
  // Said under another id than before the restart.
  const say = (id: string, text: string) =>
    again.engine.hear(id, { player: OWNER, text, source: `again-${text}-${id}` });
  await again.engine.resume(IN_TAVERN);
  expect(await answersTo({ ...again, say }, model, IN_TAVERN)).toBe(1);
  await again.engine.settings.reset(TAVERN);
  expect(await answersTo({ ...again, say: again.say }, model, 'discord:square')).toBe(3);
});

test('a line breaks off the turn in the making, or waits for its end where interruptions are 0', async () => {
  const model = heldModel();
  const { engine, stage, open, say } = await onDiscord({ models: { actor: model } });
  await open(IN_TAVERN, { preset: 'called-only' });
  await say(IN_TAVERN, 'Tom?');
  await model.asked(1);
  await say(IN_TAVERN, 'Wenna, rather?');
  await model.asked(2);
  expect(model.aborted()).toBe(1);
  model.answer(2, 'Here I am.');
  await engine.idle(IN_TAVERN);
  expect(stage.lines().at(-1)).toMatch(/Wenna: Here I am\.$/);

  await engine.settings.set(TAVERN, 'interruptions', 0);
  await say(IN_TAVERN, 'Tom?');
  await model.asked(3);
  await say(IN_TAVERN, 'Wenna, rather?');
  expect(model.aborted()).toBe(1);
  model.answer(3, 'I was first.');
  await model.asked(4);
  model.answer(4, 'And I second.');
  await engine.idle(IN_TAVERN);
  expect(stage.lines().slice(-2)).toEqual([
    expect.stringMatching(/Tom Reddick: I was first\.$/),
    expect.stringMatching(/Wenna: And I second\.$/),
  ]);
});

test('a line that waited is answered, though only one turn answers a line', async () => {
  const model = heldModel();
  const { engine, stage, open, say } = await onDiscord({
    models: { actor: model },
    limits: { interruptions: 0, turnsPerLine: 1 },
  });
  await open(IN_TAVERN, { preset: 'called-only' });
  await say(IN_TAVERN, 'Tom?');
  await model.asked(1);
  await say(IN_TAVERN, 'Wenna, and you?');
  model.answer(1, 'I was first.');
  await model.asked(2);
  model.answer(2, 'And I second.');
  await engine.idle(IN_TAVERN);
  expect(stage.lines().at(-1)).toMatch(/Wenna: And I second\.$/);
});

test('the caps of a server follow what is set for it', async () => {
  const model = scriptedModel({});
  const { engine, stage, open, say } = await onDiscord({ models: { actor: model, director: model } });
  await open(IN_TAVERN);
  await engine.settings.set({ level: 'server', id: 's1', server: 's1' }, 'linesPerPlayerHour', 1);
  expect(await say(IN_TAVERN, 'Tom?')).toMatchObject({ heard: true });
  expect(await say(IN_TAVERN, 'Tom!')).toEqual({ heard: false, because: 'limit' });
  await engine.idle(IN_TAVERN);
  expect(stage.notices.at(-1)?.text).toMatch(/^You have said one line in this hour/);
  await engine.settings.set({ level: 'server', id: 's1', server: 's1' }, 'linesPerPlayerHour', 0);
  expect(await say(IN_TAVERN, 'Tom…')).toEqual({ heard: false, because: 'limit' });
  await engine.settings.reset({ level: 'server', id: 's1', server: 's1' });
  expect(await say(IN_TAVERN, 'Tom, again?')).toMatchObject({ heard: true });
  await engine.idle(IN_TAVERN);
});
