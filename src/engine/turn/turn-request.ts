import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import { expandMacros } from '../../cast/macros.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { type ActorPrompt, createActorPrompt } from '../../performer/actor-prompt.ts';
import { ENVIRONMENT_INSTRUCTIONS, environmentRequest } from '../../performer/environment-prompt.ts';
import type { PerformOptions } from '../../performer/perform.ts';
import { createEchoGuard } from '../../performer/prompt-echo.ts';
import { type ActorId, characterActorId, ENVIRONMENT } from '../../scene/beat.ts';
import { cardOf } from '../card-of.ts';
import type { LiveScene } from '../live-scene.ts';
import { hostName, userName } from '../user-name.ts';

/** What a model is asked, and what it must not read aloud of it. */
export type Asked = Pick<PerformOptions, 'request' | 'echoes'>;

/** What a character’s model is asked: its prompt is laid out once and then grows with its view. */
export function actorRequest(
  live: LiveScene,
  character: Character,
  model: ChatModel,
  library: Library,
  script: SceneScript | undefined,
): Asked {
  const { state, prompts } = live;
  const id = characterActorId(character.id);
  let laidOut = prompts.get(id);
  // Another model reads another layout, and a card may have been edited.
  if (laidOut?.model !== model || laidOut.character !== character) {
    laidOut = { model, character, prompt: layOut(live, character, model, library, script) };
    prompts.set(id, laidOut);
  }
  const { prompt } = laidOut;
  const others = [...state.people.values()].filter((person) => person.present && person.actor.id !== id);
  const names = [...others.map((person) => person.actor.name), ENVIRONMENT.name];
  return { request: (secondTry) => prompt.build(names, secondTry), echoes: prompt.echoes };
}

function layOut(
  live: LiveScene,
  character: Character,
  model: ChatModel,
  library: Library,
  script: SceneScript | undefined,
): ActorPrompt {
  const { state, views } = live;
  const id = characterActorId(character.id);
  const view = views.characters.get(id);
  if (!view) throw new Error(`${id} has no view: it never entered`);
  const publicSheet = (other: ActorId) => publicSheetOf(live, other, library);
  return createActorPrompt({
    model,
    planning: model.planning,
    maxTokens: model.maxTokens,
    temperature: model.temperature,
    view,
    head: {
      setting: state.opening.setting,
      people: state.opening.cast.map((actor) => ({ name: actor.name, publicSheet: publicSheet(actor.id) })),
    },
    sheet: {
      character,
      user: userName(live),
      secret: script?.secrets[character.id] ?? '',
      arrival: arrivalOf(live, id, library),
    },
    people: {
      publicSheet,
      inOpening: (other) => state.opening.cast.some((actor) => actor.id === other),
    },
  });
}

/** What the Environment’s model is asked. */
export function worldRequest(live: LiveScene, model: ChatModel): Asked {
  const options = {
    setting: live.state.setting,
    names: [...live.state.people.values()].map((person) => person.actor.name),
    window: live.windows.environment,
    maxTokens: model.maxTokens,
    temperature: model.temperature,
  };
  return {
    request: (secondTry) => environmentRequest(options, secondTry),
    echoes: createEchoGuard(ENVIRONMENT_INSTRUCTIONS),
  };
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
  return card ? expandMacros(card.publicSheet, { char: card.name, user: hostName(live) }).trim() : '';
}
