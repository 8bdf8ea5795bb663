import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import type { MacroNames } from '../../cast/macros/macro-names.ts';
import { expandMacros } from '../../cast/macros.ts';
import { createNames } from '../../format/labels.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { type ActorPrompt, createActorPrompt } from '../../performer/actor-prompt.ts';
import { ENVIRONMENT_INSTRUCTIONS, environmentRequest } from '../../performer/environment-prompt.ts';
import { filledText } from '../../performer/filled-text.ts';
import type { PerformOptions } from '../../performer/perform.ts';
import { createEchoGuard } from '../../performer/prompt-echo.ts';
import { clockNote, cuesNote, plantedNote, whisperNote } from '../../performer/prompt-tail.ts';
import { type ActorId, characterActorId, ENVIRONMENT, type Made, type PlaceId } from '../../scene/beat.ts';
import { talkIn } from '../../scene/scene-state.ts';
import type { View } from '../../scene/view.ts';
import { cardMacros } from '../card-macros.ts';
import { cardOf } from '../card-of.ts';
import { clockWords } from '../clock-words.ts';
import { cuesOf } from '../game/cues.ts';
import { type LiveScene, type Making, windowsIn } from '../live-scene.ts';
import {
  type CharacterLore,
  characterLore,
  isSameLore,
  loreRoomOf,
  loreSources,
  loreSpeaker,
} from '../lore/character-lore.ts';
import { turnLore } from '../lore/turn-lore.ts';
import { createMemory } from '../memory/memory.ts';
import { earlierOf } from '../memory/server-memory.ts';
import { hostName } from '../user-name.ts';
import type { TurnOptions } from './made-turn.ts';
import { recalledBy } from './recalled-by.ts';

/** What a model is asked, and what it must not read aloud of it. */
export type Asked = Pick<PerformOptions, 'request' | 'echoes'> & {
  /** Beats that came back to the speaker, and lore that it was called up with. */
  readonly made?: Pick<Made, 'recalled' | 'lore' | 'loreLeft'>;
};

/**
 * What a character’s model is asked: its prompt is laid out once and then grows with its view. What
 * holds for this turn alone stands at its end: what it recalls, what it was given to think, whose
 * ear its answer is for.
 */
export async function actorRequest(
  live: LiveScene,
  making: Making,
  character: Character,
  model: ChatModel,
  options: TurnOptions,
): Promise<Asked> {
  const id = characterActorId(character.id);
  const { signal } = making.controller;
  const earlier = await earlierOf(options.store, live.record, character.id, options.audience !== '');
  signal.throwIfAborted();
  const { prompts, state, minds } = live;
  const view = minds.people.get(id);
  if (!view) throw new Error(`${id} has no view: it never entered`);
  let laidOut = prompts.get(id);
  // Another model reads another layout, a card may have been edited, and an earlier evening forgotten.
  const { audience, rules, clock } = options;
  const macros = cardMacros(live, character, clock.now());
  const speaker = loreSpeaker(character, macros, options.library);
  const sources = loreSources(character, options.library, rules, model);
  const isStale =
    laidOut?.earlier !== earlier || laidOut.audience !== audience || !isSameLore(laidOut.lore, sources);
  if (laidOut?.model !== model || laidOut.character !== character || isStale) {
    const lore = characterLore(sources, speaker, macros);
    const prompt = layOut(live, view, character, { earlier, lore, macros, model, ...options });
    const memory = laidOut?.memory ?? createMemory(view);
    laidOut = { model, character, prompt, earlier, audience, lore, memory };
    prompts.set(id, laidOut);
  }
  const { prompt } = laidOut;
  const others = [...state.people.values()].filter((person) => person.present && person.actor.id !== id);
  const names = [...others.map((person) => person.actor.name), ENVIRONMENT.name];
  const before = making.instead === undefined ? {} : { before: making.instead };
  const recalled = await recalledBy(live, id, options, signal, making.instead);
  const notes = notesFor(live, making, id);
  const cues = cuesOf(live.record, id).map((cue) => cue.name);
  // What was taken back since then is remembered no more.
  const standing = () => recalled.filter((entry) => view.at(entry.n) === entry);
  const { texts, made } = turnLore(live, laidOut.lore, speaker, macros, rules, making.instead);
  return {
    request: (secondTry) =>
      prompt.build({ others: names, secondTry, lore: texts, recalled: standing(), notes, cues, ...before }),
    echoes: prompt.echoes,
    made: { ...made, ...(recalled.length > 0 ? { recalled: recalled.map(({ n }) => n) } : {}) },
  };
}

