import { describe, expect, test } from 'vitest';
import { objectsIn } from '../../../../src/format/answer-json.ts';
import { findInHerRm } from '../../../../src/judge/verdict/read-her-rm.ts';
import { PRINCIPLES } from './a-pair.ts';

function finding(holder: object) {
  const [object = new Map()] = objectsIn(JSON.stringify(holder)).objects;
  return findInHerRm(object, PRINCIPLES);
}

describe('a principle that HER’s reward model makes', () => {
  test.each([
    { principle: { 'Principle 1': { principle_name: 'Dry Wit', dimension_name: 'Dialogue Quality' } } },
    { principles: [{ name: 'dry wit', dimension: 'dialogue' }, 'and so on'] },
    { principle: { note: 'x', one: { principle_name: 'Dry-Wit', dimension: 'Dialogue' } } },
  ])('has the dimension that it is given: %j', (holder) => {
    expect(finding(holder)('Dry Wit')).toEqual({ ref: { name: 'Dry Wit', dimension: 'dialogue' } });
  });

  test('is ours where name and dimension are', () => {
    const called = (dimension_name: string) =>
      finding({ principle: [{ principle_name: 'Own Initiative', dimension_name }] })('Own Initiative');
    expect(called('Character').known?.id).toBe('own-initiative');
    expect(called('').known?.id).toBe('own-initiative');
    expect(called('Emotion')).toEqual({ ref: { name: 'Own Initiative', dimension: 'emotion' } });
  });

  test('without a name is no other one without', () => {
    expect(finding({ principle: [{ dimension_name: 'Emotion' }] })('')).toEqual({ ref: { name: '' } });
  });

  test.each([{}, { principle: 'none' }, { principle: null }, { principles: ['none', null] }])(
    'is not needed: %j',
    (holder) => {
      expect(finding(holder)('own-initiative').known?.id).toBe('own-initiative');
      expect(finding(holder)('Dry Wit')).toEqual({ ref: { name: 'Dry Wit' } });
    },
  );
});
