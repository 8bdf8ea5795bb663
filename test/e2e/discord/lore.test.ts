import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import type { User } from '../../doubles/discord/world/entities.ts';
import { promptOf } from '../../support/answering-model.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';
import { linesWithButtons } from './buttons-under.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { newestLine, publicWords } from './press.ts';

const model = scriptedModel({ turn: (name) => `<role_thinking>Well</role_thinking>Yes, said ${name}.` });
const WENNA = smallCharacter('wenna', 'Old Wenna', {
  greeting: 'Evening.',
  alternateGreetings: ['Wet, are you?'],
});
const LOREBOOK = {
  name: 'The Harbour',
  entries: {
    0: {
      uid: 0,
      key: ['lamp', 'light'],
      comment: 'ENTRY-CANARY harbour light',
      content: 'TEXT-CANARY It has been dark since March.',
      constant: false,
      disable: false,
      order: 100,
    },
  },
};

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre({
    library: smallLibrary([WENNA, smallCharacter('tom', 'Tom Reddick', { greeting: '' })]),
    engine: {
      models: { actor: model, director: model, narrator: model },
      limits: { gatherMs: 0, consideringAfterMs: 60_000 },
    },
  });
});
afterAll(async () => {
  const { double, logged } = theatre;
  expect(double.unexpected).toEqual([]);
  expect(publicWords(theatre)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  await theatre.close();
});

async function typed(user: User, command: string, values: Record<string, unknown> = {}): Promise<string> {
  const { double, channel } = theatre;
  const { content, message } = await double.replied(
    double.slash(channel, user, command, values as Parameters<typeof double.slash>[3]),
  );
  return content || (message?.text ?? '');
}

describe('a world', () => {
  test('is brought as a file, put in play, and then known where it is spoken of', async () => {
    const { alice, double, channel } = theatre;
    await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
    const file = { name: 'harbour.json', data: JSON.stringify(LOREBOOK) };
    expect(await typed(alice, 'lore import', { file })).toContain('/lore use world: The Harbour');
    expect(await typed(alice, 'lore list')).toBe('• The Harbour (the-harbour): 1 entry');
    const found = await double.autocomplete(channel, alice, 'lore use', { world: 'harb' }, 'world');
    expect(found.map(({ name }) => name)).toEqual(['The Harbour']);
    expect(await typed(alice, 'lore use', { world: 'The Harbour' })).toContain('in play in this scene now');

    double.say(channel, alice, 'Tom, what of the lamp?');
    await theatre.line('said Tom Reddick');
    await theatre.calm();
    const asked = model.asked.findLast(({ of }) => of === 'Tom Reddick');
    expect(promptOf(asked?.request)).toContain('TEXT-CANARY It has been dark since March.');
    expect(await typed(alice, 'why')).toMatch(/“ENTRY-CANARY harbour light” because “lamp” was said at #\d+/);
  });

  test('is deleted for good when somebody is sure, and /why knows only its id then', async () => {
    const { alice } = theatre;
    expect(await typed(alice, 'lore delete', { world: 'The Harbour' })).toContain('for good?');
    expect(await typed(alice, 'lore delete', { world: 'The Harbour', sure: true })).toBe(
      'The Harbour is deleted.',
    );
    expect(await typed(alice, 'lore list')).toContain('No world is here yet');
    expect(await typed(alice, 'why')).toContain('Lore: “0”, which was spoken of');
  });
});

test('the buttons under a greeting turn the pages of the card’s other ones', async () => {
  const { alice, double, server } = theatre;
  const channel = double.addChannel(server, { name: 'pier' });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' }, channel);
  await theatre.calm(channel);
  const line = newestLine(theatre, channel);
  expect(line.content).toBe('Evening.');
  const before = model.asked.length;
  double.click(line.id, BUTTONS.following, alice);
  const shown = () => linesWithButtons(theatre, channel).at(-1);
  await expect.poll(shown).toMatch(/^Wet, are you\? \| ◀ 2\/2/);
  double.click(line.id, BUTTONS.previous, alice);
  await expect.poll(shown).toMatch(/^Evening\. \| \(◀ 1\/2\) ▶/);
  expect(model.asked).toHaveLength(before);
});
