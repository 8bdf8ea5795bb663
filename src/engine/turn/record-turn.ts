import { findAddressed } from '../../director/address.ts';
import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { presentCharacters, witnessesNow } from '../../scene/scene-state.ts';
import { countServerTurn } from '../caps.ts';
import { addresseeOf } from '../card-of.ts';
import { type EngineRoom, nowBefore, recordAndShow } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import type { MadeTurn } from './made-turn.ts';

/**
 * Takes a finished turn into the log and shows it. Returns its beat.
 * @throws StoreError where it could not be recorded
 */
export async function recordTurn(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  { turn, made, cue, called }: MadeTurn,
): Promise<number> {
  const common = {
    ...nowBefore(room, live, witnessesNow(live.state)),
    made,
    ...(cue === undefined ? {} : { cue }),
  };
  await countServerTurn(room, live.record);
  room.log.info('turn-finished', {
    scene: live.record.id,
    turn: making.turn,
    character: actor.id,
    model: made.by,
  });
  if (actor.id === ENVIRONMENT.id) {
    const text = turn.segments
      .filter((segment) => segment.kind !== 'thought')
      .map((segment) => segment.text)
      .join(' ');
    return (await recordAndShow(room, live, { ...common, kind: 'narration', speaker: actor, text })).n;
  }
  const others = presentCharacters(live.state).filter((other) => other.id !== actor.id);
  const addressees = others.map((other) => addresseeOf(room.options.library, other));
  const addressed = called === undefined ? [] : findAddressed(called, addressees);
  const beat = await recordAndShow(room, live, {
    ...common,
    kind: 'line',
    speaker: actor,
    turn: making.turn,
    segments: [...turn.segments],
    ...(addressed.length > 0 ? { addressed } : {}),
  });
  return beat.n;
}
