import type { Engine } from '../../../engine/engine-api.ts';
import type { Clock } from '../../../engine/engine-options.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import { PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import type { Documents } from '../documents.ts';
import type { Background } from './background.ts';

export type GoOnLater = {
  /** Discord could not be reached for this scene, which therefore pauses. */
  unreachable(scene: string): void;
  /** Whether it waits for Discord: what is written meanwhile is to be heard when it goes on. */
  waits(scene: string): boolean;
  /** After a start: whether it waited when the bot ended; then it does again. */
  waitsStill(scene: string): Promise<boolean>;
};

export type GoOnOptions = {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Log;
  readonly waitMs: number;
  /** Whether it could play again: its server is in order, and may host it. */
  readonly mayPlay: (scene: SceneRecord) => Promise<boolean>;
  /** The scene plays again. */
  readonly wentOn: (scene: string) => Promise<void>;
};

const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * A scene that paused because Discord was out of order goes on by itself when Discord is back: it
 * is tried again and again, after longer and longer waits, unless somebody ended it or halted the server.
 */
export function createGoOnLater(options: GoOnOptions): GoOnLater {
  const { engine, documents, background, clock, log } = options;
  /** Times that Discord could not be reached, by scene. */
  const failures = new Map<string, number>();

  async function tryAgain(scene: string): Promise<void> {
    await documents.putWaiting(scene);
    for (let wait = options.waitMs; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      await clock.sleep(wait, background.signal);
      const info = await engine.info(scene);
      if (info?.record.status !== 'paused') break;
      if (!(await options.mayPlay(info.record))) continue;
      const before = failures.get(scene);
      if (await goesOn(scene)) {
        log.info('scene-went-on', { scene });
        break;
      }
      // It is something else that holds it.
      if (failures.get(scene) === before) break;
    }
    failures.delete(scene);
    await documents.removeWaiting(scene);
    await options.wentOn(scene);
  }

  async function goesOn(scene: string): Promise<boolean> {
    try {
      await engine.unpause(scene);
      return true;
    } catch (error) {
      if (error instanceof PlayerError) return false;
      throw error;
    }
  }

  function unreachable(scene: string): void {
    const before = failures.get(scene);
    failures.set(scene, (before ?? 0) + 1);
    if (before === undefined) background.run('go on later', () => tryAgain(scene));
  }

  return {
    unreachable,
    waits: (scene) => failures.has(scene),
    async waitsStill(scene) {
      const waited = await documents.waiting(scene);
      if (waited) unreachable(scene);
      return waited;
    },
  };
}
