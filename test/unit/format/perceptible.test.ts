import { describe, expect, test } from 'vitest';
import { perceptible } from '../../../src/format/perceptible.ts';

describe('what is left of a text', () => {
  test.each([
    ['', ''],
    [' Good  day. ', ' Good  day. '],
    ['[x]', ''],
    ['[x] Good day.', 'Good day.'],
    ['\n[x]\nGood day.', 'Good day.'],
    ['Good day. [x]', 'Good day.'],
    ['Good day.\n[x]\n', 'Good day.'],
    ['Good [x] day', 'Good day'],
    ['Good[x]day', 'Good day'],
    ['Good[x]day "no" x', 'Good day "no" x'],
    ['Good [x], day', 'Good, day'],
    ['Good[x] , day', 'Good , day'],
    ['Good [x] [y] [z] day', 'Good day'],
    ['one\n[x] two', 'one\ntwo'],
    ['one [x]\n\ntwo', 'one\n\ntwo'],
    ['one\n[x]\n\n\ntwo', 'one\n\n\ntwo'],
    ['He (b[x]c)', 'He (b c)'],
    ['He ([x]b)', 'He (b)'],
    ['He (b[x])', 'He (b)'],
    ['He “ [x] b”', 'He “ b”'],
    ['He *waves[x]at him*', 'He *waves at him*'],
    ['He **[x]waves**', 'He **waves**'],
    ['He **waves[x]**', 'He **waves**'],
    ['He **waves[x]** twice', 'He **waves** twice'],
    ['*[x]waves*', '*waves*'],
  ])('reads as if nothing had been there: %j', (text, heard) => {
    expect(perceptible(text)).toBe(heard);
  });
});

describe('marks that hold nothing any more', () => {
  test.each(['*[x]*', '_[x]_', '~[x]~', '`[x]`', '"[x]"', '“[x]”', '‘[x]’', '«[x]»', '([x])'])(
    'go with what they held: %s',
    (marked) => {
      expect(perceptible(`Hi ${marked} there`)).toBe('Hi there');
      expect(perceptible(marked)).toBe('');
    },
  );

  test.each([
    ['**[x]** there', 'there'],
    ['“ [x]\t” there', 'there'],
    ['*"([x])"* there', 'there'],
    ['*[x] [y]* there', 'there'],
    ['*[x]* and *[y]* there', 'and there'],
  ])('several of them, and blanks within: %j', (text, heard) => {
    expect(perceptible(text)).toBe(heard);
  });

  test.each([
    ['Hi *[x]" there', 'Hi *" there'],
    ['2*[x]*3', '2* *3'],
    ['Hi *[x]*there', 'Hi **there'],
    ['"[x]" [y]" there', '" there'],
    ['*waves [x]* there', '*waves* there'],
    ['*[x] waves* there', '*waves* there'],
    ['Hi [x]* there', 'Hi* there'],
  ])('stay where they are no pair, or hold something else: %j', (text, heard) => {
    expect(perceptible(text)).toBe(heard);
  });

  test.each([
    ['> [x]\nthere', 'there'],
    ['Hi\n> - [x] \nthere', 'Hi\nthere'],
    ['Hi\n• [x]', 'Hi'],
    ['Hi [x] - [y]\nthere', 'Hi\nthere'],
    [`Hi\n${'> '.repeat(12)}[x]\nthere`, 'Hi\nthere'],
  ])('and so does the sign of a list or a quotation: %j', (text, heard) => {
    expect(perceptible(text)).toBe(heard);
  });

  test.each([
    ['> [x] there', '> there'],
    [`> [x]${' '.repeat(20)}there`, '> there'],
    ['Hi - [x]', 'Hi -'],
    ['Hi > a\n- b [x]', 'Hi > a\n- b'],
  ])('which stays before anything else: %j', (text, heard) => {
    expect(perceptible(text)).toBe(heard);
  });
});

describe('a link', () => {
  test.each([
    '[the docs](https://example.org)',
    '[the docs](http://example.org/a?b=c)',
    '[the docs](mailto:mara@example.org)',
    '[the docs](<https://example.org>)',
    '[the docs]( https://example.org )',
    '[the docs](https://example.org/a_(b))',
    '[the docs](https://example.org/a_(b)c_(d)_e)',
    '[the docs](https://example.org/a_())',
    '[the docs](https://example.org "its title")',
    "[the docs](https://example.org  'its title' )",
    "[the docs](https://example.org '')",
  ])('is its label: %s', (link) => {
    expect(perceptible(`See ${link}, please`)).toBe('See the docs, please');
  });

  test.each(['[he lies](nods)', '[he lies](ftp://example.org)', '[he lies] (https://example.org)'])(
    'is none: %s',
    (text) => {
      expect(perceptible(`See ${text}`)).not.toContain('lies');
    },
  );
});
