import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../../../../src/engine/cards/cards-api.ts';
import { smallCard, smallPng } from '../../../support/small-card.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
let desk: Desk;
beforeAll(async () => {
  theatre = await openTheatre();
  desk = { server: theatre.server.id, by: { id: theatre.bob.id, moderator: false } };
});
afterAll(() => theatre.close());

const engine = () => theatre.engine();
const names = () => theatre.card().attachments.map(({ name }) => name);

/** Lets a character speak and tells under which picture it did. */
async function pictureOf(id: string): Promise<string> {
  const since = theatre.double.position();
  await engine().next(`discord:${theatre.channel.id}`, id);
  await theatre.calm();
  const line = await theatre.line(/./, theatre.channel, since);
  return line.avatarUrl ?? '';
}

describe('the picture of a server’s own character', () => {
  test('hangs on the scene’s card, from the stored copy, and its lines show it', async () => {
    await engine().cards.save(desk, smallCard('Marrow'), { picture: smallPng(200) });
    await theatre.start({ cast: 'Marrow, Tom Reddick', preset: 'called-only' });
    await theatre.calm();
    expect(names()).toContainEqual(expect.stringMatching(/^marrow-[0-9a-f]{8}\.png$/));
    const [attached] = theatre.card().attachments.filter(({ name }) => name.startsWith('marrow'));
    expect(attached?.size).toBe(smallPng(200).length);
    const shown = await pictureOf('marrow');
    // Without a signature that would end some day: Discord makes such addresses new by itself.
    expect(shown).toMatch(/\/marrow-[0-9a-f]{8}\.png$/);
    expect(attached?.url.startsWith(shown)).toBe(true);
  });

  test('is posted anew when it is another, and the same after a restart', async () => {
    const before = await pictureOf('marrow');
    const requests = theatre.double.requests.length;
    await engine().cards.save(desk, smallCard('Marrow'), {
      id: 'marrow',
      picture: smallPng(64, [200, 10, 10]),
    });
    const after = await pictureOf('marrow');
    expect(after).not.toBe(before);
    expect(after).toMatch(/\/marrow-[0-9a-f]{8}\.png$/);
    expect(theatre.double.requests.slice(requests).some(({ method }) => method === 'PATCH')).toBe(true);
    expect(names().filter((name) => name.startsWith('marrow'))).toHaveLength(1);
    await theatre.restart();
    expect(await pictureOf('marrow')).toBe(after);
  });

  test('is taken off the card when its character has none any more', async () => {
    await engine().cards.save(desk, smallCard('Marrow'), { id: 'marrow', picture: null });
    expect(await pictureOf('marrow')).not.toContain('marrow');
    await expect.poll(names).toEqual([expect.stringMatching(/^tom/)]);
    await engine().cards.save(desk, smallCard('Marrow'), { id: 'marrow', picture: smallPng(32) });
    expect(await pictureOf('marrow')).toContain('marrow');
    await engine().cards.remove(desk, 'marrow');
    await expect.poll(names).toEqual([expect.stringMatching(/^tom/)]);
  });
});
