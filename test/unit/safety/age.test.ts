import { describe, expect, test } from 'vitest';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { writeCard } from '../../../src/cast/cards/write-card.ts';
import { ageOf, isAgeRestricted } from '../../../src/safety/age.ts';
import { smallCharacter } from '../../support/small-library.ts';
import { SHIPPED_CARDS } from '../cast/shipped.ts';

function cardWith(dramatis: Record<string, unknown>, top: Record<string, unknown> = {}) {
  const fields = { spec: 'chara_card_v2', data: { name: 'Perran', ...top, extensions: { dramatis } } };
  return readCard(Buffer.from(JSON.stringify(fields)), 'perran.json');
}

describe('what a card states of an age', () => {
  test.each([
    [{ age: 34 }, 'adult'],
    [{ age: '34' }, 'adult'],
    [{ age: 18 }, 'adult'],
    [{ adult: true }, 'adult'],
    [{ age: 17.9 }, 'minor'],
    [{ age: 0 }, 'minor'],
    [{ age: 34, adult: false }, 'minor'],
    [{ age: 12, adult: true }, 'minor'],
    [{}, 'unstated'],
    [{ age: null }, 'unstated'],
    [{ age: 'old enough' }, 'unstated'],
    [{ age: 'seventeen', adult: true }, 'unstated'],
    [{ age: -40 }, 'unstated'],
    [{ age: [40] }, 'unstated'],
    [{ age: '1e3' }, 'unstated'],
    [{ adult: 'yes' }, 'unstated'],
  ])('%o: %s', (dramatis, age) => {
    expect(ageOf(cardWith(dramatis).character)).toBe(age);
  });

  test('is told where it makes no sense, and nothing else of the card is lost', () => {
    const { warnings, character } = cardWith({ age: 'old enough', motivation: 'Peace.' });
    expect(warnings).toEqual(['field `extensions.dramatis.age` is no number of years and was left out']);
    expect(character.motivation).toBe('Peace.');
  });

  test.each(['yaml', 'v2', 'v3'] as const)('comes back out of %s', (format) => {
    const { card } = cardWith({ age: 34, nsfw: true });
    const again = readCard(
      Buffer.from(writeCard(card, format)),
      `perran.${format === 'yaml' ? 'yaml' : 'json'}`,
    );
    expect(again.character).toMatchObject({ age: 34, ageRestricted: true });
  });
});

test.each(SHIPPED_CARDS.map(({ character }) => character))(
  '$name, who ships with the bot, is an adult',
  (character) => {
    expect(ageOf(character)).toBe('adult');
    expect(isAgeRestricted(character)).toBe(false);
  },
);

describe('a minor is also whose sheets say so', () => {
  test.each([
    'Age: 16',
    'Appearance: small. Age = "fifteen"',
    'age(17)',
    'A 16-year-old girl from the marsh.',
    'She is 16.',
    'Perran is 14 and proud of it',
    'He looks twelve.',
    'A woman with the body of a 12-year-old',
  ])('%s', (description) => {
    const character = smallCharacter('perran', 'Perran', { description, age: 300 });
    expect(ageOf(character)).toBe('minor');
  });

  test.each([
    'Age: 160',
    'Age: 16,000 years',
    'A ferryman of 61 who has a 9-year-old son.',
    'He has waited 12 years for this.',
    'She looks 12 feet tall.',
    'Age: 34. Sixteen boats are his.',
  ])('not: %s', (description) => {
    const character = smallCharacter('perran', 'Perran', { description, age: 61 });
    expect(ageOf(character)).toBe('adult');
  });

  test.each(['minor', 'under 18', 'Loli', '16', '15 years old'])('tag %s', (tag) => {
    expect(ageOf(smallCharacter('perran', 'Perran', { tags: [tag], adult: true }))).toBe('minor');
  });
});

describe('for adults only is a card that', () => {
  test.each([[{ age_restricted: true }], [{ ageRestricted: true }], [{ nsfw: true }], [{ nsfw: 'very' }]])(
    'says so: %o',
    (dramatis) => {
      expect(isAgeRestricted(cardWith(dramatis).character)).toBe(true);
    },
  );

  test.each(['NSFW', '18+', 'R-18', 'adults only', 'Smut'])('is tagged %s', (tag) => {
    expect(isAgeRestricted(cardWith({}, { tags: [tag] }).character)).toBe(true);
  });

  test.each(['sfw', 'adventure', 'adulthood', 'young adult'])('not what is tagged %s', (tag) => {
    expect(isAgeRestricted(cardWith({ nsfw: false }, { tags: [tag] }).character)).toBe(false);
  });
});
