import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html, prose } from '../../../src/lab/report/html/html.ts';
import { plain, plainLine } from '../../../src/lab/report/plain.ts';

/** Any text, halves of characters, controls and marks among it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'<>&"\'`/!-=\n\r\t\u0000\u001b\u202e\u2066\u200f\ud800\udc00\ufffe é😀'),
  }),
);

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

describe('text in a page', () => {
  test('has nothing left that a browser takes for markup, and reads as what it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { markup } of [html`${text}`, prose(text)]) {
          expect(markup).not.toMatch(/[<>"']|&(?!(?:lt|gt|amp|quot|#39);)/u);
          expect(markup.replace(/&(lt|gt|amp|quot|#39);/gu, (_, name: string) => NAMED[name] ?? '')).toBe(
            plain(text),
          );
        }
      }),
    );
  });
});

describe('plain text', () => {
  test('is well formed, moves no cursor, turns nothing, and is plain already the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = plain(text);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/\p{Cc}(?<![\t\n])|[\u202A-\u202E\u2066-\u2069]/u);
        expect(plain(once)).toBe(once);
        expect(plainLine(text)).not.toMatch(/[\n\t]| {2}/u);
      }),
    );
  });

  test('keeps what people write, in any script', () => {
    for (const text of ['“Ça va?” – 你好 שלום\u200f مرحبا 👩‍👩‍👧 e\u0301', 'a\n\nb\tc'])
      expect(plain(text)).toBe(text);
  });
});
