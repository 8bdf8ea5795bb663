import type { ParsedTurn } from '../../format/parsed-turn.ts';
import type { Actor } from '../../scene/beat.ts';
import type { DraftReport } from '../engine-api.ts';
import type { LiveScene, Making } from '../live-scene.ts';

/** What x-ray is told of a draft; its plan only where tracing is on. */
export function reportOf(
  live: LiveScene,
  making: Making,
  speaker: Actor,
  why: string,
  turn: ParsedTurn,
  attempt: number,
  tracing: boolean,
  usage: DraftReport['usage'],
  candidate?: DraftReport['candidate'],
): Omit<DraftReport, 'beat'> {
  return {
    scene: live.record.id,
    log: live.record.log,
    turn: making.turn,
    speaker,
    why,
    ...(tracing ? { systemThinking: turn.systemThinking } : {}),
    thoughts: turn.segments.filter((segment) => segment.kind === 'thought'),
    faults: turn.faults,
    scripted: usage === undefined,
    attempt,
    ...(candidate ? { candidate } : {}),
    ...(usage ? { usage } : {}),
  };
}
