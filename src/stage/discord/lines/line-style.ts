import type { Engine } from '../../../engine/engine-api.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import { playerActorId } from '../../../scene/beat.ts';

/** What a room's rules say of how characters' lines stand there. */
export type LineStyle = {
  /** Addresses can be clicked. */
  readonly openLinks: boolean;
  /** Whom a line rings that says their name after an @: Discord user ids, and names in this scene. */
  readonly players: readonly { readonly id: string; readonly name: string }[];
};

export const PLAIN: LineStyle = { openLinks: false, players: [] };

/** Looks up what holds in a scene now. */
export async function styleOf(
  { settings, info }: Pick<Engine, 'settings' | 'info'>,
  scene: SceneRecord,
): Promise<LineStyle> {
  const { links, mentions } = await settings.rules({ ...scene, scene: scene.id });
  const people = mentions === 'players' ? ((await info(scene.id))?.players ?? []) : [];
  return {
    openLinks: links === 'open',
    players: people
      .filter(({ present }) => present)
      .map(({ actor }) => ({ id: actor.id.slice(playerActorId('').length), name: actor.name })),
  };
}
