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
