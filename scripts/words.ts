import { join } from 'node:path';
import { LOCALES } from '../src/words/locales.ts';
import { compare, englishFrom, readCatalogue, writeCatalogue } from './words/catalogues.ts';
import { findSentences } from './words/find-sentences.ts';

const root = join(import.meta.dirname, '..');
const checksOnly = process.argv.includes('--check');

const { sentences, problems } = findSentences(root);
if (!checksOnly) writeCatalogue(root, 'en', englishFrom(sentences, readCatalogue(root, 'en')));

const complaints = problems.map(({ at, what }) => `${at}  ${what}`);
for (const locale of LOCALES) {
  const { missing, unused, wrong } = compare(sentences, locale, readCatalogue(root, locale));
  complaints.push(
    ...missing.map((key) => `${locale}  lacks: ${key}`),
    ...unused.map((key) => `${locale}  is said no longer: ${key}`),
    ...wrong.map((what) => `${locale}  ${what}`),
  );
}
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.stdout.write(`${sentences.length} sentences, ${complaints.length} things to mend\n`);
if (checksOnly && complaints.length > 0) process.exitCode = 1;
