import type { QuickBench } from '../../../../src/engine/bench-api.ts';
import { readScenes } from '../../../../src/lab/coser/read-scenes.ts';
import { createQuickBench } from '../../../../src/lab/quick/quick-bench.ts';
import type { ChatModel, ChatRequest } from '../../../../src/model/chat-model.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';
import { untilAborted } from '../../../support/play-house.ts';

/** A quick benchmark of two small scenes in which whatever can be read says CANARY, the judge's words too. */
export type CanaryBench = {
  readonly bench: QuickBench;
  /** What was asked of any of the models. */
  readonly asked: readonly ChatRequest[];
  /** From now on the judge answers only when it is let. */
  hold(): void;
  /** Resolves once a request waits for a held judge. */
  waits(): Promise<void>;
  letGo(): void;
};

export function canaryBench(): CanaryBench {
  const asked: ChatRequest[] = [];
  let gate: PromiseWithResolvers<void> | undefined;
  let waiting = Promise.withResolvers<void>();

  function model(name: string, answer: string, isHeld = false): ChatModel {
    const usage = {
      ...{ model: name, promptTokens: 100, cachedTokens: 0 },
      completionTokens: 10,
      msToFirst: 1,
      msToLast: 2,
    };
    return answeringModel({
      name,
      async *stream(request, signal) {
        signal.throwIfAborted();
        asked.push(request);
        if (isHeld && gate) {
          waiting.resolve();
          await Promise.race([gate.promise, untilAborted(signal)]);
        }
        yield { type: 'text', text: answer };
        yield { type: 'end', reason: 'stop', usage };
      },
    });
  }

  const price = { prompt: 1, cached: 1, completion: 2 };
  const of = (name: string, answer: string, isHeld?: boolean) =>
    labModel(model(name, answer, isHeld), { price });
  const models = {
    actor: of('player-1', TURN),
    director: of('player-1', 'Next Speaker: random'),
    narrator: of('player-1', 'NARRATION-CANARY falls.'),
    judge: of('critic-1', FLAWS, true),
  };
  return {
    asked,
    bench: createQuickBench({
      rounds: 3,
      currency: 'EUR',
      models: async () => models,
      data: async () => ({ name: 'canaries', sha256: 'x', scenes: scenes(), skipped: 0 }),
    }),
    hold() {
      gate = Promise.withResolvers();
      waiting = Promise.withResolvers();
    },
    waits: () => waiting.promise,
    letGo() {
      gate?.resolve();
      gate = undefined;
    },
  };
}

const TURN =
  '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY</role_thinking><role_action>ACTION-CANARY</role_action>SPEECH-CANARY';

const FLAWS = JSON.stringify(
  Object.fromEntries(
    ['Storyline Consistency', 'Anthropomorphism', 'Character Fidelity', 'Storyline Quality'].map((name) => [
      name,
      { flaws: [{ instance: 'JUDGE-CANARY', type: 'TYPE-CANARY', severity: 5 }] },
    ]),
  ),
);

function scenes() {
  const records = [1, 2].map((i_p) => ({
    book: 'BOOK-CANARY',
    i_p,
    scenario: 'SCENARIO-CANARY',
    topic: 'TOPIC-CANARY',
    speaking_characters_w_env: ['Ann', 'Ben'],
    major_characters: ['Ann', 'Ben'],
    key_characters: [{ name: 'Ann', motivation: 'MIND-CANARY' }],
    character_profiles: { Ann: 'PROFILE-CANARY', Ben: 'PROFILE-CANARY' },
    dialogues: [{ character: 'Ann', message: '[a thought] MESSAGE-CANARY' }],
  }));
  return readScenes(JSON.stringify(records)).scenes;
}
