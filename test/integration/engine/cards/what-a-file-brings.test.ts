import { describe, expect, test } from 'vitest';
import { writePngCard } from '../../../../src/cast/cards/png-card.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { smallCard, smallCardFile, smallPng, smallWorldFile } from '../../../support/small-card.ts';
import { CREATOR, HERE, MODERATOR, names, onDiscord, STRANGER } from './card-desks.ts';

describe('what a file brings', () => {
  test('worlds, with who brought them', async () => {
    const { engine, store } = await onDiscord();
    const { worlds, characters } = await engine.cards.bring(CREATOR, 'The coast.json', smallWorldFile());
    expect(characters).toEqual([]);
    expect(worlds[0]).toMatchObject({
      id: 'the-coast',
      name: 'The coast',
      by: '11',
      book: { id: 'the-coast' },
    });
    expect(worlds[0]?.book.entries[0]?.text).toBe('The lighthouse has been dark since spring.');
    await engine.close();
    const library = await (await onDiscord(store)).engine.cards.library(HERE);
    expect(library.worlds()).toEqual(worlds);
    await expect(engine.cards.removeWorld(STRANGER, 'the-coast')).rejects.toThrow('only they or a moderator');
  });

  test('several cards in one file; those that may not come in are told of', async () => {
    const { engine } = await onDiscord();
    const file = new TextEncoder().encode(
      `[${['Marrow', 'Narrator of Tales', 'Discord Dan', 'Sexton']
        .map((name) => new TextDecoder().decode(smallCardFile(name)))
        .join(',')}]`,
    );
    const brought = await engine.cards.bring(CREATOR, 'all.json', file);
    expect(names(brought.characters)).toEqual(['Marrow', 'Narrator of Tales', 'Sexton']);
    expect(brought.warnings.join('\n')).toContain('Discord Dan: “Discord Dan” holds a word');
  });

  test('a picture that cannot be shown is left out, and its card comes without it', async () => {
    const { engine } = await onDiscord();
    const shown = writePngCard(smallCard('Marrow'), smallPng(40));
    expect((await engine.cards.bring(CREATOR, 'm.png', shown)).characters[0]?.avatar).toMatchObject({
      type: 'stored',
    });
    const stored = await (await engine.cards.library(HERE)).card('marrow');
    expect(Buffer.from(stored?.picture ?? []).includes('chara')).toBe(false);
  });

  test.each([
    [
      'a chat',
      'x.jsonl',
      '{"user_name":"Mara","character_name":"Tom","chat_metadata":{}}\n{"name":"Tom","mes":"Hi"}',
    ],
  ])('%s is refused', async (_what, name, text) => {
    const { engine } = await onDiscord();
    await expect(engine.cards.bring(CREATOR, name, new TextEncoder().encode(text))).rejects.toThrow(
      '/scene import',
    );
  });

  test('a file that is none keeps its reason', async () => {
    const { engine } = await onDiscord();
    const broken = engine.cards.bring(CREATOR, 'x.json', new TextEncoder().encode('{"name": 1'));
    await expect(broken).rejects.toThrow(PlayerError);
    await expect(broken).rejects.toThrow('x.json');
  });

  test('moderators see who brought, changed and removed what', async () => {
    const { engine } = await onDiscord();
    await engine.cards.bring(CREATOR, 'm.json', smallCardFile('Marrow'));
    await engine.cards.save(CREATOR, smallCard('Sexton'));
    await engine.cards.save(MODERATOR, smallCard('Sexton', { tags: ['x'] }), { id: 'sexton' });
    await engine.cards.bring(CREATOR, 'The coast.json', smallWorldFile());
    await engine.cards.remove(MODERATOR, 'marrow');
    await engine.cards.removeWorld(CREATOR, 'the-coast');
    await engine.audit.settled();
    const noted = [...(await engine.audit.recent(HERE))].reverse();
    expect(noted.map(({ kind, by, quote }) => [kind, by, quote])).toEqual([
      ['card-imported', '11', 'Marrow'],
      ['card-saved', '11', 'Sexton'],
      ['card-saved', '12', 'Sexton'],
      ['world-imported', '11', 'The coast'],
      ['card-removed', '12', 'Marrow'],
      ['world-removed', '11', 'The coast'],
    ]);
  });
});
