import { describe, expect, test } from 'vitest';
import { DIMENSION_NAMES, dimensionOf } from '../../../../src/judge/principles/dimension-names.ts';
import { DIMENSIONS, principleIdSchema } from '../../../../src/judge/principles/principle.ts';

describe('a dimension', () => {
  test.each(DIMENSIONS)('is known by its id and by its name: %s', (id) => {
    expect(dimensionOf(id)).toBe(id);
    expect(dimensionOf(id.toUpperCase())).toBe(id);
    expect(dimensionOf(DIMENSION_NAMES[id])).toBe(id);
    expect(dimensionOf(DIMENSION_NAMES[id].replace('&', 'and'))).toBe(id);
  });

  test.each([
    ['emotional-expression', 'emotion'],
    ['Narrative/Plot', 'narrative'],
    ['Dialogue&Interaction', 'dialogue'],
    ['Details and Descriptions', undefined],
    ['Candour', undefined],
    ['', undefined],
  ])('is known however it is spelled: %s', (written, id) => {
    expect(dimensionOf(written)).toBe(id);
  });
});

test.each([
  ['economy', true],
  ['era-register', true],
  ['rule-7', true],
  ['1984', true],
  ['für-später', true],
  ['-economy', false],
  ['economy-', false],
  ['era--register', false],
  ['era register', false],
  ['era_register', false],
  ['a/b', false],
  ['', false],
  ['x'.repeat(60), true],
  ['x'.repeat(61), false],
])('an id is words with hyphens between them: %s', (id, isOne) => {
  expect(principleIdSchema.safeParse(id).success).toBe(isOne);
});
