import { describe, expect, test } from 'vitest';
import { answeringModel, promptOf } from '../../../support/answering-model.ts';
import { heldModel } from '../../../support/held-model.ts';
import { OWNER, SCENE } from '../../../support/play-house.ts';
import { openTavern } from './tavern.ts';

async function tavern(options: Parameters<typeof openTavern>[0] = {}) {
  const models = { actor: answeringModel(), director: answeringModel(), narrator: answeringModel() };
  const house = await openTavern({ models, ...options }, ['wenna', 'tom', 'ines']);
  const { engine } = house;
  await engine.hear(SCENE, { player: OWNER, text: 'Good evening.' });
  await engine.idle(SCENE);
  const mindOf = async (card: string) => JSON.stringify(await engine.backstage.mind(SCENE, card));
  return { ...house, models, mindOf };
}

describe('an event of the game', () => {
  test('before everyone is told on stage, and everyone knows of it', async () => {
    const { engine, stage, mindOf } = await tavern();
    const n = await engine.game.perceive(SCENE, { text: 'A mug breaks.', witnesses: 'everyone' });
    expect(stage.shown.at(-1)).toMatchObject({ n, kind: 'narration', segments: [{ text: 'A mug breaks.' }] });
    for (const card of ['wenna', 'tom', 'ines']) expect(await mindOf(card)).toContain('A mug breaks.');
  });

  test('that all who are there are named for is told on stage, too', async () => {
    const { engine, stage } = await tavern();
    const witnesses = [{ card: 'wenna' }, { card: 'tom' }, { card: 'ines' }, { player: OWNER.id }];
    const n = await engine.game.perceive(SCENE, { text: 'A mug breaks.', witnesses });
    expect(stage.shown.at(-1)).toMatchObject({ n, kind: 'narration' });
  });

  test('before one alone is in that mind, and nowhere else', async () => {
    const { engine, stage, models, mindOf } = await tavern();
    const shown = stage.shown.length;
    await engine.game.perceive(SCENE, { text: 'SAW-IT a purse is cut.', witnesses: [{ card: 'tom' }] });
    expect(stage.shown).toHaveLength(shown);
    expect(await mindOf('tom')).toContain('SAW-IT');
    for (const card of ['wenna', 'ines']) expect(await mindOf(card)).not.toContain('SAW-IT');
    expect(JSON.stringify(await engine.replay(SCENE))).not.toContain('SAW-IT');
    expect(JSON.stringify(await engine.ledger.recent(SCENE, 50))).not.toContain('SAW-IT');
    for (const who of ['tom', 'wenna', 'environment', undefined]) {
      await engine.next(SCENE, who);
      await engine.idle(SCENE);
    }
    const reads = (request: { messages: readonly { content: string }[] }) =>
      JSON.stringify(request).includes('SAW-IT');
    expect(models.director.asked.some(reads)).toBe(false);
    expect(models.narrator.asked.some(reads)).toBe(false);
    const actors = models.actor.asked.filter(reads).map(promptOf);
    expect(actors.length).toBeGreaterThan(0);
    for (const prompt of actors) expect(prompt).toContain('Your character: Tom Reddick');
  });

  test('nobody answers by themselves', async () => {
    const { engine, models } = await tavern();
    const before = models.actor.asked.length;
    await engine.game.perceive(SCENE, { text: 'A mug breaks.', witnesses: 'everyone' });
    await engine.game.perceive(SCENE, { text: 'A purse is cut.', witnesses: [{ card: 'tom' }] });
    await engine.idle(SCENE);
    expect(models.actor.asked).toHaveLength(before);
  });

  test('is refused for somebody who was never there, and without a word', async () => {
    const { engine } = await tavern();
    const nobody = engine.game.perceive(SCENE, { text: 'A mug breaks.', witnesses: [{ card: 'nobody' }] });
    await expect(nobody).rejects.toThrow('never in this scene');
    await expect(engine.game.perceive(SCENE, { text: ' ', witnesses: 'everyone' })).rejects.toThrow(
      'Say what',
    );
  });

  test('that the one who is making a turn notices, the turn is begun anew with', async () => {
    const actor = heldModel();
    const { engine, stage } = await tavern({ models: { actor } });
    await engine.next(SCENE, 'tom');
    await actor.asked(1);
    await engine.game.perceive(SCENE, { text: 'SAW-IT', witnesses: [{ card: 'tom' }] });
    expect(JSON.stringify(await actor.asked(2))).toContain('SAW-IT');
    expect(actor.aborted()).toBe(1);
    actor.answer(2, '<system_thinking>He saw it.</system_thinking>Hm.');
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toBe('Tom Reddick: Hm.');
  });

  test('that another notices breaks nothing off', async () => {
    const actor = heldModel();
    const { engine } = await tavern({ models: { actor } });
    await engine.next(SCENE, 'tom');
    await actor.asked(1);
    await engine.game.perceive(SCENE, { text: 'SAW-IT', witnesses: [{ card: 'wenna' }] });
    actor.answer(1, '<system_thinking>Nothing.</system_thinking>Hm.');
    await engine.idle(SCENE);
    expect(actor.aborted()).toBe(0);
  });
});
