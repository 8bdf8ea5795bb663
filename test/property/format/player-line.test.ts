import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOutOfCharacter, MAX_PLAYER_LINE, readPlayerLine } from '../../../src/format/player-line.ts';
import { soup } from './arbitraries.ts';
import { OTHERS, SPEAKER } from './hostile-turns.ts';
import { heardWords } from './unheard-model.ts';

const RESERVED = [SPEAKER, ...OTHERS];

/** Signs that hide, signs that only look so, and words that tell where each of them stands. */
const typed = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant('word') },
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          ...['[', ']', '［', '】', '((', '))', '（（', '(', ')', '||', '|', ':[', ':]', ':(', ':))'],
          ...['<role_thinking>', '</role_thinking>', '< Role-Thinking >', '</thought>', '*', '**', '"', '.'],
        ),
      },
      { weight: 3, arbitrary: fc.constantFrom(' ', ' ', '\n') },
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.map((part, at) => (part === 'word' ? `w${at}w` : part)).join(''));

describe('what a player types', () => {
  test('is heard where the obvious rules say so, word by word', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const heard = isOutOfCharacter(text) ? [] : heardWords(text);
        expect(wordsOf(readPlayerLine(text, RESERVED))).toEqual(heard);
      }),
      { numRuns: 20_000 },
    );
  });

  test('loses nothing where no sign hides anything', () => {
    const plain = soup.map(
      (text) => `- ${text.replace(/[[\]［］【】〔〕()（）|｜/／]|thought|think|role/gi, '')}`,
    );
    fc.assert(
      fc.property(plain, (text) => {
        const words = lettersOf(text.replace(/&(?:amp;)*(?:lt|gt|#\w+);/gi, ' '));
        const kept = new Set(lettersOf(textOf(readPlayerLine(text, RESERVED))));
        expect(words.filter((word) => !kept.has(word))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('is hidden between any two marks, whatever stands around it', () => {
    const [words, marks] = [fc.stringMatching(/^(?:[a-z]{1,6} ){0,6}$/), fc.constantFrom(...MARKS)];
    fc.assert(
      fc.property(words, marks, words, (before, [open, close], after) => {
        const read = textOf(readPlayerLine(`${before}${open}CANARY, ${after}${close} ${after}`, RESERVED));
        expect(read).toBe(`${before}${after}`.trim());
      }),
      { numRuns: 2000 },
    );
  });

  test('may be as long and as hostile as it likes', () => {
    // Read in quadratic time, these would outlast the test's own limit.
    for (const piece of HOSTILE) {
      const segments = readPlayerLine(piece.repeat(Math.ceil(200_000 / piece.length)), RESERVED);
      for (const { text } of segments) expect(text.length).toBeLessThanOrEqual(2 * MAX_PLAYER_LINE);
    }
  });
});

const MARKS = [
  ['[', ']'],
  ['［', '］'],
  ['【', '】'],
  ['((', '))'],
  ['（（', '））'],
  ['||', '||'],
  ['<role_thinking>', '</role_thinking>'],
  ['<Role Thinking>', '</role-thinking>'],
] as const;

const HOSTILE = [
  ...[
    '[',
    ']',
    '[]',
    '[[]',
    '[]]',
    '[a] b ',
    'b [',
    '((',
    '))',
    '(()',
    '((a)) b ',
    'a(( ',
    'a))',
    ':))',
    '((:))',
  ],
  ...[
    '|',
    '||',
    '|a',
    '||a',
    '|| ',
    '*[a]',
    '*[',
    '"[a]"',
    '[a](',
    '[a](http://',
    '[a](http://b(',
    '(b)',
    ' ',
    '\n',
  ],
  ...[
    '<role_thinking>',
    '</role_thinking>',
    '<role_thinking>a</role_thinking>',
    '<',
    '&lt;',
    '> [a]\n',
    '- ',
  ],
];

function textOf(segments: readonly { readonly text: string }[]): string {
  return segments.map(({ text }) => text).join(' ');
}

function wordsOf(segments: readonly { readonly text: string }[]): string[] {
  return textOf(segments).match(/w\d+w/g) ?? [];
}

function lettersOf(text: string): string[] {
  return (
    text
      .toWellFormed()
      .replace(/[^\P{C}\t-\r\u0085]/gu, '')
      .match(/[A-Za-z]{2,}/g) ?? []
  );
}
