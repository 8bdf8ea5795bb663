import { z } from 'zod';
import type { ChatMessage, ChatModel, ChatRequest } from '../../src/model/chat-model.ts';
import { pick } from '../../src/scene/chance.ts';
import { answeringModel, NO_USAGE } from '../../test/support/answering-model.ts';
import { playHouse } from '../../test/support/play-house.ts';
import { smallLibrary } from '../../test/support/small-library.ts';
import { benchCast } from './cast.ts';
import { writeTurn } from './lines.ts';

/** Who asks for the next speaker. */
export const DIRECTOR = 'the director';
export const TURNS = 500;
/** A window that never shrinks, in tokens. */
export const ENDLESS = 10_000_000;
export const TURN_TOKENS = 80;
const TURNS_PER_CHANGE = 20;
const MOST_AWAY = 2;
export const MAX_TOKENS = 512;
const SCENE = 'lab:prefix';
const OWNER = { id: 'p1', name: 'Mara' };

/** What a model was asked: by whom, and which characters were on stage then. */
export type Prompt = {
  readonly who: string;
  readonly messages: readonly ChatMessage[];
  readonly present: readonly string[];
};

/** Everything that was asked in one scene, in order. */
export type RecordedScene = {
  readonly turns: readonly Prompt[];
  readonly director: readonly Prompt[];
  /** Both, as they were asked. */
  readonly asked: readonly Prompt[];
};

export type SceneOptions = {
  /** Another seed is another scene. */
  readonly seed?: number;
  /** The actor's. */
  readonly profile?: ChatModel['profile'];
  /** In turns. */
  readonly length?: number;
};

/**
 * Plays the scene through the engine, with models that answer from a script and keep what they were
 * asked. Every twenty turns someone leaves or comes back; one comes for the first time after the
 * scene has begun. The same scene, beat for beat, whatever the window.
 *
 * @param contextSize tokens that the actor's model can read
 */
export async function playScene(
  contextSize: number,
  { seed = 11, profile = 'plain', length = TURNS }: SceneOptions = {},
): Promise<RecordedScene> {
  const cast = benchCast();
  const [latecomer, ...opening] = cast.toReversed();
  if (!latecomer) throw new Error('there is nobody to play');
  const present = new Map(opening.toReversed().map(({ id, name }) => [id, name]));
  const turns: Prompt[] = [];
  const asked: Prompt[] = [];
  const director: Prompt[] = [];
  let speaker = '';
  const keep = (into: Prompt[], who: string, { messages }: ChatRequest) => {
    const prompt = { who, messages, present: [...present.values()] };
    into.push(prompt);
    asked.push(prompt);
  };

  const { engine, stage } = await playHouse({
    library: smallLibrary(cast),
    models: {
      actor: scripted('actor', { contextSize, profile }, (request) => {
        keep(turns, speaker, request);
        return writeTurn(seed, turns.length, TURN_TOKENS);
      }),
      director: scripted('director', { contextSize, profile: 'plain' }, (request) => {
        keep(director, DIRECTOR, request);
        const allowed = allowedIn(request);
        const others = [...present.values()].filter((name) => allowed.includes(name));
        const next = pick(others, seed, director.length, 5) ?? 'random';
        return JSON.stringify({ reasoning: 'They have been waiting for it.', next_speaker: next });
      }),
    },
  });
  engine.attach({
    ...stage,
    name: 'lab',
    typing: (_scene, who) => {
      speaker = who?.name ?? speaker;
    },
  });

  await engine.start({
    id: SCENE,
    stage: 'lab',
    owner: OWNER,
    cast: [...present.keys()],
    setting: `The inn above the cove, a wet night in November, the ${seed}th; the shutters are closed and nobody is going home.`,
    preset: 'game-master',
    seed,
  });
  while (turns.length < length) {
    const before = turns.length;
    await engine.next(SCENE);
    await engine.idle(SCENE);
    if (turns.length !== before + 1) throw new Error(`turn ${before + 1} was not played once`);
    if (turns.length % TURNS_PER_CHANGE === 0) await changeCast(turns.length / TURNS_PER_CHANGE);
  }
  await engine.close();
  return { turns, director, asked };

  async function changeCast(nth: number): Promise<void> {
    const away = cast.filter(({ id }) => !present.has(id));
    const here = cast.filter(({ id, name }) => present.has(id) && name !== speaker);
    const comes = pick(away, seed, nth, 6);
    const goes = pick(here, seed, nth, 7);
    if (comes && (nth === 1 || away.length >= MOST_AWAY || nth % 2 === 0)) {
      present.set(comes.id, comes.name);
      await engine.summon(SCENE, comes.id);
    } else if (goes) {
      present.delete(goes.id);
      await engine.dismiss(SCENE, goes.id);
    }
    await engine.idle(SCENE);
  }
}

const answerForm = z.object({
  properties: z.object({ next_speaker: z.object({ enum: z.array(z.string()) }) }),
});

/** Who may be next; whoever may come later is listed apart from them. */
function allowedIn({ jsonSchema }: ChatRequest): readonly string[] {
  return answerForm.parse(jsonSchema?.schema).properties.next_speaker.enum;
}

function scripted(
  name: string,
  how: Pick<ChatModel, 'contextSize' | 'profile'>,
  answer: (request: ChatRequest) => string,
): ChatModel {
  return {
    ...answeringModel({ name, maxTokens: MAX_TOKENS, temperature: 0.7, ...how }),
    async *stream(request) {
      yield { type: 'text', text: answer(request) };
      yield { type: 'end', reason: 'stop', usage: NO_USAGE };
    },
  };
}
