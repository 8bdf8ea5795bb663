import { isCharacterId } from '../../scene/beat.ts';
import { type EngineRoom, openly, recordAndShow } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { drop, rest } from '../turn/turn-loop.ts';

/**
 * The turn in the making ends now. What was shown of a character’s line already was heard, so it is the line;
 * of all else nothing has happened.
 */
export async function interrupt(room: EngineRoom, live: LiveScene): Promise<boolean> {
  const making = drop(room, live);
  if (!making) return false;
  const { actor, place, shown, turn, why } = making;
  const isLine = actor !== undefined && isCharacterId(actor.id) && making.instead === undefined;
  if (isLine && making.visible && shown.length > 0) {
    // It was drafted and heard: it counts as any other.
    await room.budgets.countTurn(live.record, making.payer);
    await recordAndShow(room, live, {
      ...openly(room, live, place, actor.id),
      kind: 'line',
      speaker: actor,
      turn,
      segments: [...shown],
      cut: true,
      made: { by: making.by ?? 'unknown', why, attempts: 1 },
    });
  } else if (making.visible) room.stage(live.record)?.withdraw(live.record, turn);
  await rest(room, live);
  return true;
}
