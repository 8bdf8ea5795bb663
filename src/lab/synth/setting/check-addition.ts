import { namesUnknown, wordsIn } from '../../../enrich/names-in.ts';
import { readsOtherMind } from '../../../enrich/other-mind.ts';
import { isEnglish, isSecret, rootsOf, sentencesOf, shareIn } from '../../../enrich/sentences.ts';
import { neutralise } from '../../../format/neutralise.ts';
import { tidy } from '../../../format/tidy.ts';
import { hasDiscordMarks } from '../checks/discord-marks.ts';
import { namesTheTask, ownNames } from '../checks/voice.ts';
import { sharesRun, wordsOf } from '../checks/words.ts';
import type { AdditionContext } from './addition-context.ts';
import { tellsOf } from './tells-of.ts';

/** A part of the setting that may be added to; `scenario` is everybody’s. */
export type AddedField = 'profile' | 'background' | 'motivation' | 'description' | 'experience' | 'scenario';

/** What may be wrong with an addition, and how it is said to who made it. */
export const SETTING_FAULTS = {
  incomplete: 'It lacks its field, its quotation or its words.',
  'no-source': 'The quotation does not stand in the passage: copy it letter by letter.',
  unsupported: 'The passage does not say that.',
  'of-the-dialogue': 'It tells what happens in the dialogue; the setting is how things stand before it.',
  restates: 'The setting says that already.',
  'unknown-name': 'It names somebody or something that is in neither passage nor setting.',
  'other-mind': 'It tells what somebody else feels or thinks.',
  'knows-too-much': 'It tells what only somebody else can know.',
  'names-the-task': 'It speaks of the task.',
  'not-first-person': 'What a character has in mind is written in the first person.',
  'first-person': 'It is written in the first person.',
  'gives-away': 'Everybody may read this part: it gives away what somebody keeps to themselves.',
  'too-long': 'It is too long: one sentence.',
  'too-short': 'It is too short: a whole sentence.',
  'bad-form': 'It is no plain sentence.',
  'too-many': 'There are enough additions to this part.',
} as const satisfies Record<string, string>;
export type SettingFault = keyof typeof SETTING_FAULTS;

/** One thing that a model would add. */
export type Addition = { readonly field: AddedField; readonly quote: string; readonly add: string };
export type CheckedAddition =
  | { readonly text: string; readonly quote: string }
  | { readonly fault: SettingFault };

/** Characters. */
const LONGEST = 400;
const SHORTEST = 12;
const SHORTEST_UNSPACED = 5;
const RESTATED = 0.85;
/** So much of an addition must be in the passage, and so much in the words it quotes. A wish is told in other words. */
const BORNE_OUT = { told: { there: 0.6, quoted: 0.25 }, wished: { there: 0.4, quoted: 0.1 } } as const;
/** A clause of so many roots, of which so few are known, is made up, whatever stands beside it. */
const CLAUSE = { roots: 3, known: 0.34 };
const OPEN: ReadonlySet<AddedField> = new Set(['profile', 'description', 'scenario']);
const FIRST_PERSON = /\b(?:I|me|my|mine|myself)\b/u;
const EVENT =
  /\b(?:in this (?:scene|conversation|dialogue|chapter|passage)|during (?:the|this) (?:scene|conversation|dialogue)|at this moment|right now|just now|(?:will|would) (?:eventually|later|soon)|ends? up|by the end|in the end|eventually|later (?:becomes?|became|learns?|learned))\b/iu;

/**
 * Checks one addition (her-spec 6.4): it stands on words of the passage, says nothing that only the dialogue says,
 * and gives nothing away.
 *
 * @param before the field so far, additions that were taken included
 */
export function checkAddition(
  { field, quote, add }: Addition,
  before: string,
  context: AdditionContext,
): CheckedAddition {
  const text = closed(tidy(add).replace(/\s+/gu, ' '));
  const found = context.source.quotes.find(quote);
  const fault =
    faultOfForm(text, context) ??
    (found ? undefined : 'no-source') ??
    faultOfWords(field, text, context) ??
    faultOfMatter(field, text, before, context);
  if (fault || !found) return { fault: fault ?? 'no-source' };
  const really = found.map((one) => one.text).join(' … ');
  const more = faultOfSource(field, text, really, context) ?? faultOfSecrecy(field, text, really, context);
  return more ? { fault: more } : { text, quote: really };
}

/** Additions stand one behind the other. */
function closed(text: string): string {
  return /[\p{Script=Latin}\p{N}]$/u.test(text) ? `${text}.` : text;
}

