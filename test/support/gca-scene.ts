import { createAsk } from '../../src/lab/calls/ask.ts';
import type { Call, LabModel } from '../../src/lab/calls/call.ts';
import type { Journal } from '../../src/lab/calls/journal.ts';
import { createMemoryJournal } from '../../src/lab/calls/memory-journal.ts';
import { RULES, WHOLE } from '../../src/lab/coser/protocol.ts';
import { type CoserScene, coserSceneSchema, sceneIdOf } from '../../src/lab/coser/scene.ts';
import type { SimulateOptions } from '../../src/lab/gca/simulate.ts';
import { simulateScene } from '../../src/lab/gca/simulate-scene.ts';
import type { ScenePrompts } from '../../src/lab/prompts/scene-prompts.ts';
import type { ChatModel, ChatRequest } from '../../src/model/chat-model.ts';
import { answeringModel } from './answering-model.ts';
import { labModel } from './lab-model.ts';

/** A record of a data set with what a test says of it. */
export function sceneOf(record: Readonly<Record<string, unknown>>): CoserScene {
  const scene = coserSceneSchema.parse({
    book: 'A Book',
    scenario: 'A kitchen at night.',
    dialogues: [{ character: 'Ada', message: 'Good evening.' }],
    ...record,
  });
  return { ...scene, id: sceneIdOf(scene) };
}

/** Prompts that say whose they are, and nothing else but what is asked for. */
export const PLAIN_PROMPTS: ScenePrompts = {
  source: 'ours',
  hash: '0123456789ab',
  actor: (_scene, name, { motivation }) => `system of ${name}${motivation && ` MOTIVE ${motivation}`}`,
  narrator: () => 'system of Environment',
  director: () => 'system of NSP',
  critic: () => 'system of a judge',
};

/** What somebody was asked. `of`: a name, `Environment`, `NSP`, or `judge`. */
export type AskedPart = {
  readonly of: string;
  readonly request: ChatRequest;
  readonly priority?: number | undefined;
};

export type Played = {
  readonly asked: readonly AskedPart[];
  /** What was kept, in the order in which it was. */
  readonly kept: readonly Call[];
  readonly simulation: Awaited<ReturnType<typeof simulateScene>>;
};

export type WrittenAnswer = (asked: AskedPart, place: number) => string | { text: string; reasoning: string };

/** Models whose answers a test writes, and what they were asked. */
export function writtenModels(answer: WrittenAnswer, actor: Partial<ChatModel> = {}) {
  const asked: AskedPart[] = [];
  const model = (
    role: string,
    of: (request: ChatRequest) => string,
    more: Partial<ChatModel> = {},
  ): LabModel =>
    labModel(
      { ...answeringModel(more), name: role },
      {
        async ask(request, signal, priority) {
          signal.throwIfAborted();
          const part = { of: of(request), request, priority };
          const said = answer(part, asked.push(part) - 1);
          const whole = typeof said === 'string' ? { text: said, reasoning: '' } : said;
          return { ...whole, end: 'stop', usage: { ...USAGE, model: role } };
        },
      },
    );
  const models = {
    actor: model('actor', whoseTurn, actor),
    director: model('director', () => 'NSP'),
    narrator: model('narrator', () => 'Environment'),
    judge: model('judge', () => 'judge'),
  };
  return { models, asked };
}

/** Plays a scene with parts that a test writes, by whatever protocol. */
export async function playScene(
  scene: CoserScene,
  answer: WrittenAnswer,
  change: Partial<SimulateOptions> & { readonly actor?: Partial<ChatModel>; readonly journal?: Journal } = {},
): Promise<Played> {
  const kept: Call[] = [];
  const { actor, journal = createMemoryJournal(), ...options } = change;
  const { models, asked } = writtenModels(answer, actor);
  const simulation = await simulateScene(
    {
      scene,
      rules: RULES.her,
      prompts: PLAIN_PROMPTS,
      models,
      ask: createAsk(journal, (call) => kept.push(call)),
      ablation: WHOLE,
      maxRounds: 6,
      continueFrom: 0,
      choice: 'model',
      seed: 1,
      ...options,
    },
    never,
  );
  return { asked, kept, simulation };
}

const never = new AbortController().signal;
const USAGE = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, msToFirst: 0, msToLast: 0 };

/** By the prompts above, by the sheet of the house, or by HER’s layout. */
function whoseTurn({ messages }: ChatRequest): string {
  const system = messages[0]?.content ?? '';
  return (
    /^system of (.+?)(?: MOTIVE|$)/su.exec(system)?.[1] ??
    /## Your character: (.+)/u.exec(system)?.[1] ??
    /^You are (.+)\.$/mu.exec(system)?.[1] ??
    'nobody'
  );
}

/** All that a request tells. */
export function wordsOf({ request }: AskedPart): string {
  return request.messages.map(({ content }) => content).join('\n');
}
