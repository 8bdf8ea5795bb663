import type { Beat, Message, Question } from './messages.ts';
import type { OpenOptions } from './stage.ts';

/** Where a session is in the story: what it takes to go on from there after the connection was lost. */
export type ScenePlace = {
  /** `run` of the stage’s greeting: another one numbers nothing as the one before did. */
  greeted(run: string): void;
  /** As whom, and with what, scenes are opened from now on: what is not said stays. Returns it as the stage wants it. */
  playAs(how: Pick<OpenOptions, 'as' | 'thoughts'>): object;
  opened(message: Message<'opened'>): void;
  seen(beat: Beat): void;
  revised(revision: number): void;
  /** The `open` that goes on from here; undefined where no scene is open. */
  reopening(): Question | undefined;
  /** The scene is not there any more. */
  forget(): void;
};

export function createScenePlace(): ScenePlace {
  let run = '';
  let player: OpenOptions['as'];
  let wantsThoughts = false;
  let known: { scene: string; run: string; revision: number; after: number } | undefined;

  const playing = () => ({
    ...(player ? { as: player } : {}),
    ...(wantsThoughts ? { thoughts: true } : {}),
  });

  return {
    greeted(now) {
      run = now;
    },
    playAs({ as, thoughts }) {
      player = as ?? player;
      wantsThoughts = thoughts ?? wantsThoughts;
      return playing();
    },
    opened({ scene, place, revision, reset, beats }) {
      const after = beats.at(-1)?.n ?? (reset ? 0 : (known?.after ?? 0));
      known = { scene: place ?? scene.id, run, revision, after };
    },
    seen({ n }) {
      if (known) known.after = Math.max(known.after, n);
    },
    revised(revision) {
      if (known) known.revision = revision;
    },
    reopening: () => known && { type: 'open', ...known, ...playing() },
    forget() {
      known = undefined;
    },
  };
}
