import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeholdersIn, type Sentence } from './find-sentences.ts';

/** Sentence (with `_one` or `_other` behind it where it counts) to its words in that language. */
export type Catalogue = Readonly<Record<string, string>>;

/** The catalogue of a language as it stands in the repository. */
export function readCatalogue(root: string, locale: string): Catalogue {
  return JSON.parse(readFileSync(pathOf(root, locale), 'utf8'));
}

export function writeCatalogue(root: string, locale: string, catalogue: Catalogue): void {
  writeFileSync(pathOf(root, locale), `${JSON.stringify(catalogue, undefined, 2)}\n`);
}

/**
 * English from the code: each sentence is its own key. One that takes a `count` has a key for each plural form
 * that English knows; its singular is written by hand and stays.
 */
export function englishFrom(sentences: readonly Sentence[], old: Catalogue): Catalogue {
  const entries = sentences.flatMap(({ text }) =>
    keysOf(text, 'en').map((key) => [key, old[key] ?? text] as const),
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** What is to be done in that language: each line says what, nothing where all is well. */
export function compare(sentences: readonly Sentence[], locale: string, catalogue: Catalogue) {
  const wanted = new Map(
    sentences.flatMap((one) => keysOf(one.text, locale).map((key) => [key, one] as const)),
  );
  const missing = [...wanted.keys()].filter((key) => catalogue[key] === undefined);
  const unused = Object.keys(catalogue).filter((key) => !wanted.has(key));
  const wrong = [...wanted].flatMap(([key, sentence]) => faultsOf(sentence, key, catalogue[key]));
  return { missing, unused, wrong };
}

/** The keys by which a catalogue of that language has the sentence. */
export function keysOf(text: string, locale: string): string[] {
  if (!placeholdersIn(text).includes('count')) return [text];
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return forms.map((form) => `${text}_${form}`);
}

function faultsOf({ text, most }: Sentence, key: string, words: string | undefined): string[] {
  if (words === undefined) return [];
  const faults: string[] = [];
  // “One line” may do without its number.
  const names = (one: string) => [...new Set(placeholdersIn(one))].filter((name) => name !== 'count').sort();
  if (names(words).join() !== names(text).join()) faults.push(`has other {{placeholders}}: ${key}`);
  if (most !== undefined && [...words].length > most)
    faults.push(`is longer than ${most} characters: ${key}`);
  return faults;
}

function pathOf(root: string, locale: string): string {
  return join(root, 'locales', locale, 'messages.json');
}
