import { renderHer } from '../../../format/render-her.ts';
import { type Segment, visibleSegments } from '../../../format/segments.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import type { Conversation, Turn } from './conversation.ts';

/** Whether the world speaks. */
export function isWorld({ speaker }: Pick<Turn, 'speaker'>): boolean {
  return speaker === ENVIRONMENT.name;
}

/** Who speaks in it, in the order of their first turns; not the world. */
export function speakersOf({ turns }: Pick<Conversation, 'turns'>): readonly string[] {
  const known = speakers.get(turns);
  if (known) return known;
  const found = [...new Set(turns.filter((turn) => !isWorld(turn)).map(({ speaker }) => speaker))];
  speakers.set(turns, found);
  return found;
}

/** Every turn of a list is read knowing who speaks in all of it. */
const speakers = new WeakMap<Conversation['turns'], readonly string[]>();

/**
 * The layers of a turn; empty where its text cannot be taken apart (fail closed). The parser knows who
 * speaks, and that all others are others.
 */
export function segmentsOf(
  turn: Pick<Turn, 'speaker' | 'text'>,
  conversation: Pick<Conversation, 'turns'>,
): readonly Segment[] {
  const cast = speakersOf(conversation);
  const known = read.get(turn);
  if (known?.cast === cast) return known.segments;
  const others = cast.filter((name) => name !== turn.speaker);
  const parsed = parseTurn(turn.text, { speaker: { name: turn.speaker }, others });
  // A turn of a record has no plan of its own: text that holds one is no turn.
  const segments = parsed.usable && parsed.systemThinking === '' ? parsed.segments : [];
  read.set(turn, { cast, segments });
  return segments;
}

/** Every view and every rule reads the same turns. Turns are never changed, only made anew. */
const read = new WeakMap<
  Pick<Turn, 'speaker' | 'text'>,
  { readonly cast: readonly string[]; readonly segments: readonly Segment[] }
>();

/** One line of a view. */
export type ViewLine = {
  readonly turn: number;
  readonly speaker: string;
  readonly own: boolean;
  /** HER text without a name: an own turn with its thoughts, any other as it could be seen and heard. */
  readonly text: string;
};

/**
 * What someone perceived, oldest first: own turns whole, of the others what can be seen and heard; who
 * only thought something did nothing (the one law; her-spec 2.1).
 *
 * @param before only turns with a smaller id
 */
export function viewOf(
  conversation: Conversation,
  name: string,
  before = Number.POSITIVE_INFINITY,
): readonly ViewLine[] {
  return conversation.turns.flatMap((turn) => {
    if (turn.id >= before) return [];
    const own = turn.speaker === name;
    const segments = segmentsOf(turn, conversation);
    const text = renderHer(own ? segments : visibleSegments(segments));
    return text === '' ? [] : [{ turn: turn.id, speaker: turn.speaker, own, text }];
  });
}
