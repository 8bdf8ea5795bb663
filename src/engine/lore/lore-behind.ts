import { type ActorId, type Beat, cardIdOf, type Made, playerActorId } from '../../scene/beat.ts';
import { lastCalled } from '../../scene/lore-calls.ts';
import { whispersLogged } from '../audit/note-whisper.ts';
import { cardMacros } from '../card-macros.ts';
import { cardOf } from '../card-of.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { readBeat } from '../past/read-beat.ts';
import { mayReadThoughts } from '../peek.ts';
import type { Asker } from '../player.ts';
import { bookNamed, type LoreBehind, namedLore } from './named-lore.ts';
import { stillSays } from './still-says.ts';
import { heardAs } from './turn-lore.ts';

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
    const how = one.why === 'sticky' ? await firstCall(room, live, one, speaker, n) : { origin: one, n };
    if (how && isOpen(room, live, how.origin, speaker, how.n, by)) open.push(one);
  }
  const isClosed = open.length < lore.length;
  // What another entry called up may tell of that one.
  return open.filter(({ why }) => why !== 'recursion' || !isClosed);
}

/** Called up in line `n` by what this person may read. */
function isOpen(
  room: EngineRoom,
  live: LiveScene,
  one: Lore[number],
  speaker: ActorId,
  n: number,
  by: Asker,
): boolean {
  const { why, beat, key } = one;
  if (why === 'key' && beat === undefined) return false;
  if (beat !== undefined && !mayRead(room, live, beat, speaker, by)) return false;
  const library = room.libraryOf(live.record);
  const character = cardOf(library, speaker);
  const book = bookNamed(one.book, character, library);
  const entry = book?.entries.find(({ id }) => id === one.entry);
  const line = beat === undefined ? undefined : live.minds.people.get(speaker)?.at(beat);
  if (entry && character && line && key !== undefined) {
    // What was edited away is told nobody.
    const macros = cardMacros(live, character, room.clock.now());
    if (!stillSays(heardAs(line), entry, key, character, macros)) return false;
  }
  if (!entry || (entry.secondaryKeys.length === 0 && !entry.also?.length)) return true;
  // Which line met or failed its other conditions is not written down: each that it may have been counts.
  const { loreDepth } = room.rulesFor(live.record, cardIdOf(speaker));
  const depth = entry.scanDepth ?? book?.scanDepth ?? loreDepth;
  const heard = live.minds.people.get(speaker)?.entries.filter((line) => line.n < n) ?? [];
  return heard.slice(Math.max(0, heard.length - depth)).every((line) => {
    const isBare = line.own && !line.segments.some(({ kind }) => kind === 'thought');
    return (isBare && live.minds.openly(line.n)) || mayRead(room, live, line.n, speaker, by);
  });
}

/** Whether this person may read all of what the speaker perceived of a beat, and it still stands. */
function mayRead(room: EngineRoom, live: LiveScene, beat: number, speaker: ActorId, by: Asker): boolean {
  if (!live.minds.people.get(speaker)?.at(beat)) return false;
  const heard = live.minds.openly(beat);
  if (!heard) {
    const isTheirs = live.minds.people.get(playerActorId(by.id))?.at(beat) !== undefined;
    return isTheirs || (by.moderator && whispersLogged(room, live.record));
  }
  return heard.speaker?.id !== speaker || mayReadThoughts(room, live, beat, by);
}

/** How what stays was called up, and in which line; undefined where that is not known, or another entry did it. */
async function firstCall(
  room: EngineRoom,
  live: LiveScene,
  { book, entry }: Lore[number],
  speaker: ActorId,
  before: number,
): Promise<{ readonly origin: Lore[number]; readonly n: number } | undefined> {
  const n = lastCalled(live.state.lore, speaker, book, entry, before);
  const { log } = live.record;
  const line = n && (await readBeat(room.options.store, log, live.state.standing.get(n) ?? n));
  if (!line || !('made' in line)) return undefined;
  const origin = line.made?.lore?.find((one) => one.book === book && one.entry === entry);
  return origin && origin.why !== 'recursion' ? { origin, n } : undefined;
}
