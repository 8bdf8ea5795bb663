import { expect, test } from 'vitest';
import { unnaming } from '../../../../src/engine/privacy/names.ts';

test.each([
  ['the full name in any case', 'So, zephyrine quill, sit.', 'So, someone, sit.'],
  ['a part of it as a name is written', 'Zephyrine! Come in.', 'someone! Come in.'],
  ['not inside another word', 'The Quillmakers know.', 'The Quillmakers know.'],
  ['a word that is no name there', 'He took the quill.', 'He took the quill.'],
])('takes out %s', (_what, text, left) => {
  expect(unnaming(['Zephyrine Quill'], ['Jory'])(text)).toBe(left);
});

test('a name that one who stays bears, too, is not taken out', () => {
  expect(unnaming(['Anne Marsh'], ['Tom Marsh'])('Marsh and Anne.')).toBe('Marsh and someone.');
});
