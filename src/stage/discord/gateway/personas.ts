import type { Engine } from '../../../engine/engine-api.ts';
import type { Player } from '../../../engine/player.ts';
import { playerActorId } from '../../../scene/beat.ts';

/** Under which name of theirs members speak who use a proxy. */
export type Personas = {
  /** What they say next they say under this name. @throws PlayerError where the scene does not play */
  wears(scene: string, persona: Player): Promise<void>;
  /** What they say next they say as who they were, if a proxy had given them another name. */
  isThemselves(scene: string, player: Player): Promise<void>;
};

type Persona = Awaited<ReturnType<Engine['ledger']['personaOf']>>;

/** @param mayPlay who may not leaves no name in the story */
export function createPersonas(
  engine: Pick<Engine, 'info' | 'ledger'>,
  mayPlay: (scene: string, player: Player) => Promise<boolean>,
): Personas {
  /**
   * The persona whose name each has now, as it was shown where it was put over another one, and who they
   * were before; by scene and member.
   */
  const worn = new Map<
    string,
    { readonly name: string; readonly shown?: string; readonly before: Persona }
  >();

  /** Who is not in the scene has no name in it. */
  async function isThere(scene: string, { id }: Player): Promise<boolean> {
    const players = (await engine.info(scene))?.players ?? [];
    return players.some(({ actor, present }) => present && actor.id === playerActorId(id));
  }

  return {
    async wears(scene, persona) {
      const key = `${scene}/${persona.id}`;
      const wearing = worn.get(key);
      if (wearing?.name === persona.name || !(await mayPlay(scene, persona))) return;
      const now = (await isThere(scene, persona))
        ? await engine.ledger.personaOf(scene, persona.id)
        : undefined;
      const put = now !== undefined && now.name !== persona.name;
      const shown = put && (await engine.ledger.setPersona(scene, persona, { name: persona.name })).name;
      worn.set(key, {
        name: persona.name,
        ...(shown ? { shown } : {}),
        before: wearing ? wearing.before : now,
      });
    },
    async isThemselves(scene, player) {
      const key = `${scene}/${player.id}`;
      const wearing = worn.get(key);
      if (!wearing || !(await isThere(scene, player)) || !(await mayPlay(scene, player))) return;
      worn.delete(key);
      // Meanwhile they may have taken another, or have been erased: then who they were is not to come back.
      const { shown = wearing.name } = wearing;
      if (wearing.before && (await engine.ledger.personaOf(scene, player.id))?.name !== shown) return;
      await engine.ledger.setPersona(scene, player, wearing.before);
    },
  };
}
