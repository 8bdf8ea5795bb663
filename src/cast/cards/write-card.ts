import { isDeepStrictEqual } from 'node:util';
import type { CardData } from './card-data.ts';
import { kindOfValue } from './cast-file-kind.ts';
import { withNewNames } from './old-cards.ts';
import { forPeople, ownFields } from './write-for-people.ts';
import { dialogueOf, herGreetings, herGroupGreetings, lineForOtherTools } from './write-lines.ts';
import { specData } from './write-spec-data.ts';
import { writeYaml } from './write-yaml.ts';

export type CardFormat = 'yaml' | 'v3' | 'v2';

const SPECS = {
  v2: { spec: 'chara_card_v2', spec_version: '2.0' },
  v3: { spec: 'chara_card_v3', spec_version: '3.0' },
};

/**
 * A card as text in another format, with every field we do not know kept. For other tools the
 * lines in HER format become prose (`*action* speech`) in the fields that those tools read; the
 * originals, thoughts included, stay under `extensions.dramatis`, so the way back loses nothing.
 *
 * V2 and V3 come out as their specs want them, whatever the card looked like. No date is set: a card
 * that is written twice is the same twice.
 */
export function writeCard(card: CardData, format: CardFormat): string {
  if (format === 'yaml') return writeYaml(withoutMix(forPeople(card)));
  const whole = {
    ...SPECS[format],
    ...card.extensions.dramatis.beside,
    // Nothing that was kept takes the place of what the file says of itself.
    ...SPECS[format],
    data: specData(forOtherTools(card), format),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function forOtherTools(card: CardData): Record<string, unknown> {
  const { dramatis, ...extensions } = card.extensions;
  const { greetings: _asWritten, group_greetings: _inGroups, beside: _beside, ...own } = dramatis;
  const greetings = herGreetings(card);
  const inGroups = herGroupGreetings(card);
  const [first, ...others] = greetings.map(lineForOtherTools);
  const hers = {
    ...ownFields(own),
    ...(greetings.some(hasMore) ? { greetings } : {}),
    ...(inGroups?.some(hasMore) ? { group_greetings: inGroups } : {}),
  };
  return {
    ...card,
    first_mes: first,
    alternate_greetings: others,
    ...(inGroups ? { group_only_greetings: inGroups.map(lineForOtherTools) } : {}),
    mes_example: card.mes_example || dialogueOf(own.examples),
    extensions: Object.keys(hers).length > 0 ? { ...extensions, dramatis: hers } : extensions,
  };
}

/** Whether a line has more in it than other tools show. */
function hasMore(line: string): boolean {
  return lineForOtherTools(line) !== line;
}

/**
 * Ours is flat, and so were the oldest cards: a card with a field that would be taken for one of theirs, or
 * for something else than a card, has its fields under `data`.
 */
function withoutMix(fields: Record<string, unknown>): Record<string, unknown> {
  const isFlat =
    !['data', 'spec', 'spec_version'].some((key) => Object.hasOwn(fields, key)) &&
    kindOfValue(fields) === 'card' &&
    isDeepStrictEqual(withNewNames(fields), fields);
  return isFlat ? fields : { ...SPECS.v3, data: fields };
}
