import type { ChatRequest } from '../model/chat-model.ts';
import type { Window } from '../scene/window.ts';

/** Longest view the Environment reads, in characters. */
export const ENVIRONMENT_WINDOW_CHARS = 6000;

export type EnvironmentPromptOptions = {
  readonly setting: string;
  /** Characters and players: whom the Environment may not act or speak for. */
  readonly names: readonly string[];
  /** The Environment's view: actions and speech only. */
  readonly window: Window;
  readonly maxTokens: number;
  readonly temperature: number;
};

const WHO =
  'You are the world of a scene that others play. You answer for everything that is not one of them: places, things, weather, light, sounds, animals, passers-by, what an action does.';
const HOW =
  'Write one to three sentences of plain narration in the present tense and in the language of the scene: what can now be seen or heard. Concrete, in the tone of the scene, following from what just happened; leave it to the others what to make of it. No tags, no names with colons, no questions to anyone.';

/** Fixed text of the request, which a small model may read aloud. */
export const ENVIRONMENT_INSTRUCTIONS = [WHO, HOW] as const;

/** The request for one narration: what the world does after the last lines (her-spec 3.8, our words). */
export function environmentRequest(options: EnvironmentPromptOptions, secondTry: boolean): ChatRequest {
  const { setting, names, window, maxTokens, temperature } = options;
  const lines = window.read().lines.map((line) => line.text);
  const system = [
    WHO,
    setting && `## The scene\n\n${setting}`,
    `## Not yours\n\nNever act, decide, feel or speak for ${names.join(', ')}.`,
    HOW,
  ];
  const ask = secondTry
    ? '[What does the world do? One to three plain sentences of narration, nothing else.]'
    : '[What does the world do?]';
  return {
    messages: [
      { role: 'system', content: system.filter(Boolean).join('\n\n') },
      { role: 'user', content: `${lines.join('\n\n') || '(Nothing has happened yet.)'}\n\n${ask}` },
    ],
    stop: names.slice(0, 4).map((name) => `\n${name}:`),
    maxTokens,
    temperature,
  };
}
