import { PlayerError } from '../errors.ts';
import type { Made } from '../scene/beat.ts';
import type { Why } from './engine-api.ts';
import type { EngineRoom } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { loreBehind } from './lore/lore-behind.ts';
import { readBeat } from './past/read-beat.ts';
import { mayReadThoughts, rules } from './peek.ts';
import type { Asker } from './player.ts';

/** How the version that stands of beat `n` was made, by what lore, and what it was chosen for. @throws PlayerError who may know */
export async function whyOf(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  by: Asker,
): Promise<Why | undefined> {
  if (!rules(live, by)) throw new PlayerError('Only the scene’s owner or a moderator may ask that.');
  const beat = await readBeat(room.options.store, live.record.log, live.state.standing.get(n) ?? n);
  if (!beat || !('made' in beat) || !beat.made) return undefined;
  const made = mayReadThoughts(room, live, n, by) ? beat.made : withoutOwn(beat.made);
  const principle = await decidingOf(room, live, made);
  return {
    ...made,
    ...(principle === undefined ? {} : { principle }),
    ...(await loreBehind(room, live, beat, by)),
  };
}

/**
 * Whoever words a principle can ask by it what the judge reads, which is the speaker's mind. Where a server's own
 * were among them, which one decided is for those alone who may read thoughts.
 */
function withoutOwn(made: Made): Made {
  if (!made.judged?.own) return made;
  const { principle: _principle, dimension: _dimension, ...judged } = made.judged;
  return { ...made, judged };
}

/** The name of the principle that decided; undefined where none did, or it was taken away since. */
async function decidingOf(room: EngineRoom, { record }: LiveScene, made: Made): Promise<string | undefined> {
  const decided = made.judged?.principle;
  if (decided === undefined) return undefined;
  return (await room.principles.of(record.server)).find(({ id }) => id === decided)?.name;
}
