import type { Asker, Player } from '../../engine/player.ts';
import type { Locale } from '../../words/locales.ts';
import type { Scope } from './protocol.ts';
import type { Sight } from './sight.ts';
import type { StageHouse } from './stage-house.ts';
import type { Uploads } from './uploads.ts';

/** Who asks, and in which scene. */
export type Seat = {
  readonly house: StageHouse;
  readonly scopes: ReadonlySet<Scope>;
  readonly scene: string;
  /** Where their player speaks: a room of the scene, or (the scene's own id) its main place. */
  readonly place: string;
  readonly player: Player;
  readonly sight: Sight;
  /** The language of their browser. */
  readonly locale?: Locale;
  readonly uploads: Uploads;
  /** Cards as this session last saw them, by id: a digest of each. */
  readonly seenCards: Map<string, string>;
  /** Ends when they leave, or the stage does. */
  readonly signal: AbortSignal;
};

/** The same, for what the engine itself decides. */
export function askerOf({ player, scopes }: Seat): Asker {
  return { id: player.id, moderator: scopes.has('admin') };
}
