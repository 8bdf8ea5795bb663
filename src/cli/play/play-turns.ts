import type { Engine } from '../../engine/engine-api.ts';
import type { SceneId } from '../../engine/scene-record.ts';
import { OperatorError } from '../../errors.ts';
import { isCharacterId } from '../../scene/beat.ts';
import type { TerminalStage } from '../../stage/terminal/terminal-stage.ts';

export type PlayTurns = {
  readonly engine: Engine;
  readonly stage: TerminalStage;
  readonly scene: SceneId;
  readonly turns: number;
  /** Resolves when the scene rests. */
  rest(): Promise<void>;
};

// A model that fails so often in a row will not do better.
const TRIES = 3;

/**
 * Lets a scene that was started with `turns` play to its end, and calls for another turn where one
 * came to nothing.
 * @throws OperatorError where a line could not be made.
 */
export async function playTurns({ engine, stage, scene, turns, rest }: PlayTurns): Promise<void> {
  await rest();
  let lines = await characterLines(engine, scene);
  for (let tries = 0; lines < turns && tries < TRIES; tries++) {
    if (stage.failure()) return;
    await engine.next(scene);
    await rest();
    const before = lines;
    lines = await characterLines(engine, scene);
    if (lines > before) tries = -1;
  }
  if (lines >= turns) return;
  throw new OperatorError(
    `The play ended after ${lines} of ${turns} lines: the model gave no turn that can be shown. Try another model, or look at what it says with LOG_LEVEL=info.`,
  );
}

/** Counted in the log, so that lines of an earlier process count too. */
async function characterLines(engine: Engine, scene: SceneId): Promise<number> {
  const beats = await engine.replay(scene);
  return beats.filter(({ kind, speaker }) => kind === 'line' && isCharacterId(speaker?.id ?? '')).length;
}
