import { expect, test } from 'vitest';
import { parseTurn } from '../../../../../src/format/turn-parser.ts';
import { createNameOf } from '../../../../../src/lab/synth/load/names.ts';

test.each([
  ['Nurse: Ann', 'Nurse Ann'],
  ['看守：安', '看守 安'],
  ['“Tom”:', 'Tom'],
])('a name has no colon, so that a line which begins with it is read back: %s', (given, name) => {
  expect(createNameOf()(given)).toBe(name);
  const { segments } = parseTurn(`${name}: Come in.`, { speaker: { name } });
  expect(segments).toEqual([{ kind: 'speech', text: 'Come in.' }]);
});

test('with and without a colon it is one person', () => {
  const nameOf = createNameOf();
  expect([nameOf('Nurse Ann'), nameOf('NURSE: Ann')]).toEqual(['Nurse Ann', 'Nurse Ann']);
});
