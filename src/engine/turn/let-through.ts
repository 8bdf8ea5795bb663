import type { Segment } from '../../format/segments.ts';
import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { HeldBack } from '../guard/guard-api.ts';
import { heldWords } from '../guard/held-words.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import type { MadeTurn } from './made-turn.ts';
import { SCRIPT } from './scripted-turn.ts';

/**
 * Of a turn's candidates those that this room may be shown, in the words that it may see; `held`: why
 * the first of the others may not be.
 */
export async function letThrough(
  room: EngineRoom,
  { record }: LiveScene,
  { turn, controller }: Making,
  actor: Actor,
  candidates: readonly MadeTurn[],
): Promise<{ readonly passed: readonly MadeTurn[]; readonly held: HeldBack | undefined }> {
  const looked = await Promise.all(
    candidates.map(async (made) => ({
      made,
      held: await room.guard.output(record, wordsOf(actor, made), controller.signal, made.made.by === SCRIPT),
    })),
  );
  for (const { held } of looked) {
    if (held) room.log.warn('turn-held-back', { scene: record.id, turn, because: held.because });
  }
  return {
    passed: looked.flatMap(({ made, held }) => (held ? [] : [tidied(room, record, made)])),
    held: looked.find(({ held }) => held)?.held,
  };
}

/** Nothing was left of a turn that could be shown: its moderators read whose, and why. */
export function noteHeld(room: EngineRoom, { record }: LiveScene, actor: Actor, held: HeldBack): void {
  room.audit.note(record.server, {
    kind: 'held-back',
    text: say('A line of {{who}} was held back: {{why}}.', { who: actor.name, why: heldWords(held) }),
    scene: record.id,
  });
}

function tidied(room: EngineRoom, record: LiveScene['record'], made: MadeTurn): MadeTurn {
  return { ...made, turn: { ...made.turn, segments: room.guard.tidy(record, made.turn.segments) } };
}

/** All words of a turn; of a narration also how it says that somebody comes or goes. */
function wordsOf(actor: Actor, { turn, changes = [] }: MadeTurn): Pick<Segment, 'kind' | 'text'>[] {
  if (actor.id !== ENVIRONMENT.id) return [...turn.segments];
  const told = [...turn.segments.map(({ text }) => text), ...changes.map(({ how }) => how ?? '')];
  return told.filter(Boolean).map((text) => ({ kind: 'speech', text }));
}
