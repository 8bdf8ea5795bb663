import type { StartScene } from '../../src/engine/engine-api.ts';
import type { EngineOptions } from '../../src/engine/engine-options.ts';
import type { LogFacts } from '../../src/log.ts';
import type { ChatDelta, ChatModel, ChatRequest } from '../../src/model/chat-model.ts';
import { answeringModel } from './answering-model.ts';
import { type Judges, judgingModel, prefersWord, usageOf } from './judging-model.ts';
import { OWNER, playHouse, SCENE } from './play-house.ts';
import { createRecordingStage, type RecordingStage } from './recording-stage.ts';

export const BY = { id: OWNER.id, moderator: true } as const;
export const SERVER = 'server-1';

/** What the `n`-th draft of an evening (from 0) says; an error: the model fails. */
export type Drafts = (n: number, request: ChatRequest) => string | Error | Promise<string | Error>;

export type BestOfSetup = {
  readonly bestOf?: number;
  readonly drafts?: Drafts;
  readonly judges?: Judges;
  /** In the place of the one that `judges`; `null`: nobody. */
  readonly judge?: ChatModel | null;
  readonly stage?: RecordingStage;
  readonly engine?: Partial<EngineOptions>;
  readonly start?: Partial<StartScene>;
  /** `null`: it is played in none, and nothing is counted. */
  readonly server?: string | null;
};

/**
 * A scene on Discord of which each turn is the best of several; the judge likes drafts that say BEST. In
 * a store that has it already it is taken up again.
 */
export async function bestOfHouse({
  bestOf = 3,
  drafts = (n) => `Draft ${n}.`,
  judges = prefersWord('BEST'),
  stage = createRecordingStage('discord', true),
  judge,
  engine: options,
  start,
  server = SERVER,
}: BestOfSetup = {}) {
  const actor = drafting(drafts);
  const judging = judgingModel(judges);
  const logged: string[] = [];
  const note = (event: string, facts?: LogFacts) => void logged.push(`${event} ${JSON.stringify(facts)}`);
  const house = await playHouse({
    stage,
    models: { actor, ...(judge === null ? {} : { judge: judge ?? judging }) },
    log: { debug: note, info: note, warn: note, error: note },
    ...options,
    limits: { bestOf, ...options?.limits },
  });
  const known = await house.engine.info(SCENE);
  if (known) await house.engine.resume(SCENE);
  else
    await house.engine.start({
      id: SCENE,
      stage: stage.name,
      ...(server === null ? {} : { server }),
      owner: OWNER,
      setting: 'A quay.',
      cast: ['tom', 'ines'],
      preset: 'called-only',
      seed: 1,
      ...start,
    });
  await house.engine.idle(SCENE);
  return {
    ...house,
    actor,
    judging,
    logged,
    async say(text: string) {
      await house.engine.hear(SCENE, { player: OWNER, text });
      await house.engine.idle(SCENE);
    },
    /** What stands on the surface, newest last; greetings are none of it. */
    lines: () => stage.lines().filter((line) => !line.includes('at your service')),
    log: () => Array.fromAsync(house.store.read(`${SCENE}#1`)),
  };
}

/** A model whose drafts the test writes one by one, with what each used. */
export function drafting(drafts: Drafts): ChatModel & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  const name = 'actor-1';
  return {
    ...answeringModel(),
    name,
    async *stream(request, signal): AsyncGenerator<ChatDelta> {
      signal.throwIfAborted();
      const n = asked.push(request) - 1;
      const draft = await drafts(n, request);
      signal.throwIfAborted();
      if (draft instanceof Error) throw draft;
      yield { type: 'text', text: draft };
      yield { type: 'end', reason: 'stop', usage: usageOf(name) };
    },
    asked,
  };
}
