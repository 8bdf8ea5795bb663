import { type ActorId, type Beat, type Made, playerActorId } from '../../scene/beat.ts';
import { lastCalled } from '../../scene/lore-calls.ts';
import { whispersLogged } from '../audit/note-whisper.ts';
import { cardOf } from '../card-of.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { readBeat } from '../past/read-beat.ts';
import { mayReadThoughts } from '../peek.ts';
import type { Asker } from '../player.ts';
import { type LoreBehind, namedLore } from './named-lore.ts';

type Lore = NonNullable<Made['lore']>;

/**
 * What lore stood in the prompt of a line, for who may ask. An entry tells what was said or thought to call
 * it up: where that was in a whisper or a thought that they may not read, it is only counted.
 */
export async function loreBehind(
  room: EngineRoom,
  live: LiveScene,
  beat: Beat & { readonly made?: Made | undefined },
  by: Asker,
): Promise<LoreBehind> {
  const { lore = [] } = beat.made ?? {};
  if (lore.length === 0 || !('speaker' in beat)) return { named: [], withheld: 0 };
  const library = room.libraryOf(live.record);
  const speaker = beat.speaker.id;
  const open = await openOf(room, live, lore, speaker, beat.n, by);
  return {
    named: namedLore(open, cardOf(library, speaker), library),
    withheld: lore.length - open.length,
  };
}

async function openOf(
  room: EngineRoom,
  live: LiveScene,
  lore: Lore,
  speaker: ActorId,
  n: number,
  by: Asker,
): Promise<Lore> {
  const open: Lore = [];
  for (const one of lore) {
    if (one.why === 'constant' || isOpen(room, live, one, speaker, by)) open.push(one);
    else if (one.why === 'sticky' && (await stayedOpenly(room, live, one, speaker, n, by))) open.push(one);
  }
  const isClosed = open.length < lore.filter(({ why }) => why !== 'recursion').length;
  // What another entry called up may tell of that one.
  return lore.filter((one) => open.includes(one) || (one.why === 'recursion' && !isClosed));
}

/** A key that was found in what this person may read. */
function isOpen(
  room: EngineRoom,
  live: LiveScene,
  { why, beat }: Lore[number],
  speaker: ActorId,
  by: Asker,
): boolean {
  if (why !== 'key' || beat === undefined) return false;
  const heard = live.minds.openly(beat);
  if (!heard) {
    const isTheirs = live.minds.people.get(playerActorId(by.id))?.at(beat) !== undefined;
    return isTheirs || (by.moderator && whispersLogged(room, live.record));
  }
  return heard.speaker?.id !== speaker || mayReadThoughts(room, live, beat, by);
}

/** Whether what called an entry up in an earlier line may be known. */
async function stayedOpenly(
  room: EngineRoom,
  live: LiveScene,
  { book, entry }: Lore[number],
  speaker: ActorId,
  before: number,
  by: Asker,
): Promise<boolean> {
  const n = lastCalled(live.state.lore, speaker, book, entry, before);
  const { log } = live.record;
  const line = n && (await readBeat(room.options.store, log, live.state.standing.get(n) ?? n));
  if (!line || !('made' in line)) return false;
  const origin = line.made?.lore?.find((one) => one.book === book && one.entry === entry);
  return origin !== undefined && (origin.why === 'constant' || isOpen(room, live, origin, speaker, by));
}
