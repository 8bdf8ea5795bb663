import { expect, test } from 'vitest';
import { expandMacros } from '../../../src/cast/macros.ts';

const names = { char: 'Ines', user: 'Tom' };

test.each([
  ['{{char}} greets {{user}}.', 'Ines greets Tom.'],
  ['{{ Char }} and {{USER}}', 'Ines and Tom'],
  ['<BOT> and <user>', 'Ines and Tom'],
  ['A{{// a note of the author}}B{{comment: another}}C', 'ABC'],
  ['{{unknown:a,b}} stays', '{{unknown:a,b}} stays'],
  ['no macro, { brace }', 'no macro, { brace }'],
])('%s', (text, expanded) => {
  expect(expandMacros(text, names)).toBe(expanded);
});

test('a name that looks like a macro is not expanded again', () => {
  expect(expandMacros('{{user}}', { char: 'SECRET', user: '{{char}}' })).toBe('{{char}}');
});
