import { PlayerError } from '../../errors.ts';
import { isPlayerId, type PlaceId, playerActorId } from '../../scene/beat.ts';
import { talkIn } from '../../scene/scene-state.ts';
import { GREETING_CUE, type Turn } from '../../scene/talk.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Asker } from '../player.ts';
import { advance, begin, cancel, rest } from '../turn/turn-loop.ts';
import { otherGreeting } from './other-greeting.ts';
import type { Swiped } from './past-api.ts';
import { readBeat } from './read-beat.ts';
import { choose, putInstead } from './stand-instead.ts';

/** What a swipe comes to: at once, or when the new version was drafted. */
export type Swiping = { readonly done: Promise<Swiped> };

/**
 * Another version of the newest line, in the scene's mailbox. A new one is drafted beside it, from
 * exactly what the first was drafted from; of a card's greeting the card's other ones come first.
 * @throws PlayerError where it is not theirs, or nothing can be swiped
 */
export async function swipe(
  room: EngineRoom,
  live: LiveScene,
  place: PlaceId,
  step: 'previous' | 'next' | 'again',
  by: Asker,
  n: number | undefined,
): Promise<Swiping> {
  const turn = newest(live, place, n);
  await refuseOthers(room, live, place, turn, by);
  const versions = [...turn.versions.keys()];
  const stood = turn.standing;
  const at = versions.indexOf(stood);
  const wanted = step === 'previous' ? versions[at - 1] : step === 'next' ? versions[at + 1] : undefined;
  if (step === 'previous' && wanted === undefined) throw new PlayerError('This is the first version.');

  const first = await readBeat(room.options.store, live.record.log, turn.n);
  if (first?.kind !== 'line') throw new PlayerError('That line is gone.');
  const greeting =
    turn.greets && wanted === undefined ? await otherGreeting(room, live, turn, first) : undefined;

  // A turn that follows the version which was not wanted is none.
  const due = cancel(room, live) !== undefined;
  if (greeting || wanted !== undefined) {
    if (greeting) await putInstead(room, live, first, greeting, { cue: GREETING_CUE });
    else await choose(room, live, first, wanted ?? first.n);
    await noteSwipe(room, live, turn, stood, by, greeting ? 'swipe' : 'pick');
    room.stage(live.record)?.changed(live.record);
    if (due) advance(room, live);
    else await rest(room, live);
    return { done: Promise.resolve(swipedOf(turn)) };
  }
  const drafting = begin(room, live, { called: turn.speaker.id, place, instead: turn.n });
  if (!drafting) throw new PlayerError('Nobody can play here now.');
  return { done: drafted(room, live, place, turn, drafting, due, by) };
}

/** What stood was not wanted; what stands in its place now, where something does, is better to them. */
async function noteSwipe(
  room: EngineRoom,
  live: LiveScene,
  { n, speaker, standing }: Turn,
  stood: number,
  by: Asker,
  what: 'swipe' | 'pick',
): Promise<void> {
  const better = standing === stood ? {} : { better: standing };
  await room.choices.note(live, { what, n, speaker, ...better, worse: [stood] }, by);
}

/** The versions of the newest line of a place, where it can be swiped. */
export function swipesIn(live: LiveScene, place: PlaceId): Swiped | undefined {
  const { turn } = talkIn(live.state, place);
  return turn && swipedOf(turn);
}

async function drafted(
  room: EngineRoom,
  live: LiveScene,
  place: PlaceId,
  turn: Turn,
  drafting: Promise<void>,
  due: boolean,
  by: Asker,
): Promise<Swiped> {
  const before = turn.versions.size;
  const stood = turn.standing;
  await drafting;
  await live.mailbox.post(() => noteSwipe(room, live, turn, stood, by, 'swipe'));
  const now = talkIn(live.state, place).turn;
  if (due) await live.mailbox.post(async () => advance(room, live));
  if (now !== turn || turn.versions.size === before) {
    throw new PlayerError('No other version came of it. Try once more.');
  }
  return swipedOf(turn);
}

function newest(live: LiveScene, place: PlaceId, n: number | undefined): Turn {
  const { turn } = talkIn(live.state, place);
  if (!turn)
    throw new PlayerError('Only the newest line of a character can be swiped; /rewind goes further back.');
  if (n !== undefined && n !== turn.n) {
    throw new PlayerError('The scene has gone on since. Rewind to here goes back to that line.');
  }
  return turn;
}

/** Swipes belong to the player whom the line answered, the scene's owner and moderators. */
async function refuseOthers(
  { options }: EngineRoom,
  { record }: LiveScene,
  place: PlaceId,
  turn: Turn,
  by: Asker,
): Promise<void> {
  if (by.moderator || by.id === record.owner) return;
  let answered: string | undefined;
  for await (const beat of options.store.read(record.log, Math.max(1, turn.n - LOOK_BACK))) {
    if (beat.n >= turn.n) break;
    if (beat.kind === 'line' && isPlayerId(beat.speaker.id) && (beat.place ?? 'main') === place) {
      answered = beat.speaker.id;
    }
  }
  if (answered === playerActorId(by.id)) return;
  throw new PlayerError(
    'That line answers somebody else: they, the scene’s owner or a moderator can swipe it.',
  );
}

const LOOK_BACK = 64;

function swipedOf({ n, versions, standing }: Turn): Swiped {
  return { n, version: [...versions.keys()].indexOf(standing) + 1, versions: versions.size };
}
