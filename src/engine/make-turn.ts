import type { Character } from '../cast/character.ts';
import type { Library } from '../cast/library-api.ts';
import { namesOf } from '../cast/name-parts.ts';
import type { SceneScript } from '../cast/scene-script.ts';
import type { ParsedTurn } from '../format/parsed-turn.ts';
import { parseTurn, type Release, type TurnParserOptions } from '../format/turn-parser.ts';
import type { ChatModel, ChatRequest } from '../model/chat-model.ts';
import { createActorPrompt } from '../performer/actor-prompt.ts';
import { environmentRequest } from '../performer/environment-prompt.ts';
import { type Performance, perform } from '../performer/perform.ts';
import { understudyNarration, understudyTurn } from '../performer/understudy/understudy.ts';
import { type Actor, ENVIRONMENT, type Made } from '../scene/beat.ts';
import { presentPlayers } from '../scene/scene-state.ts';
import { cardOf } from './card-of.ts';
import type { Choice } from './choose-next.ts';
import type { DraftReport, Models } from './engine-api.ts';
import type { Clock } from './engine-options.ts';
import type { LiveScene, Making } from './live-scene.ts';

export type TurnOptions = {
  readonly library: Library;
  readonly models: Models;
  readonly script: SceneScript | undefined;
  readonly clock: Clock;
  readonly tracing: boolean;
  readonly onRelease: (release: Release) => void;
  readonly onDraft: (report: Omit<DraftReport, 'beat'>) => void;
};

/** A finished turn, or `undefined` where both drafts were unusable. */
export type MadeTurn = {
  readonly turn: ParsedTurn;
  readonly made: Made;
  readonly cue?: string;
  /** Whom the draft began to speak for; they are called next. */
  readonly called?: string;
};

/** Names that nobody's draft may speak under. */
const WORLD_NAMES = [ENVIRONMENT.name, 'Narrator'] as const;

/**
 * Makes the turn of whom the director chose: a character or the Environment, by a model where one
 * plays that part, else by the understudy.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function makeTurn(
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: Choice & { readonly type: 'speak' },
  options: TurnOptions,
): Promise<MadeTurn | undefined> {
  const world = actor.id === ENVIRONMENT.id;
  const model = world ? options.models.narrator : options.models.actor;
  if (choice.scripted || !model) return scriptedTurn(live, making, actor, choice, options);

  const character = world ? undefined : cardOf(options.library, actor.id);
  const performance = await perform(
    {
      model,
      request: character ? actorRequest(live, character, model, options) : worldRequest(live, model),
      parser: parserFor(live, actor, options.library, model),
      now: options.clock.now,
      onRelease: options.onRelease,
      onDraft: (turn, attempt, usage) =>
        options.onDraft(reportOf(live, making, actor, choice.why, turn, attempt, options.tracing, usage)),
    },
    making.controller.signal,
  );
  if (!performance.turn.usable) return undefined;
  return {
    turn: performance.turn,
    made: figuresOf(performance, model.name, choice.why),
    ...(performance.turn.nextSpeaker === undefined ? {} : { called: performance.turn.nextSpeaker }),
  };
}

/** The understudy's turn goes through the same parser as a model's. */
async function scriptedTurn(
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: Choice & { readonly type: 'speak' },
  options: TurnOptions,
): Promise<MadeTurn | undefined> {
  const { state, record } = live;
  if (record.pace === 'reading') {
    await options.clock.sleep(readingTime(live), making.controller.signal);
  }
  const character = cardOf(options.library, actor.id);
  const view = live.views.characters.get(actor.id);
  const text =
    choice.scripted?.text ??
    (character && view
      ? understudyTurn({ character, view, seed: record.seed, beats: state.beats, user: userName(live) })
      : understudyNarration(record.seed, state.beats));
  const turn = parseTurn(text, parserFor(live, actor, options.library, undefined));
  options.onDraft(reportOf(live, making, actor, choice.why, turn, 1, options.tracing, undefined));
  if (!turn.usable) return undefined;
  return {
    turn,
    made: { by: 'script', why: choice.why, attempts: 1 },
    ...(choice.scripted ? { cue: choice.scripted.cue } : {}),
  };
}

