import type { Engine, SceneInfo } from '../../engine/engine-api.ts';
import { playerActorId } from '../../scene/beat.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { WireWhisper } from './wire-shapes.ts';

/**
 * The whispers that this player sent or received, in order. They are read from the minds of those
 * who heard them: a stage is never handed a whisper.
 */
export async function whispersOf(
  { backstage }: Engine,
  { record, cast }: SceneInfo,
  playerId: string,
): Promise<WireWhisper[]> {
  const player = playerActorId(playerId);
  const found = new Map<number, WireWhisper>();
  for (const { character } of cast) {
    for (const entry of await backstage.mind(record.id, character.id)) {
      const whisper = wireWhisper(entry);
      if (whisper && [whisper.from, ...whisper.to].some(({ id }) => id === player))
        found.set(entry.n, whisper);
    }
  }
  return [...found.values()].sort((a, b) => a.n - b.n);
}

/** A whisper as its listeners heard it, or nothing where the entry is none. */
export function wireWhisper({ n, kind, speaker, to, segments }: ViewEntry): WireWhisper | undefined {
  if (kind !== 'whisper' || !speaker) return undefined;
  const heard = segments.filter((segment) => segment.kind !== 'thought').map(({ text }) => text);
  return {
    n,
    from: { id: speaker.id, name: speaker.name },
    to: (to ?? []).map(({ id, name }) => ({ id, name })),
    text: heard.join(' '),
  };
}
