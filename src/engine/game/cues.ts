import { type ActionName, withCue } from '../../format/action-cue.ts';
import { type Actor, type ActorId, cardIdOf } from '../../scene/beat.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { MadeTurn } from '../turn/made-turn.ts';

/** The actions that turns of somebody pick from: their own, else those of everybody; of the Environment none. */
export function cuesOf({ cues = [] }: SceneRecord, id: ActorId): readonly ActionName[] {
  const card = cardIdOf(id);
  if (card === undefined) return [];
  const own = cues.find(({ character }) => character === card);
  return (own ?? cues.find(({ character }) => character === undefined))?.actions ?? [];
}

/** The turn with the names of the game's actions in it. */
export function cuedTurn(record: SceneRecord, actor: Actor, made: MadeTurn): MadeTurn {
  const names = cuesOf(record, actor.id);
  if (names.length === 0) return made;
  const segments = made.turn.segments.map((segment) => withCue(segment, names));
  return { ...made, turn: { ...made.turn, segments } };
}
