import { describe, expect, test } from 'vitest';
import type { Principle } from '../../../../src/judge/principles/principle.ts';
import { findIn } from '../../../../src/judge/verdict/principle-ref.ts';
import { PRINCIPLES } from './a-pair.ts';

const [FORBIDDEN, , WANTED] = PRINCIPLES as readonly [Principle, Principle, Principle];
const find = findIn(PRINCIPLES);
const idOf = (said: string) => find(said).known?.id;

describe('a principle', () => {
  test.each([
    ['its id', 'own-initiative'],
    ['its id, spelled otherwise', '"own_initiative"'],
    ['its name', 'Own Initiative'],
    ['its name, spaced otherwise', ' OWN \n INITIATIVE '],
    ['what stands before a colon', 'Own Initiative: she acts by herself'],
    ['what stands before a bracket', 'Own Initiative (character)'],
    ['what stands before a dash', 'Own Initiative – she acts by herself'],
    ['its sentence', 'Asked for by own-initiative.'],
    ['twenty letters of its sentence', 'asked for by own initiat'],
  ])('is known by %s', (_name, said) => {
    const { id, name, dimension } = WANTED;
    expect(find(said)).toEqual({ ref: { id, name, dimension }, known: WANTED });
  });

  test('that forbids is known by what breaks it, not by what it asks', () => {
    expect(idOf('Broken as out-of-character has it.')).toBe(FORBIDDEN.id);
    expect(idOf('Asked for by out-of-character.')).toBeUndefined();
    expect(idOf('Broken as own-initiative has it.')).toBeUndefined();
  });

  test.each([
    ['fewer letters of its sentence', 'asked for by own initia'],
    ['a part of its name', 'Initiative'],
    ['nothing', ''],
  ])('is not known by %s', (_name, said) => {
    expect(find(said)).toEqual({ ref: { name: said } });
  });

  test('is not known by a sentence that it shares with another', () => {
    const asks = 'The turn answers what was asked.';
    const shared = findIn([
      { ...WANTED, id: 'one', name: 'One', asks },
      { ...WANTED, id: 'other', name: 'Other', asks },
    ]);
    expect(shared(asks).known).toBeUndefined();
    expect(shared('other').known?.id).toBe('other');
  });

  test('with a long sentence is known by how that begins', () => {
    const long = { ...WANTED, asks: 'word '.repeat(100) };
    expect(findIn([long])(`${'word '.repeat(80)}and so on`).known).toBe(long);
  });
});

describe('a principle of the judge’s own', () => {
  test.each([
    ['Emotional Expression', 'emotion'],
    ['Relationships', 'relationship'],
    ['ATMOSPHERE', 'atmosphere'],
    ['Character and Dialogue', undefined],
    ['Wit', undefined],
    [undefined, undefined],
  ])('of the dimension %j', (said, dimension) => {
    expect(find('Dry Wit', said)).toEqual({ ref: { name: 'Dry Wit', ...(dimension && { dimension }) } });
  });

  test('has a name on one line, of eighty characters at most', () => {
    expect(find(' Dry \n\n wit ').ref.name).toBe('Dry wit');
    expect(find('x'.repeat(81)).ref.name).toBe('x'.repeat(80));
    expect(find(`${'x'.repeat(79)}😀`).ref.name.isWellFormed()).toBe(true);
  });
});
