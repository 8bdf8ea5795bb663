import type { Character } from '../cast/character.ts';

const NAMES = [
  ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen'],
].flat();

// One to seventeen, as a number or a word, and not the beginning of a greater one.
const YOUNG = String.raw`(?:0?[1-9]|1[0-7]|${NAMES.toReversed().join('|')})(?![\p{L}\d]|[.,]\d{3}| ?(?:hundred|thousand|million|centur|k\b|%))`;
const YEARS = String.raw`[\s-]{0,2}(?:years?|yrs?)[\s-]{1,2}old|[\s-]{0,2}(?:yo|y/o)\b`;

const TAGS = new Set([
  'minor',
  'minors',
  'underage',
  'under18',
  'child',
  'kid',
  'loli',
  'lolicon',
  'shota',
  'shotacon',
]);
const TAG_OF_AGE = new RegExp(`^(?:${YOUNG})(?:${YEARS})?$`, 'iu');

const STATEMENTS = [
  // `Age: 16`, `age("16")`, `Apparent age = sixteen`
  new RegExp(String.raw`\bage\b["']?\s{0,3}[:=([]{1,2}[\s"'+(]{0,4}${YOUNG}`, 'iu'),
  // `a 16-year-old girl`, but for the ages of other people: `has a 9-year-old son`
  new RegExp(
    String.raw`(?:^|[.;!?,:\n(]|\b(?:is|am|are|just|only|barely|still))\s{0,3}(?:an? |the )?${YOUNG}(?:${YEARS})`,
    'iu',
  ),
  // `She is 16.`
  new RegExp(
    String.raw`(?:^|[.;!?\n]\s{0,3})(?:\{\{char\}\}|she|he|they|i)(?: is| am| are|['’]s|['’]m|['’]re)(?: only| just| barely| still)? ${YOUNG}(?=\s{0,2}(?:[.,;!?\n]|and\b|$))`,
    'iu',
  ),
  // `looks 12`, `with the body of a 12-year-old`
  new RegExp(
    String.raw`\b(?:looks|looking|appears|body of|appearance of)(?: to be| like| about| around| an?){0,3} ${YOUNG}(?! ?(?:feet|inches|cm|metres|meters|times|people|men|women))`,
    'iu',
  ),
];

/** Whether a card says, in a tag or in any of its sheets, that its character is under 18, or looks it. */
export function statesAMinor(character: Character): boolean {
  const { name, tags, description, personality, background, publicSheet } = character;
  const tagged = tags.some(
    (tag) => TAGS.has(tag.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) || TAG_OF_AGE.test(tag.trim()),
  );
  if (tagged) return true;
  return [description, personality, background, publicSheet].some((sheet) => {
    const text = name === '' ? sheet : sheet.replaceAll(name, '{{char}}');
    return STATEMENTS.some((statement) => statement.test(text));
  });
}
