import { isRecord } from './tidy-value.ts';

/**
 * The same fields under the names that other programs gave them. Pygmalion's notepad and TavernAI
 * (`char_name` …), text-generation-webui (`context`, `greeting`), SillyTavern's flat cards
 * (`creatorcomment`), Agnai (`sampleChat` and the rest in camel case).
 */
const OLD_NAMES: Readonly<Record<string, string>> = {
  char_name: 'name',
  char_persona: 'description',
  context: 'description',
  world_scenario: 'scenario',
  char_greeting: 'first_mes',
  greeting: 'first_mes',
  example_dialogue: 'mes_example',
  sampleChat: 'mes_example',
  creatorcomment: 'creator_notes',
  alternateGreetings: 'alternate_greetings',
  characterBook: 'character_book',
  characterVersion: 'character_version',
  systemPrompt: 'system_prompt',
  postHistoryInstructions: 'post_history_instructions',
};

/**
 * A flat card with the field names of Card V2. Where both names are in use, the newer one counts and the
 * older stays beside it.
 */
export function withNewNames(flat: Record<string, unknown>): Record<string, unknown> {
  const card = fromAgnai(flat);
  for (const [old, now] of Object.entries(OLD_NAMES)) {
    if (card[old] === undefined) continue;
    if (isNothing(card[now])) card[now] = card[old];
    if (card[now] === card[old]) delete card[old];
  }
  return card;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/**
 * Agnai describes a character in `persona`; its `description` is for the person who chooses one. The
 * persona itself is kept as well.
 */
function fromAgnai(flat: Record<string, unknown>): Record<string, unknown> {
  const { persona, description, ...card } = flat;
  if (!isRecord(persona) || !isRecord(persona['attributes'])) return { ...flat };
  const isPlain = persona['kind'] === 'text';
  const lines = Object.entries(persona['attributes']).map(([name, values]) => {
    const texts = (Array.isArray(values) ? values : [values]).filter((text) => typeof text === 'string');
    return isPlain || texts.length === 0 ? texts.join('\n') : `${name}: ${texts.join(', ')}`;
  });
  if (isNothing(card['creator_notes'])) card['creator_notes'] = description;
  return { ...card, persona, description: lines.filter(Boolean).join('\n') };
}
