import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindMacros } from '../../../src/cast/macros/bind-macros.ts';

const NAMES = { char: 'Ines', speaker: 'ines', seed: 3 };
// A letter that no text of these tests holds.
const STAND_IN = '\uE000';

const scrap = fc.constantFrom(
  ...[
    '{{',
    '}}',
    '{',
    '}',
    ':',
    '::',
    ',',
    '\\,',
    'char',
    'user',
    '{{user}}',
    '{{char}}',
    '<user>',
    '<BOT>',
    '<',
  ],
  ...[
    'random:',
    '{{random:',
    '{{pick::',
    '{{//',
    '{{comment:',
    '{{hidden_key:',
    '{{roll:d6}}',
    '{{trim}}',
    '\n',
    ' ',
    'a',
    'é🦊',
  ],
);
const text = fc.array(scrap, { maxLength: 30 }).map((scraps) => scraps.join(''));
const name = fc.array(scrap, { minLength: 1, maxLength: 6 }).map((scraps) => `N${scraps.join('')}N`);

/** A text with what it has to become, built side by side. */
const pair: fc.Memo<readonly [string, string]> = fc.memo((depth) => {
  const leaf = fc.constantFrom<readonly [string, string]>(
    ['tea ', 'tea '],
    ['{{char}}', 'Ines'],
    ['{{ USER }}', STAND_IN],
    ['<bot>', 'Ines'],
    ['{{newline}}', '\n'],
    ['{{noop}}', ''],
    ['{ a ', '{ a '],
  );
  if (depth <= 1) return leaf;
  const inner = fc.array(pair(depth - 1), { maxLength: 3 }).map((parts) => {
    return [parts.map(([from]) => from).join(''), parts.map(([, to]) => to).join('')] as const;
  });
  return fc.oneof(
    leaf,
    inner,
    inner.map(([from]) => [`{{// ${from}}}`, ''] as const),
    inner.map(([from, to]) => [`{{unknown:${from}}}`, `{{unknown:${to}}}`] as const),
    inner.map(([from, to]) => [`{{reverse:${from}}}`, Array.from(to).reverse().join('')] as const),
    inner.map(([from, to]) => [`{{random:${from}}}`, to.trim()] as const),
  );
});

test('what is built of macros becomes what it was built to become', () => {
  fc.assert(
    fc.property(pair(5), ([from, to]) => {
      expect(bindMacros({ ...NAMES, user: STAND_IN })(from)).toBe(to);
    }),
    { numRuns: 1000 },
  );
});

test('a name is put in as it is, whatever it holds, and changes nothing else', () => {
  fc.assert(
    fc.property(text, name, (written, user) => {
      const plain = bindMacros({ ...NAMES, user: STAND_IN })(written);
      expect(bindMacros({ ...NAMES, user })(written)).toBe(plain.replaceAll(STAND_IN, () => user));
    }),
    { numRuns: 3000 },
  );
});

test('the same names and the same text give the same result', () => {
  fc.assert(
    fc.property(text, (written) => {
      const fill = bindMacros({ ...NAMES, user: 'Tom' });
      expect(fill(written)).toBe(fill(written));
      expect(bindMacros({ ...NAMES, user: 'Tom' })(written)).toBe(fill(written));
    }),
  );
});
