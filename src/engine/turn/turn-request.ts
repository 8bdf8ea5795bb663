import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { createActorPrompt } from '../../performer/actor-prompt.ts';
import { ENVIRONMENT_INSTRUCTIONS, environmentRequest } from '../../performer/environment-prompt.ts';
import type { PerformOptions } from '../../performer/perform.ts';
import { createEchoGuard } from '../../performer/prompt-echo.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import { presentPlayers } from '../../scene/scene-state.ts';
import { cardOf } from '../card-of.ts';
import type { LiveScene } from '../live-scene.ts';

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
  return { request: (secondTry) => built.build(names, secondTry), echoes: built.echoes };
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
    echoes: createEchoGuard(ENVIRONMENT_INSTRUCTIONS, ENVIRONMENT.name),
  };
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

/** Whom a card's `{{user}}` means: the players who are here. */
export function userName(live: LiveScene): string {
  const names = presentPlayers(live.state).map((player) => player.name);
  return names.length > 0 ? names.join(' and ') : 'the visitor';
}
