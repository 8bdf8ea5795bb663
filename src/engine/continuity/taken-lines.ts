import { visibleSegments } from '../../format/segments.ts';
import type { Mark } from '../../judge/continuity/mark.ts';
import { marksByRules } from '../../judge/continuity/marks-by-rules.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { type ActorId, isCharacterId, type PlaceId, playerActorId } from '../../scene/beat.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { Text } from '../../words/text.ts';
import { meteredModels } from '../budget/metered-models.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { readBeat } from '../past/read-beat.ts';
import type { Asker } from '../player.ts';
import type { MarkedLine } from './continuity-api.ts';
import { givenTo } from './given-to.ts';
import { inTheOpen, reviewedOf } from './reviewed-of.ts';

export type Taken = {
  /** With what rules say of them; also those of which they say nothing. */
  readonly lines: readonly MarkedLine[];
  /** Beats of those that a judge may read. */
  readonly played: readonly number[];
  /** Absent where none plays, or no more may be spent. */
  readonly judge?: ChatModel;
  readonly stopped?: Text;
};

/** The last lines of characters that happened openly in a place, and who is to judge them. */
export async function takeLines(
  room: EngineRoom,
  live: LiveScene,
  place: PlaceId,
  by: Asker,
  most: number,
): Promise<Taken> {
  const entries = lastLines(live.minds.place(place).director.entries, most);
  const lines: MarkedLine[] = [];
  const played: number[] = [];
  const changes = await changesIn(room, live, entries[0]?.n);
  const eyes = playerActorId(by.id);
  for (const { n, speaker } of entries) {
    if (!speaker) continue;
    const isPlayed = await wasPlayed(room, live, n, changes);
    lines.push({ n, speaker, marks: await marksOn(room, live, { n, speaker }, isPlayed, eyes) });
    if (isPlayed) played.push(n);
  }
  const { judge } = meteredModels(room, live);
  if (!judge || played.length === 0) return { lines, played };
  const stop = await room.budgets.stopOf(live.record, by.id);
  return stop ? { lines, played, stopped: stop.text } : { lines, played, judge };
}

/** Whether a judge may read the line of beat `n` now: something may have been taken back since it was taken. */
export async function isPlayedStill(room: EngineRoom, live: LiveScene, n: number): Promise<boolean> {
  return wasPlayed(room, live, n, await changesIn(room, live, n));
}

/** Of what was found, what stands in the place now as it is quoted. */
export function standing(live: LiveScene, place: PlaceId, found: readonly MarkedLine[]): MarkedLine[] {
  const { director } = live.minds.place(place);
  return found.flatMap(({ n, speaker, marks }) => {
    const seen = visibleSegments(director.at(n)?.segments ?? []);
    const left = marks.filter(({ quote }) => seen.some(({ text }) => text.includes(quote)));
    return left.length > 0 ? [{ n, speaker, marks: left }] : [];
  });
}

function lastLines(entries: readonly ViewEntry[], most: number): ViewEntry[] {
  const found: ViewEntry[] = [];
  for (let at = entries.length - 1; at >= 0 && found.length < most; at -= 1) {
    const entry = entries[at];
    if (entry?.kind === 'line' && isCharacterId(entry.speaker?.id ?? '')) found.push(entry);
  }
  return found.reverse();
}

/** A beat in which somebody took back what was in minds: beat `of`, or (0) all before it. */
type Change = { readonly n: number; readonly of: number };

/** What was reworded, deleted, undone or forgotten since beat `from`. */
async function changesIn(room: EngineRoom, { record }: LiveScene, from = 1): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for await (const beat of room.options.store.read(record.log, from)) {
    const { kind, n } = beat;
    if (kind === 'amend' || kind === 'retract' || kind === 'undo') changes.push({ n, of: beat.of });
    else if (kind === 'forget') changes.push({ n, of: beat.of ?? 0 });
  }
  return changes;
}

/**
 * Whether what stands there is the character's own turn, made of what is still in its mind. What a person wrote,
 * typed as it or reworded, and what may have been told to it by words that were taken back since, is held against
 * nothing that is hidden: whoever chose the words could else try out what stands there.
 */
async function wasPlayed(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  changes: readonly Change[],
): Promise<boolean> {
  const version = live.state.standing.get(n) ?? n;
  if (live.state.amends.has(version)) return false;
  if (changes.some((change) => change.n > version && change.of < version)) return false;
  const beat = await readBeat(room.options.store, live.record.log, version);
  return beat?.kind === 'line' && beat.made !== undefined && beat.made.by !== 'hand';
}

async function marksOn(
  room: EngineRoom,
  live: LiveScene,
  { n, speaker: { id } }: Pick<MarkedLine, 'n' | 'speaker'>,
  isPlayed: boolean,
  eyes: ActorId,
): Promise<readonly Mark[]> {
  const line = reviewedOf(room, live, id, n, [], eyes);
  if (!line) return [];
  const marks = marksByRules(isPlayed ? line : inTheOpen(line));
  if (!marks.some(({ kind }) => kind === 'knows-too-much')) return marks;
  // Perhaps it was told by hand, or remembers other evenings: that is looked up where it matters.
  const informed = reviewedOf(room, live, id, n, await givenTo(room, live, id), eyes);
  return informed ? marksByRules(informed) : marks;
}
