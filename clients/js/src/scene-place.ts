import type { Beat, Message, Question } from './messages.ts';

/** Where a session is in the story: what it takes to go on from there after the connection was lost. */
export type ScenePlace = {
  /** `run` of the stage’s greeting: another one numbers nothing as the one before did. */
  greeted(run: string): void;
  /** As whom, and with what, scenes are opened from now on. */
  wanted(how: object): void;
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
  let options: object = {};
  let known: { scene: string; run: string; revision: number; after: number } | undefined;

  return {
    greeted(now) {
      run = now;
    },
    wanted(how) {
      options = how;
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
    reopening: () => known && { type: 'open', ...known, ...options },
    forget() {
      known = undefined;
    },
  };
}
