import { randomUUID } from 'node:crypto';
import type { Library } from '../../cast/library/library-api.ts';
import { titleOf } from '../../engine/command/open-here.ts';
import type { Engine, StartScene } from '../../engine/engine-api.ts';
import type { Player } from '../../engine/player.ts';
import type { SceneId, SceneRecord } from '../../engine/scene-record.ts';
import { PlayerError } from '../../errors.ts';
import type { WirePlaying } from './wire-shapes.ts';

/** The person at this machine, on whichever tab. */
export const LOCAL_PLAYER = 'local';

/** Whoever is let in here opens every thought; what they share may hold them. */
export const LOCAL_PEEK = 'everyone';

export type NewScene = Pick<StartScene, 'script' | 'title' | 'setting' | 'cast' | 'story' | 'origin'>;

/** Finds, resumes and starts the scenes that are played on this stage. */
export type SceneDoor = {
  /** What is playing; after a restart what played last; on a first visit the demo, in motion. */
  openDefault(): Promise<SceneId>;
  /** A known scene (also by one of its rooms), resumed where this process has not played it yet. Throws `PlayerError`. */
  openKnown(id: SceneId): Promise<SceneId>;
  openNew(request: NewScene, player: Player): Promise<SceneId>;
  /** A place of its own for a scene that is about to be started. */
  newPlace(): SceneId;
  /** Scenes of this stage that have not ended, newest first. */
  playing(): Promise<WirePlaying>;
  /** The persona a scene gives to its player. */
  personaOf(script: string | undefined): Omit<Player, 'id'>;
};

export function createSceneDoor(options: {
  readonly engine: Engine;
  readonly library: Library;
  readonly demoScene: string;
}): SceneDoor {
  const { engine, library, demoScene } = options;
  // Scenes that were started or resumed by this process; each is resumed once.
  const awake = new Map<SceneId, Promise<unknown>>();
  let latest: SceneId | undefined;
  let opening: Promise<SceneId> | undefined;

  function wake(id: SceneId): Promise<unknown> {
    const waking = awake.get(id) ?? engine.resume(id);
    awake.set(id, waking);
    waking.catch(() => awake.delete(id));
    return waking;
  }

  async function openKnown(id: SceneId): Promise<SceneId> {
    const info = id.startsWith('web:') ? await engine.info(id) : undefined;
    if (!info) throw new PlayerError('That scene is not here any more.');
    const scene = info.record.id;
    if (info.record.status !== 'ended') await wake(scene);
    latest = scene;
    return scene;
  }

  function personaOf(script: string | undefined): Omit<Player, 'id'> {
    const persona = script === undefined ? undefined : library.scene(script)?.player;
    return persona ? { name: persona.name, sheet: persona.sheet } : { name: 'Guest' };
  }

  function newPlace(): SceneId {
    const id = `web:${randomUUID().slice(0, 8)}`;
    awake.set(id, Promise.resolve());
    return id;
  }

  async function openNew(request: NewScene, player: Player): Promise<SceneId> {
    const id = newPlace();
    await engine.start({
      id,
      stage: 'web',
      owner: player,
      origin: 'local',
      ...(request.script === undefined ? { title: titleOf(request.setting) } : {}),
      ...request,
      ...(request.script === undefined ? {} : { pace: 'reading' }),
    });
    await engine.setPeek(id, LOCAL_PEEK);
    latest = id;
    return id;
  }

  async function records(): Promise<readonly SceneRecord[]> {
    const found: SceneRecord[] = [];
    for await (const record of engine.scenes()) {
      if (record.stage === 'web' && record.status !== 'ended') found.push(record);
    }
    return found.sort((a, b) => b.createdAt - a.createdAt);
  }

  async function findDefault(): Promise<SceneId> {
    const known = await records();
    const chosen = known.find(({ id }) => id === latest) ?? known[0];
    if (chosen) return openKnown(chosen.id);
    return openNew({ script: demoScene }, { id: LOCAL_PLAYER, ...personaOf(demoScene) });
  }

  return {
    openDefault() {
      // Two tabs that come at once see one demo.
      opening ??= findDefault().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    openKnown,
    openNew,
    newPlace,
    async playing() {
      return (await records()).map(({ id, title, status }) => ({ id, title, status }));
    },
    personaOf,
  };
}
