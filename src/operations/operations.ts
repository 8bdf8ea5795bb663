import type { Log } from '../log.ts';
import type { ModerationModel } from '../model/moderation-model.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { countEvents } from './count-events.ts';
import { watchLoop } from './loop-watch.ts';
import { type Models, measureModels, measureModeration } from './measure-model.ts';
import { measureStore } from './measure-store.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { OperatorAnswers } from './operator-answers.ts';
import { createReadiness } from './readiness.ts';

/** What operators can ask of one process. */
export type Operations = OperatorAnswers & {
  /** The log, counted. */
  log(log: Log): Log;
  /** The store, timed; whether it answers is part of being ready. */
  store(store: SceneStore): SceneStore;
  /** The same models, their requests counted; always the same ones for the same ones. */
  models(models: Models): Models;
  moderation(model: ModerationModel): ModerationModel;
  /** A try of a request to a model failed. */
  failedTry(role: string, tried: { readonly failure: string; readonly status: number | undefined }): void;
  /** Discord answered a request. */
  discordAnswered(answer: { readonly status: number; readonly invalid: boolean }): void;
  close(): void;
};

export function createOperations(): Operations {
  const metrics: Metrics = createMetrics();
  const readiness = createReadiness();
  const loop = watchLoop();
  const measured = new WeakMap<Models, Models>();
  return {
    metrics,
    readiness,
    loop,
    log: (log) => countEvents(log, metrics),
    store(store) {
      // A document that is not there: whether the answer comes is all that is asked.
      readiness.watch('store', async () => void (await store.get('stage', 'readiness')));
      return measureStore(store, metrics);
    },
    models(models) {
      const known = measured.get(models) ?? measureModels(models, metrics);
      measured.set(models, known);
      return known;
    },
    moderation: (model) => measureModeration(model, metrics),
    failedTry: (role, { failure, status }) =>
      metrics.modelTries.inc({ role, failure, status: String(status ?? 'none') }),
    discordAnswered: ({ status, invalid }) =>
      metrics.discordAnswers.inc({ status: `${Math.trunc(status / 100)}xx`, invalid: String(invalid) }),
    close: () => loop.close(),
  };
}
