import type { Engine } from '../../engine/engine-api.ts';
import type { Player } from '../../engine/player.ts';
import { MAIN_PLACE, type PlaceId, playerActorId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { Scope } from './protocol.ts';

/**
 * What of a scene is before a session's eyes. The one who owns the stage (scope `admin`) sees all of
 * its places; anyone else what their player witnesses, and as long as they are not in the scene what
 * happens in its main place, like any audience.
 */
export type Sight = {
  /** What happens now in that place (absent: the main one). */
  sees(place: PlaceId | undefined): Promise<boolean>;
  /** Of beats that are in the log: those that may be sent, as they were perceived. */
  perceived(beats: readonly StageBeat[]): Promise<readonly StageBeat[]>;
};

/** The sight of one session on one scene. */
export function createSight(
  { ledger }: Engine,
  scopes: ReadonlySet<Scope>,
  scene: string,
  player: Player,
): Sight {
  if (scopes.has('admin')) return { sees: async () => true, perceived: async (beats) => beats };
  const self = playerActorId(player.id);

  async function whereabouts() {
    const map = await ledger.map(scene);
    return map.find(({ people }) => people.some(({ actor }) => actor.id === self));
  }

  return {
    async sees(place) {
      const where = await whereabouts();
      if (!where) return place === undefined;
      const me = where.people.find(({ actor }) => actor.id === self);
      return where.place === (place ?? MAIN_PLACE) && me?.condition === 'awake';
    },
    async perceived(beats) {
      const witnessed = await ledger.witnessedBy(scene, player.id);
      const segments = new Map(witnessed.map((one) => [one.n, one.segments]));
      const came = witnessed.at(0)?.n ?? Number.POSITIVE_INFINITY;
      const went = (await whereabouts()) ? Number.POSITIVE_INFINITY : (witnessed.at(-1)?.n ?? 0);
      return beats.flatMap((beat) => {
        const own = segments.get(beat.n);
        // Who stands out of earshot sees what is done, and hears nothing.
        if (own) return [beat.kind === 'line' ? { ...beat, segments: own } : beat];
        const asAudience = beat.n < came || beat.n > went;
        return asAudience && beat.place === undefined ? [beat] : [];
      });
    },
  };
}
