import { isDeepStrictEqual } from 'node:util';
import { PlayerError } from '../../errors.ts';
import { readPlayerLine } from '../../format/player-line.ts';
import { visibleSegments } from '../../format/segments.ts';
import { isCharacterId } from '../../scene/beat.ts';
import { storyTree } from '../../scene/story-tree.ts';
import { beatOfMessage } from '../beat-of-message.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { placeIn } from '../place-in.ts';
import type { Asker } from '../player.ts';
import type { Registry } from '../registry.ts';
import { reservedIn } from '../reserved-names.ts';
import { reword } from '../rewrite.ts';
import type { Within } from '../within.ts';
import { branchPoint, followBranch, openBranch } from './branch.ts';
import type { Past } from './past-api.ts';
import { readBeat } from './read-beat.ts';
import { restart, rewindTo } from './rewind.ts';
import { showStanding } from './stand-instead.ts';
import { swipe, swipesIn } from './swipe.ts';
import { undoChange } from './undo.ts';

/** The past of every scene; see `Past` for what each does. */
export function createPast(room: EngineRoom, registry: Registry, { within, playing }: Within): Past {
  return {
    async swipe(id, step, by, n) {
      const swiping = await playing(id, (live) => swipe(room, live, placeIn(live, id), step, by, n));
      return swiping.done;
    },
    swipes: (id) => within(id, (live) => swipesIn(live, placeIn(live, id))),
    reword: (id, n, text, by) => playing(id, (live) => rewordLine(room, live, n, text, by)),
    rewind: (id, n, erase = false) => playing(id, (live) => rewindTo(room, live, n, erase)),
    story: (id) =>
      within(id, async ({ record }) => storyTree(await Array.fromAsync(room.options.store.read(record.log)))),
    async branch(id, n, into) {
      const point = await within(id, (live) => branchPoint(room, live, n));
      const record = await openBranch(room, registry, point, into);
      await within(id, (live) => followBranch(room, live, record));
      return record;
    },
    undo: (id, n) => playing(id, (live) => undoChange(room, live, n)),
    beatOf: (id, message) => within(id, (live) => beatOfMessage(live, room.options.store, message)),
    restart: (id, erase = false) => playing(id, (live) => restart(room, live, erase)),
  };
}

/** @throws PlayerError where beat `n` is no line of a character, or nothing is left of the text */
async function rewordLine(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  text: string,
  by: Asker | undefined,
): Promise<void> {
  const { store } = room.options;
  const library = room.libraryOf(live.record);
  const beat = await readBeat(store, live.record.log, live.state.standing.get(n) ?? n);
  if (beat?.kind !== 'line' || !isCharacterId(beat.speaker.id) || !live.minds.openly(n)) {
    throw new PlayerError('Only a line of a character can be edited here.');
  }
  const segments = readPlayerLine(text, reservedIn(library, live));
  if (segments.length === 0)
    throw new PlayerError('Nothing would be left of the line; delete its message instead.');
  await reword(room, live, beat, segments);
  await showStanding(room, live, n);
  if (!by || isDeepStrictEqual(visibleSegments(beat.segments), segments)) return;
  const { speaker, segments: was } = beat;
  await room.choices.note(live, { what: 'edit', n, speaker, better: beat.n, worse: [], was }, by);
}
