import { fieldOf } from '../cast/changes/field-of.ts';
import type { ProseField } from '../cast/changes/proposal.ts';
import { faultOfWords } from './check-words.ts';
import type { Checked, Fault } from './faults.ts';
import type { Found } from './find-quote.ts';
import type { Known } from './known-of.ts';
import type { Finding } from './read-findings.ts';
import { isEnglish, isSecret, rootsOf, sentencesOf, shareIn } from './sentences.ts';

/** An addition is a sentence or three. Characters. */
const LONGEST_ADDITION = 600;
/** With so much of it in one place already, it says nothing new. */
const RESTATED = 0.85;
/**
 * So much of it must be in the material, and so much in the passages it quotes, names of its own left out:
 * paraphrase is welcome, invention is not.
 */
const BORNE_OUT: Readonly<Record<ProseField, { readonly there: number; readonly quoted: number }>> = {
  description: { there: 0.6, quoted: 0.25 },
  background: { there: 0.6, quoted: 0.25 },
  motivation: { there: 0.4, quoted: 0.1 },
  // How somebody talks is heard in their lines, and told in other words.
  manner: { there: 0, quoted: 0 },
  relations: { there: 0.5, quoted: 0.25 },
  public_sheet: { there: 0.6, quoted: 0.25 },
};

/** A scene that goes on, or what comes of it: the sheet tells how things stand before (her-spec 6.4). */
const EVENT =
  /\b(?:in this (?:scene|conversation|chapter|passage)|during (?:the|this) (?:scene|conversation|dialogue)|at this moment|right now|just now|today|tonight|(?:will|would) (?:eventually|later|soon)|later (?:becomes?|became|learns?|learned)|ends? up|by the end|in the end)\b/iu;
const FIRST_PERSON = /\b(?:I|me|my|mine|myself)\b/u;

export type ProseFinding = Checked & { readonly sources?: readonly Found[] };

/**
 * Checks one addition to a prose field: what of it is new, whether it is borne out, and that it gives
 * nothing away. (her-spec 6.4, 6.2; the public sheet: the one law.)
 *
 * @param before the field so far, additions that were taken included
 */
export function checkProse(field: ProseField, before: string, finding: Finding, known: Known): ProseFinding {
  if (!/[\p{L}\p{N}]/u.test(finding.add)) return { fault: 'empty' };
  const text = newIn(finding.add, before);
  if (text === '') return { fault: 'restates' };
  const sources = sourcesOf(finding, known);
  const fault =
    (text.length > LONGEST_ADDITION ? 'too-long' : undefined) ??
    faultOfWords(text, known) ??
    faultOfPerson(field, text) ??
    (sources ? undefined : 'no-source') ??
    faultOfField(field, text, before, sources ?? [], known);
  return fault ? { fault } : { text, sources: sources ?? [] };
}

/** Sentences of an addition that are not there yet: some models write the whole field anew. */
function newIn(add: string, before: string): string {
  const bare = (words: string) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const there = ` ${bare(before)} `;
  return sentencesOf(add)
    .filter((sentence) => !there.includes(` ${bare(sentence)} `))
    .join(' ');
}

/** Quotations that really stand there and tell more than a name; undefined where not one does. */
export function sourcesOf({ quotes }: Finding, known: Known): readonly Found[] | undefined {
  const found = quotes
    .flatMap((quote) => known.quotes.find(quote) ?? [])
    .filter(({ text }) => rootsOf(text).some((root) => !known.ownRoots.has(root)));
  return found.length > 0 ? found : undefined;
}

function faultOfPerson(field: ProseField, text: string): Fault | undefined {
  if (!isEnglish(text)) return undefined;
  const first = FIRST_PERSON.test(text.replace(/[“"«][^”"»]*[”"»]/gu, ''));
  if (field === 'motivation') return first ? undefined : 'not-first-person';
  return first ? 'first-person' : undefined;
}

function faultOfField(
  field: ProseField,
  text: string,
  before: string,
  sources: readonly Found[],
  known: Known,
): Fault | undefined {
  const roots = rootsOf(text);
  const { passages } = known.material;
  if (EVENT.test(text)) return 'event';
  if (shareIn(roots, new Set(rootsOf(before))) >= RESTATED) return 'restates';
  if (copiesLine(text, known)) return 'copies-line';
  if (field === 'public_sheet') {
    if (isSecret(text)) return 'leaks';
    if (roots.some((root) => known.hiddenRoots.has(root) && !known.openRoots.has(root))) return 'leaks';
    if (sources.some(({ passage }) => passage.known !== 'open')) return 'leaks';
  } else {
    // The same in another part of the sheet is no news either.
    const sheet = passages.filter(({ from }) => from === 'sheet');
    if (sheet.some((one) => shareIn(roots, new Set(rootsOf(one.text))) >= RESTATED)) return 'restates';
  }
  return isBorneOut(field, roots, sources, known) ? undefined : 'unsupported';
}

/** Names of its own are in every passage: they bear out nothing. */
function isBorneOut(
  field: ProseField,
  roots: readonly string[],
  sources: readonly Found[],
  known: Known,
): boolean {
  const told = roots.filter((root) => !known.ownRoots.has(root));
  const { there, quoted } = BORNE_OUT[field];
  const inQuotes = new Set(rootsOf(sources.map(({ text }) => text).join('\n')));
  return shareIn(told, known.roots) >= there && shareIn(told, inQuotes) >= quoted;
}

/** A line is said in a scene; the sheet says what it shows. */
function copiesLine(text: string, { material }: Known): boolean {
  const roots = rootsOf(text);
  if (roots.length < 3) return false;
  const grams = pairsOf(roots);
  return material.passages
    .filter(({ from }) => from === 'line')
    .some((line) => shareIn(grams, new Set(pairsOf(rootsOf(line.text)))) >= 0.8);
}

function pairsOf(roots: readonly string[]): string[] {
  return roots.slice(1).map((root, index) => `${roots[index]} ${root}`);
}

/** The card's text of a field, for who adds to it. */
export function textBefore({ material }: Known, field: ProseField): string {
  return fieldOf(material.card, field);
}
