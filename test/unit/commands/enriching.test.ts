import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import { answers, FERRY_TEXT, ferryCard, found } from '../enrich/ferry.ts';
import { CARRIED, SCAR } from '../enrich/findings.ts';
import { openDesk, people, SERVER } from './typing.ts';

/** A server that has the ferry woman, and a model that knows what her card lacks. */
async function ferryDesk() {
  const narrator = answers({ description: found(SCAR), background: found(CARRIED) });
  const desk = await openDesk({ models: { narrator } });
  const by = { id: people.manager.id, moderator: true };
  const text = { extensions: {}, scenario: FERRY_TEXT };
  const { character } = await desk.engine.cards.save({ server: SERVER, by }, ferryCard(text));
  const library = await desk.engine.cards.library(SERVER);
  return {
    ...desk,
    narrator,
    library,
    type: (line: string, as = people.manager) => desk.type(line, as, { library }),
    card: async () => (await library.card(character.id))?.card,
  };
}

describe('/character enrich, typed', () => {
  test('shows the difference and its sources, and takes what was shown', async () => {
    const { type, card, narrator } = await ferryDesk();
    const shown = await type('/character enrich Oda');
    expect(shown).toContain('nothing is changed yet');
    expect(shown).toMatch(/\+ She is a broad woman of forty/u);
    expect(shown).toContain('From: “a broad woman of forty with a scar across her left palm”');
    expect((await card())?.description).not.toContain('scar');
    const asked = narrator.asked.length;
    expect(await type('/character enrich Oda accept: description')).toContain('Saved');
    expect(narrator.asked).toHaveLength(asked);
    expect((await card())?.description).toContain('scar');
    expect((await card())?.extensions.dramatis.background).toBe('');
  });

  test('accepted at once, it asks first', async () => {
    const { type, card, narrator } = await ferryDesk();
    expect(await type('/character enrich name: Oda accept: all')).toContain('Saved');
    expect(narrator.asked.length).toBeGreaterThan(0);
    expect((await card())?.extensions.dramatis.background).toContain('carried her brother');
  });

  test('says which fields there are, and when there is nothing to take', async () => {
    const { type } = await ferryDesk();
    expect(await type('/character enrich Oda accept: hair')).toContain(
      'accept takes all, or some of description',
    );
    expect(await type('/character enrich Oda accept: manner')).toContain('the card is as it was');
  });

  test('is for those who may bring characters', async () => {
    const { type } = await ferryDesk();
    expect(await type('/character enrich Oda', people.passer)).toMatch(/^refused: /u);
  });

  test.each([
    ['/character enr', '/character enrich '],
    ['/character enrich O', '/character enrich Oda Rennick'],
    ['/character enrich Oda acc', '/character enrich Oda accept: '],
  ])('%s goes on as %j', async (typed, expected) => {
    const { context, library } = await ferryDesk();
    const found = await completeTypedCommand(typed, commands, { ...context(people.manager), library });
    expect(found.map(({ text }) => text)).toContain(expected);
  });
});
