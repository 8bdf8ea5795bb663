import { setImmediate } from 'node:timers/promises';
import { ModelError } from '../../model/chat-model.ts';
import { type Ask, createAsk, NotAnsweredYet, type Source } from '../calls/ask.ts';
import type { Journal } from '../calls/journal.ts';
import type { CoserScene } from '../coser/scene.ts';
import type { EvalRun } from './eval-run.ts';
import { createLastOrders } from './last-orders.ts';
import { longestFirst } from './longest-first.ts';
import { type PlayedCase, playCase } from './play-case.ts';
import { createProgress } from './progress.ts';
import type { EvalResult } from './result.ts';
import { listening, roleModels } from './role-ask.ts';
import { createUseTally, type UseTally } from './role-use.ts';
import type { Trace } from './trace.ts';

/** What became of the scenes, in the order of the data. */
export type PlayedScenes = {
  readonly played: readonly PlayedCase[];
  readonly failed: EvalResult['failed'];
  /** Scenes with judgements that are still to come from a batch. */
  readonly waiting: readonly string[];
  readonly use: UseTally;
};

export type PlayOptions = {
  readonly journal: Journal;
  /** Where judgements come from, if not from the judge itself. */
  readonly judgements?: Source;
  readonly trace?: Trace;
};

/**
 * Plays and judges all scenes at once, the longest first: only requests are limited. Once a model fails for
 * good nothing more is asked, and what is under way is still written down.
 *
 * @throws ModelError where a model cannot be asked at all, OperatorError where an answer cannot be written
 *   down; the signal’s reason when aborted
 */
export async function playScenes(
  run: EvalRun,
  { journal, judgements, trace }: PlayOptions,
  signal: AbortSignal,
): Promise<PlayedScenes> {
  const models = roleModels(run.models, trace);
  const use = createUseTally(models);
  const progress = createProgress(run, use);
  const online = createAsk(journal, progress.onCall);
  const judging = judgements ? createAsk(journal, progress.onCall, judgements) : online;
  using lastOrders = createLastOrders();
  const either = AbortSignal.any([signal, lastOrders.closed]);
  const open: Ask = async (model, ...rest) => {
    lastOrders.throwIfFailed();
    return (model === models.judge ? judging : online)(model, ...rest);
  };
  const ask = listening(open, models, (role, call) => use.add(role, call));
  const done = new Map<string, PlayedCase>();
  const failures = new Map<string, string>();
  const waiting = new Set<string>();

  async function play(scene: CoserScene): Promise<void> {
    try {
      done.set(scene.id, await playCase(scene, { run, models, ask, steps: progress }, either));
      progress.onJudged();
    } catch (error) {
      signal.throwIfAborted();
      lastOrders.throwIfFailed();
      if (error instanceof NotAnsweredYet) {
        waiting.add(scene.id);
      } else if (isOfThisSceneOnly(error)) {
        failures.set(scene.id, error.message);
        progress.onFailed();
      } else {
        lastOrders.fail(error);
      }
    }
  }

  const playing: Promise<void>[] = [];
  for (const scene of longestFirst(run.data.scenes)) {
    // Why it ended is known below; unheard till then, it would end the process.
    playing.push(play(scene).catch(() => {}));
    // The first requests go out before the last prompts are written.
    await setImmediate();
  }
  await Promise.allSettled(playing);
  signal.throwIfAborted();
  lastOrders.throwIfFailed();
  const ids = run.data.scenes.map(({ id }) => id);
  return {
    played: ids.flatMap((id) => done.get(id) ?? []),
    failed: ids.flatMap((id) => {
      const why = failures.get(id);
      return why === undefined ? [] : [{ id, why }];
    }),
    waiting: ids.filter((id) => waiting.has(id)),
    use,
  };
}

/** A prompt that is too long, or that the endpoint will not have: the others may well be answered. */
function isOfThisSceneOnly(error: unknown): error is ModelError {
  return error instanceof ModelError && error.failure === 'bad-request';
}
