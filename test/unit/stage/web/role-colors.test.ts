import { expect, test } from 'vitest';
import { ROLE_COLORS, roleColorOf } from '../../../../src/stage/web/role-colors.ts';
import { smallCharacter } from '../../../support/small-library.ts';

const shipped = ['ada', 'bea', 'cyn'].map((id) => smallCharacter(id, id));

test('those who ship differ from their neighbours', () => {
  expect(shipped.map(({ id }) => roleColorOf(id, shipped))).toEqual([0, 1, 2]);
});

test('a card that is added changes nobody’s colour, and keeps its own', () => {
  const own = smallCharacter('abe', 'Abe', { source: 'own' });
  const another = smallCharacter('aaron', 'Aaron', { source: 'own' });
  const library = [another, own, ...shipped];
  expect(shipped.map(({ id }) => roleColorOf(id, library))).toEqual([0, 1, 2]);
  expect(roleColorOf('abe', library)).toBe(roleColorOf('abe', [own, ...shipped]));
  expect(roleColorOf('abe', library)).toBeLessThan(ROLE_COLORS.length);
});