function faultOfForm(text: string, { people }: AdditionContext): SettingFault | undefined {
  if (text.length > LONGEST) return 'too-long';
  if (text.length < (/\p{Script=Latin}/u.test(text) ? SHORTEST : SHORTEST_UNSPACED)) return 'too-short';
  if (/[<>{}[\]]|^[#*\-•]|={3}|~{3}/u.test(text) || hasDiscordMarks(text)) return 'bad-form';
  // A heading, a line of somebody, anything that a prompt would take for one of its own parts.
  return neutralise(text, people) === text ? undefined : 'bad-form';
}

function faultOfWords(
  field: AddedField,
  text: string,
  { name, source, setting, people }: AdditionContext,
): SettingFault | undefined {
  if (namesTheTask(text) || /\buser\b/iu.test(text)) return 'names-the-task';
  const own = name === undefined ? new Set<string>() : ownNames(name);
  const known = new Set([...source.words, ...wordsIn(setting), ...wordsIn(people.join('\n'))]);
  if (namesUnknown(text, known, source.nounsAreLarge)) return 'unknown-name';
  if (readsOtherMind(text, own)) return 'other-mind';
  if (!isEnglish(text)) return undefined;
  const first = FIRST_PERSON.test(text.replace(/[“"«][^”"»]*[”"»]/gu, ''));
  if (field === 'motivation') return first ? undefined : 'not-first-person';
  return first ? 'first-person' : undefined;
}

function faultOfMatter(
  field: AddedField,
  text: string,
  before: string,
  { source, setting, own, dialogue }: AdditionContext,
): SettingFault | undefined {
  if (EVENT.test(text)) return 'of-the-dialogue';
  const roots = rootsOf(text);
  // The same in another part of the sheet is no news either.
  const said = [before, ...(field === 'motivation' ? [own] : setting.split('\n'))];
  if (said.some((part) => part !== '' && shareIn(roots, new Set(rootsOf(part))) >= RESTATED))
    return 'restates';
  // What stands in turns and nowhere else happens in them.
  const there = new Set([...source.roots, ...rootsOf(setting), ...rootsOf(own)]);
  return roots.some((root) => dialogue.has(root) && !there.has(root)) ? 'of-the-dialogue' : undefined;
}

/** Names of its own are in every paragraph: they bear out nothing. */
function faultOfSource(
  field: AddedField,
  text: string,
  quote: string,
  { name, source, setting }: AdditionContext,
): SettingFault | undefined {
  const names = new Set(name === undefined ? [] : rootsOf(name));
  const told = (words: string) => rootsOf(words).filter((root) => !names.has(root));
  const { there, quoted } = BORNE_OUT[field === 'motivation' ? 'wished' : 'told'];
  if (shareIn(told(text), source.roots) < there) return 'unsupported';
  const inQuote = told(quote);
  if (inQuote.length === 0 || shareIn(told(text), new Set(inQuote)) < quoted) return 'unsupported';
  const known = new Set([...source.roots, ...rootsOf(setting)]);
  const madeUp = clausesOf(text)
    .map(told)
    .some((roots) => roots.length >= CLAUSE.roots && shareIn(roots, known) < CLAUSE.known);
  return madeUp ? 'unsupported' : undefined;
}

function clausesOf(text: string): string[] {
  return sentencesOf(text).flatMap((sentence) =>
    sentence.split(/[;:—–]|,\s|\b(?:and|but|because|who|which|while)\b/iu),
  );
}

function faultOfSecrecy(
  field: AddedField,
  text: string,
  quote: string,
  { name, source, people, setting, open, own, others, hidden }: AdditionContext,
): SettingFault | undefined {
  const words = wordsOf(text);
  const isSecretThere = source.isSecret(quote);
  if (OPEN.has(field)) {
    const isGivenAway =
      isSecretThere ||
      isSecret(text) ||
      tellsOf(text, `${own}\n${others}`, open) ||
      sharesRun(words, hidden.fromSome);
    return isGivenAway ? 'gives-away' : undefined;
  }
  // Of what the passage calls a secret nobody knows but whose it is.
  const namesOther = people.some((one) => one !== name && namesIn(`${quote} ${text}`, one, name ?? ''));
  const isKnown =
    !(isSecretThere && namesOther) &&
    !tellsOf(text, others, `${setting}\n${own}`) &&
    !sharesRun(words, hidden.fromThis);
  return isKnown ? undefined : 'knows-too-much';
}

/** Whether a text names somebody, by a name that one does not share with them. */
function namesIn(text: string, somebody: string, one: string): boolean {
  const there = wordsIn(text);
  const shared = ownNames(one);
  return [...ownNames(somebody)].some((word) => there.has(word) && !shared.has(word));
}
