import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMarkdownSpans } from '../../../../src/stage/discord/lines/markdown-spans.ts';
import { MESSAGE_LIMIT, splitMessage } from '../../../../src/stage/discord/lines/split-message.ts';

describe('splitMessage', () => {
  test('leaves what fits as it is', () => {
    expect(splitMessage('Good *morning*.\n')).toEqual(['Good *morning*.']);
  });

  test('makes no message of a blank text', () => {
    expect(splitMessage(' \n ')).toEqual([]);
  });

  test.each([
    ['a paragraph', `${'a '.repeat(12)}end.\n\n${'b '.repeat(12)}`, `${'a '.repeat(12)}end.`],
    ['a line', `${'a '.repeat(12)}end.\n${'b '.repeat(12)}`, `${'a '.repeat(12)}end.`],
    ['a sentence', `${'a '.repeat(12)}end. ${'b '.repeat(12)}`, `${'a '.repeat(12)}end.`],
    ['a word', `${'abc '.repeat(14)}`, `${'abc '.repeat(10).trim()}`],
  ])('cuts at the end of %s', (_border, text, first) => {
    expect(splitMessage(text, { limit: 40 })[0]).toBe(first);
  });

  test('closes italics before a cut and opens them again after it', () => {
    const [first, second] = splitMessage(`*${'step '.repeat(10).trim()}*`, { limit: 30 });
    expect(first).toBe('*step step step step step*');
    expect(second).toBe('*step step step step step*');
  });

  test('closes and opens a code block with its language, and keeps its indentation', () => {
    const code = `\`\`\`js\n${'  call();\n'.repeat(8)}\`\`\``;
    const parts = splitMessage(code, { limit: 50, parts: 10 });
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) {
      expect(part).toMatch(/^```js\n/);
      expect(part).toMatch(/\n```$/);
      expect(part).toContain('\n  call();');
    }
  });

  test('does not cut an escape or a marker in two', () => {
    const parts = splitMessage('\\*'.repeat(40), { limit: 21, parts: 10 });
    for (const part of parts) expect(part).toMatch(/^(\\\*)+$/);
    const bold = splitMessage(`${'x'.repeat(19)}**bold** and more`, { limit: 20, parts: 10 });
    expect(bold[0]).toBe('x'.repeat(19));
    expect(bold[1]).toMatch(/^\*\*bold\*\*/);
  });

  test('keeps characters of several units whole', () => {
    const family = '👩‍👩‍👧‍👦';
    const parts = splitMessage(family.repeat(10), { limit: family.length * 3 + 2, parts: 10 });
    for (const part of parts) expect(part.replaceAll(family, '')).toBe('');
  });

  test('cuts even a single character that is longer than a message', () => {
    const giant = `e${'\u0301'.repeat(5000)}`;
    const parts = splitMessage(giant);
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
  });

  test('ends the last of three parts with an ellipsis where more is left', () => {
    const parts = splitMessage('All work and no play. '.repeat(1000));
    expect(parts).toHaveLength(3);
    expect(parts[2]).toMatch(/play\.…$/);
  });
});

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.lorem({ maxCount: 12, mode: 'sentences' }) },
  fc.constantFrom(
    ' ',
    '\n',
    '\n\n',
    '. ',
    '  \n',
    '\\*',
    '\\_',
    '\\\\',
    '👩‍👩‍👧‍👦',
    'é',
    'नमस्ते ',
    '\u{1f3ad}',
    '漢字。',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const plain = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('').replace(/[*_~|`\\]/g, ''));
const wrapped = fc
  .tuple(fc.constantFrom('*', '**', '***', '_', '~~', '||', '`'), plain)
  .map(([marker, text]) => (text.trim() ? `${marker}${text.trim()}${marker}` : ''));
const story = fc.array(fc.oneof(plain, wrapped), { maxLength: 8 }).map((parts) => parts.join('\n'));

describe('any text', () => {
  test('stays within the limit, whole, with its markers closed', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 40, max: 300 }), (text, limit) => {
        const parts = splitMessage(text, { limit, parts: 10_000 });
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe('');
          expect(part.isWellFormed()).toBe(true);
        }
        expect(letters(parts.join(''))).toBe(letters(text));
        if (isBalanced(text)) for (const part of parts) expect(isBalanced(part)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('however odd its markers, is never too long and never loses a word', () => {
    const odd = fc.string({
      unit: fc.constantFrom('*', '_', '`', '|', '~', '\\', ' ', '\n', 'a', 'b'),
      maxLength: 400,
    });
    fc.assert(
      fc.property(odd, fc.integer({ min: 40, max: 120 }), (text, limit) => {
        const parts = splitMessage(text, { limit, parts: 10_000 });
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
        expect(letters(parts.join(''))).toBe(letters(text));
      }),
      { numRuns: 300 },
    );
  });

  test('has at most three parts', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 40, max: 80 }), (text, limit) => {
        const parts = splitMessage(text, { limit });
        expect(parts.length).toBeLessThanOrEqual(3);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 100 },
    );
  });
});

/** What remains of a text without white space and markers. */
function letters(text: string): string {
  return text.replace(/[\s*_~|`\\]/gu, '');
}

/** Every marker in it belongs to a span. */
function isBalanced(text: string): boolean {
  const inSpans = findMarkdownSpans(text).reduce(
    (sum, { open, inner, close, end }) => sum + (inner - open) + (end - close),
    0,
  );
  return inSpans === text.replace(/\\./gu, '').replace(/[^*_~|`]/gu, '').length;
}
