import { parseCoser } from '../../format/coser.ts';
import { renderHer } from '../../format/render-her.ts';
import { herToProse } from './card-prose.ts';
import { isCoserRecord } from './cast-file-kind.ts';
import { isRecord, tidyText, type Warn } from './tidy-value.ts';

const MAX_CARDS = 200;
const MAX_EXAMPLES = 100;

/**
 * The characters of one or several scenes of the CoSER data set, as fields of cards: the profile is the
 * description, what the scene says of a key character the background, its motivation (the test set calls it
 * `thought`) the motivation, its lines the examples. One who is in several scenes of a book is one card. The
 * Environment is none. (Fields as in the data set: `character_profiles`, `key_characters`, `dialogues`.)
 */
export function coserCards(value: unknown, warn: Warn): Record<string, unknown>[] {
  const records = (Array.isArray(value) ? value : [value]).filter(isCoserRecord);
  const cards = new Map<string, CoserCard>();
  for (const record of records) {
    for (const found of cardsOf(record, warn)) {
      const key = `${found.book}\n${found.name}`;
      const known = cards.get(key);
      if (!known && cards.size >= MAX_CARDS) {
        warn(`only the first ${MAX_CARDS} characters were read`);
        return [...cards.values()].map(asFields);
      }
      cards.set(key, known ? merged(known, found) : found);
    }
  }
  return [...cards.values()].map(asFields);
}

type CoserCard = {
  readonly name: string;
  readonly book: string;
  readonly profile: string;
  readonly part: string;
  readonly motivation: string;
  readonly scenario: string;
  readonly examples: readonly { readonly to: string; readonly turn: string }[];
};

function cardsOf(record: Record<string, unknown>, warn: Warn): CoserCard[] {
  const profiles = isRecord(record['character_profiles']) ? record['character_profiles'] : {};
  const keys = recordsOf(record['key_characters']);
  const plot = isRecord(record['plot']) ? recordsOf(record['plot']['key_characters']) : [];
  const dialogue = recordsOf(record['dialogues']).map((line) => ({
    by: textOf(line, 'character', warn),
    message: textOf(line, 'message', warn),
  }));
  const book = textOf(record, 'book', warn);
  const scenario = textOf(record, 'scenario', warn);
  const names = new Set([...Object.keys(profiles), ...keys.map((one) => textOf(one, 'name', warn))]);
  const cast = [...names].map((name) => name.trim()).filter((name) => name && !isWorldVoice(name));
  return cast.map((name) => {
    const key = keys.find((one) => textOf(one, 'name', warn) === name) ?? {};
    const inPlot = plot.find((one) => textOf(one, 'name', warn) === name) ?? {};
    return {
      name,
      book,
      profile: tidyText(profiles[name], `character_profiles.${name}`, warn),
      part: textOf(key, 'description', warn) || textOf(inPlot, 'description', warn),
      motivation: textOf(key, 'motivation', warn) || textOf(key, 'thought', warn),
      scenario: book && scenario ? `From “${book}”. ${scenario}` : scenario,
      examples: examplesOf(name, dialogue, cast),
    };
  });
}

type Line = { readonly by: string; readonly message: string };

/** Each line of the character, with what could be perceived of the line before it. */
function examplesOf(name: string, dialogue: readonly Line[], cast: readonly string[]) {
  return dialogue.flatMap(({ by, message }, at) => {
    if (by !== name) return [];
    const turn = asHer(by, message, cast);
    const before = dialogue[at - 1];
    const to = before && before.by !== name ? herToProse(asHer(before.by, before.message, cast)) : '';
    return turn ? [{ to, turn }] : [];
  });
}

function asHer(by: string, message: string, cast: readonly string[]): string {
  const others = cast.filter((name) => name !== by);
  return renderHer(parseCoser(message, { speaker: { name: by }, others }).segments);
}

function merged(known: CoserCard, found: CoserCard): CoserCard {
  return {
    ...known,
    profile: known.profile || found.profile,
    part: known.part || found.part,
    motivation: known.motivation || found.motivation,
    examples: [...known.examples, ...found.examples],
  };
}

function asFields({ name, book, profile, part, motivation, scenario, examples }: CoserCard) {
  return {
    name,
    description: profile || part,
    scenario,
    tags: book ? [book] : [],
    extensions: {
      dramatis: {
        motivation,
        background: profile ? part : '',
        examples: examples.slice(0, MAX_EXAMPLES),
      },
    },
  };
}

function isWorldVoice(name: string): boolean {
  return /^(?:environment|narrator)$/i.test(name);
}

function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function textOf(record: Record<string, unknown>, field: string, warn: Warn): string {
  return tidyText(record[field], field, warn).trim();
}
