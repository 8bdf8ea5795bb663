import { expect, test } from 'vitest';
import type { Character } from '../../../../src/cast/character.ts';
import { whoIsThis } from '../../../../src/stage/discord/reactions/who-is-this.ts';
import { render } from '../../../../src/words/render.ts';
import { smallCharacter, smallLibrary } from '../../../support/small-library.ts';

const BEAT = {
  n: 3,
  at: 0,
  kind: 'line',
  speaker: { id: 'character:wenna', name: 'Old Wenna' },
  segments: [{ kind: 'speech', text: 'Good evening.' }],
} as const;
const RECORD = { title: 'The inn', owner: '1' };

function told(change: Partial<Character>): string {
  const library = smallLibrary([smallCharacter('wenna', 'Old Wenna', change)]);
  return render(whoIsThis(BEAT, { record: RECORD }, library, 'https://discord.com/channels/1/2/3'));
}

const CARD = { publicSheet: 'SHEETMARK' };

test('what everyone could know of a character is told', () => {
  expect(told(CARD)).toContain('SHEETMARK');
});

test('of one that is for adults only nothing is told in direct messages', () => {
  const words = told({ ...CARD, age: 40, ageRestricted: true });
  expect(words).toContain('**Old Wenna** is played by the bot');
  expect(words).not.toContain('SHEETMARK');
});

test('of a server’s own it is told who brought it and who wrote it', () => {
  const words = told({ ...CARD, source: 'server', by: '42', creator: 'A. *Author*' });
  expect(words).toContain('from a card that <@42> brought to this server.');
  expect(words).toContain('The card was written by A. \\*Author\\*.');
  expect(told({ ...CARD, source: 'server' })).toContain('from a card of this server’s own.');
});
