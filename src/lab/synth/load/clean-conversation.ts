import { whatIsWrong } from '../../coser/files/records-in.ts';
import {
  type Conversation,
  conversationSchema,
  SHEET_FIELDS,
  type SheetCharacter,
} from '../record/conversation.ts';
import { isWorld, segmentsOf, speakersOf } from '../record/views.ts';
import { cleanTurns } from './clean-turns.ts';
import type { Loaded } from './loaded.ts';
import { mend } from './mend.ts';
import { createNameOf } from './names.ts';
import { leftOf, type RawConversation } from './raw-conversation.ts';

/** A turn should have so many characters without its tags (her-spec 1.1, F8); others are counted. */
const TURN_LENGTH = { least: 50, most: 200 };
/** A conversation should have so many turns. */
const FEW_TURNS = 5;
const LONGEST_ID = 280;

export type CleanOptions = {
  /** For a person. */
  readonly where: string;
  /** Which conversation of this run it is, from 1: makes a second of its name one of its own. */
  readonly number: number;
  /** Whether another of that id came before; from then on one did. */
  readonly seen: (id: string) => boolean;
};

/** A conversation as the steps need it, or why it is none (her-spec 6.1). */
export function cleanConversation(given: RawConversation, { where, number, seen }: CleanOptions): Loaded {
  const { value: raw, mended, unreadable } = mend(given);
  const { turns: rawTurns, characters: rawCharacters, left = [], origin = 'lab', ...rest } = raw;
  const asked = raw.id.slice(0, LONGEST_ID).toWellFormed();
  const nameOf = createNameOf();
  const characters = mergedCharacters(rawCharacters.map((one) => ({ ...one, name: nameOf(one.name) })));
  const { turns, rejects: ofTurns, merged } = cleanTurns(rawTurns, nameOf);
  const rejects = [...left, ...ofTurns];
  const refused = (why: string, detail: string): Loaded => {
    const reasons = [...new Set(rejects.map((one) => one.why))];
    const more = reasons.length === 0 ? '' : `; of its turns: ${reasons.join(', ')}`;
    return { kind: 'reject', where, ...leftOf(why, `${raw.id}: ${detail}${more}`, rawTurns) };
  };
  if (rawTurns.length === 0) return refused('empty-conversation', 'it has no turns');
  if (turns.length === 0) return refused('no-usable-turns', 'it has no turn that can be used');
  if (turns.every(isWorld)) return refused('nobody-speaks', 'only the Environment speaks');
  const read = conversationSchema.safeParse({ ...rest, id: asked, format: 1, origin, characters, turns });
  if (!read.success) return refused('bad-form', whatIsWrong(read.error));
  const [id, isDouble] = ownId(asked, number, seen);
  const record = { ...read.data, id };
  const counts = {
    ...countsOf(record),
    'merged turns': merged,
    'ids made unique': isDouble ? 1 : 0,
    'texts mended': mended,
    'texts with unreadable signs': unreadable,
  };
  return { kind: 'record', record, rejects, counts };
}

function ownId(id: string, number: number, seen: (id: string) => boolean): [id: string, isDouble: boolean] {
  if (!seen(id)) return [id, false];
  let next = number;
  while (seen(`${id}~${next}`)) next += 1;
  return [`${id}~${next}`, true];
}

function countsOf(record: Conversation): Record<string, number> {
  const listed = new Set(record.characters.map(({ name }) => name));
  const unlisted = speakersOf(record).filter((name) => !listed.has(name));
  const people = record.turns.filter((turn) => !isWorld(turn));
  const lengths = people.map((turn) =>
    segmentsOf(turn, record).reduce((sum, { text }) => sum + text.length, 0),
  );
  return {
    turns: record.turns.length,
    'turns of the Environment': record.turns.length - people.length,
    'turns with a plan': record.turns.filter(({ plan }) => plan !== undefined).length,
    'turns without a sheet': people.filter(({ speaker }) => unlisted.includes(speaker)).length,
    'speakers without a sheet': unlisted.length,
    [`turns under ${TURN_LENGTH.least} characters`]: lengths.filter((one) => one < TURN_LENGTH.least).length,
    [`turns over ${TURN_LENGTH.most} characters`]: lengths.filter((one) => one > TURN_LENGTH.most).length,
    [`conversations under ${FEW_TURNS} turns`]: record.turns.length < FEW_TURNS ? 1 : 0,
  };
}

/** One sheet of each; of two texts for the same the longer. */
function mergedCharacters(characters: RawConversation['characters']): SheetCharacter[] {
  const sheets = new Map<string, SheetCharacter>();
  for (const { name, completed, ...fields } of characters) {
    if (name === '' || isWorld({ speaker: name })) continue;
    const before = sheets.get(name) ?? NO_SHEET;
    const next = { ...before, name, ...(completed ? { completed } : {}) };
    for (const field of SHEET_FIELDS) {
      const text = fields[field]?.trim() ?? '';
      if (text.length > next[field].length) next[field] = text;
    }
    sheets.set(name, next);
  }
  return [...sheets.values()];
}

const NO_SHEET = { name: '', profile: '', background: '', motivation: '', description: '', experience: '' };
