import { PlayerError } from '../../errors.ts';
import { MAIN_PLACE } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, inPlace, nowBefore } from '../engine-room.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { readBeat } from './read-beat.ts';
import { updateShown } from './stand-instead.ts';

/**
 * A coming, going or change that the Environment told of did not happen. Who was thought to be away
 * has witnessed what happened openly there since; who was thought to be there has not. Returns whose.
 * @throws PlayerError where beat `n` is no such change, or something else changed it since
 */
export async function undoChange(room: EngineRoom, live: LiveScene, n: number): Promise<string> {
  const { store } = room.options;
  const beat = await readBeat(store, live.record.log, n);
  if (
    !beat ||
    (beat.kind !== 'exit' && beat.kind !== 'entrance' && beat.kind !== 'change') ||
    !beat.inferred
  ) {
    throw new PlayerError('Only a coming or going that the Narrator told of can be undone.');
  }
  const { actor } = beat;
  const place = beat.place ?? MAIN_PLACE;
  if (live.state.people.get(actor.id)?.changedAt !== n) {
    throw new PlayerError(say('Too late: {{actor}} has come or gone since.', { actor: actor.name }));
  }
  const mind = live.minds.people.get(actor.id);
  const since = live.minds.place(place).director.entries.filter((entry) => entry.n > n);
  const missed = since.filter(({ n: at }) => mind?.at(at)?.unheard ?? !mind?.at(at)).map((entry) => entry.n);
  const wasAway = beat.kind === 'entrance';
  await append(live, store, {
    ...nowBefore(room, live, beat.witnesses),
    ...inPlace(place),
    kind: 'undo',
    of: n,
    actor,
    beats: wasAway ? [] : missed,
  });
  if (wasAway) {
    const heard = (mind?.entries ?? []).filter((entry) => entry.n > n);
    for (const entry of [...heard]) {
      await append(live, store, { ...nowBefore(room, live, []), kind: 'forget', actor, of: entry.n });
    }
  }
  live.unshown = live.unshown?.filter((unshown) => unshown.beat.n !== n);
  await updateShown(room, live, n, undefined);
  room.stage(live.record)?.changed(live.record);
  return actor.name;
}
