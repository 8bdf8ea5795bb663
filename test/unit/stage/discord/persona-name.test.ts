import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fallbackName, personaName, personaNames } from '../../../../src/stage/discord/lines/persona-name.ts';

describe('personaName', () => {
  test.each([
    ['Elizabeth Bennet', 'Elizabeth Bennet'],
    ['  Mr.\n Darcy ', 'Mr. Darcy'],
    ['Lady Clyde', 'Lady C\u200Alyde'],
    ['DISCORDIA', 'D\u200AISCORDIA'],
    ['everyone', 'every\u200Aone'],
    ['Here', 'He\u200Are'],
    ['Hereward', 'Hereward'],
    ['`x`', '’x’'],
    ['@admin', '＠admin'],
    ['\u200b\u202e', 'Someone'],
    ['', 'Someone'],
  ])('%j becomes %j', (name, expected) => {
    expect(personaName(name)).toBe(expected);
  });

  test('is one that Discord takes, whatever a card is called', () => {
    const nasty = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('clyde', 'DisCord', '```', '@')),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const name = personaName(parts.join(''));
        expect(name.length).toBeGreaterThanOrEqual(1);
        expect(name.length).toBeLessThanOrEqual(80);
        expect(name.isWellFormed()).toBe(true);
        expect(name).not.toMatch(/clyde|discord|```|^(here|everyone)$/i);
        expect(name.trim()).toBe(name);
      }),
    );
  });

  test('a long name is cut between characters', () => {
    expect(personaName('👩‍👩‍👧‍👦'.repeat(20))).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
  });
});

describe('personaNames', () => {
  test('tells apart who looks the same, the first keeping its name', () => {
    const names = personaNames([
      { id: 'environment', name: 'Narrator' },
      { id: 'character:a', name: 'Mira' },
      { id: 'character:b', name: 'mira!' },
      { id: 'player:1', name: 'MIRA' },
      { id: 'player:2', name: 'Narrator' },
      { id: 'player:3', name: 'Alice' },
    ]);
    expect([...names.values()]).toEqual([
      'Narrator',
      'Mira',
      'mira! (2)',
      'MIRA (player)',
      'Narrator (player)',
      'Alice',
    ]);
  });
});

test('a fallback name is always the same for one actor and always allowed', () => {
  expect(fallbackName('character:clyde')).toBe(fallbackName('character:clyde'));
  expect(fallbackName('character:clyde')).toMatch(/^Character \d+$/);
});
