import { isRecord } from './tidy-value.ts';

/** What a parsed file is about, told by its fields. */
export function kindOfValue(value: unknown): 'card' | 'cards' | 'world' | 'coser' | undefined {
  if (isCoser(value)) return 'coser';
  if (Array.isArray(value)) return value.length > 0 && value.every(isRecord) ? 'cards' : undefined;
  if (!isRecord(value)) return undefined;
  return isWorld(value) ? 'world' : 'card';
}

const CARD_FIELDS = [
  'data',
  'char_name',
  'first_mes',
  'mes_example',
  'personality',
  'character_book',
  'persona',
];

/**
 * A lorebook of its own: SillyTavern's worlds, NovelAI's and Agnai's books and a card's book by itself have
 * `entries` and nothing of a card; RisuAI's say `"type": "risu"`, V3's `"spec": "lorebook_v3"`.
 */
function isWorld(value: Record<string, unknown>): boolean {
  if (value['spec'] === 'lorebook_v3') return true;
  if (value['type'] === 'risu' && Array.isArray(value['data'])) return true;
  const { entries } = value;
  if (!isRecord(entries) && !Array.isArray(entries)) return false;
  return !hasCardFields(value);
}

function hasCardFields(value: Record<string, unknown>): boolean {
  return CARD_FIELDS.some((field) => value[field] !== undefined && value[field] !== null);
}

/** A scene of the CoSER data set, or a list of them. */
function isCoser(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isCoserRecord);
  return isCoserRecord(value);
}

export function isCoserRecord(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  return (
    (isRecord(value['character_profiles']) || Array.isArray(value['key_characters'])) &&
    (Array.isArray(value['dialogues']) || Array.isArray(value['key_characters']))
  );
}

const LONGEST_HEADER = 1_000_000;

/** A chat as SillyTavern saves it: JSON Lines whose first is a header, or a message. */
export function isChat(text: string): boolean {
  const start = text.search(/\S/);
  if (text[start] !== '{') return false;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  if (line.length > LONGEST_HEADER || !/"(?:mes|user_name|character_name|chat_metadata)"/.test(line))
    return false;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && !hasCardFields(value) && CHAT_FIELDS.some((field) => field in value);
  } catch {
    return false;
  }
}

const CHAT_FIELDS = ['mes', 'user_name', 'character_name', 'chat_metadata'];
