import { z } from 'zod';
import type { Stage } from '../../../engine/stage.ts';
import type { SceneStore } from '../../../store/scene-store.ts';

/** Which whispers reached their player, so that each is handed over once. By number; no word of them. */
export type HeardWhispers = {
  heard(log: string, player: string): Promise<ReadonlySet<number>>;
  note(log: string, player: string, beats: readonly number[]): Promise<void>;
};

const heardSchema = z.array(z.int());
// Older ones are not asked for any more.
const REMEMBERED = 200;

export function createHeardWhispers(store: SceneStore): HeardWhispers {
  async function heard(log: string, player: string): Promise<ReadonlySet<number>> {
    const found = heardSchema.safeParse(await store.get('stage', keyOf(log, player)));
    return new Set(found.data ?? []);
  }
  return {
    heard,
    async note(log, player, beats) {
      const all = [...new Set([...(await heard(log, player)), ...beats])].sort((one, other) => one - other);
      await store.put('stage', keyOf(log, player), all.slice(-REMEMBERED));
    },
  };
}

/** The same stage; a whisper that reached its player at once is noted. */
export function notingWhispers(stage: Stage, whispers: HeardWhispers): Stage {
  return {
    ...stage,
    async whisper(scene, player, beat, signal) {
      const reached = await stage.whisper(scene, player, beat, signal);
      if (reached) await whispers.note(scene.log, player, [beat.n]);
      return reached;
    },
  };
}

function keyOf(log: string, player: string): string {
  return `heard-whispers/${log}/${player}`;
}