function actorRequest(
  live: LiveScene,
  character: Character,
  model: ChatModel,
  { library, script }: TurnOptions,
): (secondTry: boolean) => ChatRequest {
  const { state, views, prompts } = live;
  const id = `character:${character.id}`;
  const view = views.characters.get(id);
  if (!view) throw new Error(`${id} has no view: it never entered`);
  let prompt = prompts.get(id);
  if (!prompt) {
    prompt = createActorPrompt({
      model,
      planning: model.planning,
      maxTokens: model.maxTokens,
      temperature: model.temperature,
      view,
      head: {
        setting: state.opening.setting,
        people: state.opening.cast.map((actor) => ({
          name: actor.name,
          publicSheet: cardOf(library, actor.id)?.publicSheet ?? '',
        })),
      },
      sheet: {
        character,
        user: userName(live),
        secret: script?.secrets[character.id] ?? '',
        arrival: arrivalOf(live, id, library),
      },
      people: {
        publicSheet: (other) => cardOf(library, other)?.publicSheet ?? '',
        inOpening: (other) => state.opening.cast.some((actor) => actor.id === other),
      },
    });
    prompts.set(id, prompt);
  }
  const built = prompt;
  const others = [...state.people.values()].filter((person) => person.present && person.actor.id !== id);
  const names = [...others.map((person) => person.actor.name), ENVIRONMENT.name];
  return (secondTry) => built.build(names, secondTry);
}

function worldRequest(live: LiveScene, model: ChatModel): (secondTry: boolean) => ChatRequest {
  const names = [...live.state.people.values()].map((person) => person.actor.name);
  return (secondTry) =>
    environmentRequest(
      {
        setting: live.state.setting,
        names,
        window: live.windows.environment,
        maxTokens: model.maxTokens,
        temperature: model.temperature,
      },
      secondTry,
    );
}

/** What a latecomer finds that the head of the prompt does not tell: where the scene is, who came before it. */
function arrivalOf({ state }: LiveScene, id: string, library: Library): string {
  const own = state.people.get(id);
  if (!own || state.opening.cast.some((actor) => actor.id === id)) return '';
  const opening = new Set(state.opening.cast.map((actor) => actor.id));
  const before = [...state.people.values()].filter(
    (person) => person.entered < own.entered && !opening.has(person.actor.id),
  );
  const sheets = before.map((person) => {
    const sheet = cardOf(library, person.actor.id)?.publicSheet;
    return sheet ? `${person.actor.name}: ${sheet}` : '';
  });
  const setting = own.setting === state.opening.setting ? '' : own.setting;
  return [setting, ...sheets].filter(Boolean).join('\n\n');
}

function parserFor(
  live: LiveScene,
  actor: Actor,
  library: Library,
  model: ChatModel | undefined,
): TurnParserOptions {
  const card = cardOf(library, actor.id);
  const others = [...live.state.people.values()].filter((person) => person.actor.id !== actor.id);
  const names = others.flatMap(({ actor: other }) => {
    const otherCard = cardOf(library, other.id);
    return otherCard ? namesOf(otherCard) : [other.name];
  });
  const own = card ? namesOf(card) : [...WORLD_NAMES];
  return {
    speaker: { name: actor.name, aliases: own },
    others: [...names, ...(card ? WORLD_NAMES : [])].filter((name) => !own.includes(name)),
    ...(model?.profile === 'her' && model.planning !== 'off' && card ? { startInside: 'plan' as const } : {}),
  };
}

function reportOf(
  live: LiveScene,
  making: Making,
  speaker: Actor,
  why: string,
  turn: ParsedTurn,
  attempt: number,
  tracing: boolean,
  usage: DraftReport['usage'],
): Omit<DraftReport, 'beat'> {
  return {
    scene: live.record.id,
    turn: making.turn,
    speaker,
    why,
    ...(tracing ? { systemThinking: turn.systemThinking } : {}),
    thoughts: turn.segments.filter((segment) => segment.kind === 'thought'),
    faults: turn.faults,
    scripted: usage === undefined,
    attempt,
    ...(usage ? { usage } : {}),
  };
}

function figuresOf({ attempts, usage, msToVisible }: Performance, model: string, why: string): Made {
  return {
    by: model,
    why,
    attempts,
    ...(usage && {
      promptTokens: usage.promptTokens,
      cachedTokens: usage.cachedTokens,
      completionTokens: usage.completionTokens,
      msToFirst: usage.msToFirst,
      msToLast: usage.msToLast,
    }),
    ...(msToVisible === undefined ? {} : { msToVisible }),
  };
}

/** Whom a card's `{{user}}` means: the players who are here. */
function userName(live: LiveScene): string {
  const names = presentPlayers(live.state).map((player) => player.name);
  return names.length > 0 ? names.join(' and ') : 'the visitor';
}

// Reading speed of a grown-up, with a little air; nobody waits longer than three seconds.
const MS_PER_CHAR = 18;
const SHORTEST_PAUSE = 400;
const LONGEST_PAUSE = 3000;

function readingTime(live: LiveScene): number {
  const last = live.views.director.entries.at(-1);
  if (!last || last.kind === 'entrance' || last.kind === 'setting') return SHORTEST_PAUSE;
  const chars = last.segments.reduce((sum, segment) => sum + segment.text.length, 0);
  return Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE * 3, chars * MS_PER_CHAR));
}
