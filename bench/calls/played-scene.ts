import type { Character } from '../../src/cast/character.ts';
import type { Preset } from '../../src/engine/scene-record.ts';
import type { ChatRequest } from '../../src/model/chat-model.ts';
import { renderChatTemplate } from '../../src/model/chat-template.ts';
import { ENVIRONMENT, isPlayerId } from '../../src/scene/beat.ts';
import type { StageBeat } from '../../src/scene/stage-beat.ts';
import { answeringModel } from '../../test/support/answering-model.ts';
import { playHouse } from '../../test/support/play-house.ts';
import { smallLibrary } from '../../test/support/small-library.ts';
import { countTokens } from '../prefix/tokens.ts';
import { breaksIn, castLine, narration, playerLine, type Script } from './script.ts';
import { directorAnswer } from './scripted-director.ts';

const SCENE = 'lab:calls';
const PLAYER = { id: 'p1', name: 'Mara' };
const NO_LIMIT = 1_000_000_000;

/** One request to a model: of whom, its prompt in tokens, and how many turns the room had seen before. */
export type Asked = {
  readonly of: 'actor' | 'director' | 'Environment';
  readonly tokens: number;
  readonly turn: number;
};

export type PlayedScene = {
  readonly asked: readonly Asked[];
  /** Turns of the cast and of the Environment that the room has seen. */
  readonly turns: number;
  readonly narrations: number;
  readonly playerLines: number;
  /** Everything that was said, by whomever. */
  readonly lines: readonly string[];
};

export type SceneOptions = {
  readonly turns: number;
  readonly ranking: number;
  readonly contextSize: number;
  readonly preset: Preset;
  /** The director gives the word to the player after so many turns; without it the room's rules do. */
  readonly handsOverAfter?: number;
  /** The player also speaks while a turn is being made, which breaks it off. */
  readonly breaksIn?: boolean;
  readonly script: Script;
  readonly cast: readonly Character[];
};

/** Plays a scene of five through the engine, with models that answer at once from a script, and counts what they were asked. */
export async function playScene(options: SceneOptions): Promise<PlayedScene> {
  const { cast, turns, ranking, contextSize, preset, handsOverAfter = Infinity, script } = options;
  const asked: Asked[] = [];
  const pending: Promise<unknown>[] = [];
  let playerLines = 0;
  // A card's greeting comes without a request, and is no turn.
  let opened = 0;
  const played = () => shown.slice(opened);
  const visible = () => played().filter(({ speaker }) => speaker && !isPlayerId(speaker.id));

  const { engine, stage } = await playHouse({
    library: smallLibrary(cast),
    models: {
      actor: counted('actor', () => castLine(count('actor'), script, speaking)),
      director: counted('director', () =>
        directorAnswer(shown, count('director'), {
          seed: script.seed,
          cast: cast.map(({ name }) => name),
          player: PLAYER.name,
          ranking,
          handsOverAfter,
        }),
      ),
      narrator: counted('Environment', () => narration(count('Environment'), script)),
    },
    limits: { ranking, ...UNLIMITED },
  });
  const { shown } = stage;
  let speaking = '';
  engine.attach({
    ...stage,
    name: 'lab',
    typing: (_scene, who) => {
      speaking = who?.name ?? speaking;
    },
    async show(scene, beat, signal) {
      const delivery = await stage.show(scene, beat, signal);
      // It is heard when this turn stands, and the next one has been begun.
      if (options.breaksIn && isOfCast(beat) && breaksIn(beat.n, script)) pending.push(speakUp());
      return delivery;
    },
  });
  await engine.start({
    id: SCENE,
    stage: 'lab',
    owner: PLAYER,
    cast: cast.map(({ id }) => id),
    setting:
      'The inn above the cove, a wet night in November; the shutters are closed and nobody is going home.',
    preset,
    seed: 11,
  });
  await engine.idle(SCENE);
  opened = shown.length;
  while (visible().length < turns) {
    await speakUp();
    await engine.idle(SCENE);
    while (pending.length > 0) {
      await Promise.all(pending.splice(0));
      await engine.idle(SCENE);
    }
  }
  await engine.close();
  const counting = visible().slice(0, turns);
  const lastTurn = counting.at(-1)?.n ?? 0;
  return {
    asked: asked.filter(({ turn }) => turn < turns),
    turns: counting.length,
    narrations: counting.filter(({ speaker }) => speaker?.id === ENVIRONMENT.id).length,
    playerLines,
    lines: played()
      .filter(({ kind, n }) => kind === 'line' && n <= lastTurn)
      .map(({ segments }) => segments.map(({ text }) => text).join(' ')),
  };

  async function speakUp(): Promise<void> {
    playerLines += 1;
    await engine.hear(SCENE, { player: PLAYER, text: playerLine(playerLines, script) });
  }

  function count(of: Asked['of']): number {
    return asked.filter((one) => one.of === of).length;
  }

  function counted(of: Asked['of'], answer: () => string) {
    return answeringModel({
      name: of,
      contextSize,
      async *stream(request, signal) {
        signal.throwIfAborted();
        asked.push({ of, tokens: tokensOf(request), turn: visible().length });
        yield { type: 'text', text: answer() };
        yield { type: 'end', reason: 'stop', usage: { model: of, ...NO_USAGE } };
      },
    });
  }
}

/** Its messages, and the form of the answer, which a server puts into the prompt or not. */
function tokensOf({ messages, jsonSchema }: ChatRequest): number {
  const form = jsonSchema ? countTokens(JSON.stringify(jsonSchema.schema)) : 0;
  return countTokens(renderChatTemplate(messages)) + form;
}

function isOfCast({ kind, speaker }: StageBeat): boolean {
  return kind === 'line' && speaker !== undefined && !isPlayerId(speaker.id);
}

const NO_USAGE = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, msToFirst: 0, msToLast: 0 };

/** The scene is longer than an evening. */
const UNLIMITED = {
  linesPerPlayerHour: 10_000,
  turnsPerPlayerHour: 100_000,
  turnsPerSceneDay: 100_000,
  turnsPerServerDay: 100_000,
  tokensPerPlayerHour: NO_LIMIT,
  tokensPerSceneDay: NO_LIMIT,
  tokensPerServerDay: NO_LIMIT,
};
