import { OWNER, type PlayHouse, playHouse, SCENE } from '../../../support/play-house.ts';

/** A scene in which nobody speaks uncalled, with its cast on stage. */
export async function openTavern(
  options: Parameters<typeof playHouse>[0],
  cast: readonly string[] = ['wenna', 'tom'],
): Promise<PlayHouse> {
  const house = await playHouse(options);
  const { engine } = house;
  await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast, preset: 'called-only', seed: 1 });
  await engine.idle(SCENE);
  return house;
}
