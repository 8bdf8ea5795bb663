import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOCS, ROOT } from './blocks.ts';

/** Messages that the page explains: what stands between quotation marks at the beginning of a row. */
const TEXT = readFileSync(join(DOCS, 'guide/troubleshooting.md'), 'utf8');
const MESSAGES = [...TEXT.matchAll(/^\| “([^”]+)” +\|/gmu)].map(([, message = '']) => message);

/** Where people are told things: sources and sentences, without the ends of lines. */
const SOURCES = ['src/**/*.ts', 'commands/**/*.ts', 'locales/en/*.json']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .map((path) => readFileSync(join(ROOT, path), 'utf8').replaceAll(/\s+/gu, ' '));

/** `…` stands for a value: what is before and after it stands in one file, in this order. */
function isSaid(message: string): boolean {
  const parts = message.split('…').map((part) => part.trim());
  return SOURCES.some((source) => {
    let from = 0;
    return parts.every((part) => {
      const at = source.indexOf(part, from);
      from = at + part.length;
      return at >= 0;
    });
  });
}

describe('troubleshooting', () => {
  test('explains messages', () => expect(MESSAGES.length).toBeGreaterThan(25));

  test.each(MESSAGES)('the program says “%s”', (message) => expect(isSaid(message)).toBe(true));

  test('a message that nothing says would be noticed', () => {
    expect(isSaid('The … is on fire. Call somebody.')).toBe(false);
  });
});
