import { expect, test } from 'vitest';
import { termsOf } from '../../../../src/cast/memory/terms.ts';

test.each([
  ['The brass KEY, under the third step!', ['brass', 'key', 'third', 'step']],
  ['Wenna’s keys', ['wenna', 'key']],
  ['Yes. Well, then… I don’t know; it’s you.', []],
  ['Élodie a vu le café', ['elodie', 'vu', 'le', 'cafe']],
  ['glass, bus, this', ['glass', 'bus']],
  ['room 7', ['room', '7']],
  ['BLUE-LAMP', ['blue', 'lamp']],
  ['钥匙在台阶下', ['钥匙', '匙在', '在台', '台阶', '阶下']],
  ['是的', []],
  ['Tom 喝 tea', ['tom', 'tea', '喝']],
  ['', []],
])('%j is about %j', (text, terms) => {
  expect(termsOf(text)).toEqual(terms);
});

test('a word is found in whatever case, width and accent it is written', () => {
  expect(termsOf('CAFÉ ｋｅｙ ключ')).toEqual(termsOf('cafe key КЛЮЧ'));
});
