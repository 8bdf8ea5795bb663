import { expect, test } from 'vitest';
import { localeAccepted, localeFor } from '../../../src/words/locales.ts';

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['de_DE.UTF-8', 'de'],
  ['DE', 'de'],
  ['en-GB', 'en'],
  ['den', 'en'],
  ['C.UTF-8', 'en'],
  ['pt-BR', 'en'],
  [undefined, 'en'],
])('%s is answered in %s', (tag, expected) => {
  expect(localeFor(tag)).toBe(expected);
});

test.each([
  ['de-DE,de;q=0.9,en;q=0.8', 'de'],
  ['en-US,en;q=0.9,de;q=0.8', 'en'],
  ['fr-FR,fr;q=0.9,de;q=0.5', 'de'],
  ['*', 'en'],
  [undefined, 'en'],
])('a browser that asks for %s reads %s', (header, expected) => {
  expect(localeAccepted(header)).toBe(expected);
});
