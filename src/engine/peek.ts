import { PlayerError } from '../errors.ts';
import type { ThoughtSegment } from '../format/segments.ts';
import type { Made } from '../scene/beat.ts';
import { thoughtsIn } from './backstage.ts';
import { type EngineRoom, saveRecord } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { readBeat } from './past/read-beat.ts';
import type { Asker } from './player.ts';
import type { PeekPolicy } from './scene-record.ts';

/** Who may read what a character thought, in words that everyone in the room reads. */
export const PEEK_WORDS: Readonly<Record<PeekPolicy, string>> = {
  nobody: 'nobody reads them',
  owner: 'the scene’s owner and moderators may read them',
  everyone: 'everyone may read them',
  after: 'everyone may read them when the scene has ended',
};

/**
 * What the speaker of beat `n` thought in it, for those whom the scene's policy lets read it.
 * @throws PlayerError who may
 */
export function peek(live: LiveScene, n: number, by: Asker): ThoughtSegment[] {
  const { peek: policy, status } = live.record;
  const open = policy === 'everyone' || (policy === 'after' && status === 'ended');
  const granted = open || (policy === 'owner' && rules(live, by));
  if (!granted) throw new PlayerError(`Thoughts in this scene: ${PEEK_WORDS[policy]}.`);
  return thoughtsIn(live, n);
}

export async function setPeek(room: EngineRoom, live: LiveScene, policy: PeekPolicy): Promise<void> {
  await saveRecord(room, live, { peek: policy });
  room.stage(live.record)?.changed(live.record);
}

/** How the version that stands of beat `n` was made. @throws PlayerError who may know */
export async function whyOf(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  by: Asker,
): Promise<Made | undefined> {
  if (!rules(live, by)) throw new PlayerError('Only the scene’s owner or a moderator may ask that.');
  const beat = await readBeat(room.options.store, live.record.log, live.state.standing.get(n) ?? n);
  return beat && 'made' in beat ? beat.made : undefined;
}

function rules({ record }: LiveScene, by: Asker): boolean {
  return by.moderator || by.id === record.owner;
}