/** What holds for this turn of a character alone. */
function notesFor({ state, record }: LiveScene, { place, instead }: Making, id: ActorId): string[] {
  const talk = talkIn(state, place);
  const name = state.people.get(id)?.actor.name ?? '';
  const planted =
    instead !== undefined && talk.turn?.n === instead
      ? talk.turn.plants
      : (state.plants.get(id) ?? []).map(({ text }) => text);
  const whisperer = instead === undefined ? talk.whispered.get(id) : undefined;
  const cues = cuesOf(record, id);
  return [
    ...(state.clock === undefined ? [] : [clockNote(clockWords(state.clock))]),
    ...(cues.length > 0 ? [cuesNote(cues)] : []),
    ...planted.map((text) => plantedNote(name, text)),
    ...(whisperer ? [whisperNote(name, whisperer.name)] : []),
  ];
}

type LaidOutBy = Pick<TurnOptions, 'library' | 'script' | 'audience'> & {
  readonly earlier: string;
  readonly lore: CharacterLore;
  readonly macros: MacroNames;
  readonly model: ChatModel;
};

function layOut(
  live: LiveScene,
  view: View,
  character: Character,
  { earlier, lore, macros, model, library, script, audience }: LaidOutBy,
): ActorPrompt {
  const { state } = live;
  const id = characterActorId(character.id);
  const publicSheet = (other: ActorId) => publicSheetOf(live, other, library);
  return createActorPrompt({
    model,
    planning: model.planning,
    maxTokens: model.maxTokens,
    temperature: model.temperature,
    view,
    head: {
      setting: settingFor(audience, state.opening.setting),
      people: state.opening.cast.map((actor) => ({ name: actor.name, publicSheet: publicSheet(actor.id) })),
    },
    sheet: {
      character,
      macros,
      lore: lore.always.map(({ entry }) => expandMacros(entry.text, macros)),
      secret: script?.secrets[character.id] ?? '',
      arrival: arrivalOf(live, id, library),
      earlier,
    },
    people: {
      publicSheet,
      inOpening: (other) => state.opening.cast.some((actor) => actor.id === other),
    },
    loreRoom: loreRoomOf(lore, macros),
    pins: () => state.pins,
  });
}

/** What the Environment’s model is asked, of one place. */
export function worldRequest(
  live: LiveScene,
  place: PlaceId,
  model: ChatModel,
  { audience }: Pick<TurnOptions, 'audience'>,
): Asked {
  const { state } = live;
  const people = [...state.people.values()];
  const options = {
    setting: settingFor(audience, state.setting),
    names: people.map((person) => person.actor.name),
    absent: people.filter((person) => !person.present).map((person) => person.actor.name),
    window: windowsIn(live, place).environment,
    maxTokens: model.maxTokens,
    temperature: model.temperature,
    ...(state.steer ? { steer: state.steer.text } : {}),
    ...(state.clock === undefined ? {} : { clock: clockWords(state.clock) }),
  };
  return {
    request: (secondTry) => environmentRequest(options, secondTry),
    echoes: createEchoGuard(ENVIRONMENT_INSTRUCTIONS),
  };
}

/** The setting, with what holds for all that plays in it. */
function settingFor(audience: string, setting: string): string {
  return [setting, audience].filter(Boolean).join('\n\n');
}

/** What a latecomer finds that the head of the prompt does not tell: where the scene is, who is there. */
function arrivalOf(live: LiveScene, id: ActorId, library: Library): string {
  const { opening, people } = live.state;
  const own = people.get(id);
  const known = new Set(opening.cast.map((actor) => actor.id));
  if (!own || known.has(id)) return '';
  const sheets = own.met
    .filter((other) => !known.has(other))
    .map((other) => {
      const sheet = publicSheetOf(live, other, library);
      return sheet && `${people.get(other)?.actor.name}: ${sheet}`;
    });
  const setting = own.setting === opening.setting ? '' : own.setting;
  return [setting, ...sheets].filter(Boolean).join('\n\n');
}

/** What anyone in the room could know of a character; '' for players and where nothing is known. */
function publicSheetOf(live: LiveScene, id: ActorId, library: Library): string {
  const card = cardOf(library, id);
  if (!card) return '';
  // Where all sheets stand one below the other none may go on as another's.
  const others = live.state.opening.cast.filter((actor) => actor.id !== id).map((actor) => actor.name);
  const macros = { char: card.nickname || card.name, user: hostName(live) };
  return filledText(card.publicSheet, macros, createNames(undefined, others));
}
