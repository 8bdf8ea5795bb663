import type { ChatRequest } from '../model/chat-model.ts';
import type { Window } from '../scene/window.ts';

/** Longest view the Environment reads, in characters. */
export const ENVIRONMENT_WINDOW_CHARS = 6000;

export type EnvironmentPromptOptions = {
  readonly setting: string;
  /** Characters and players: whom the Environment may not act or speak for. */
  readonly names: readonly string[];
  /** Those of them who are not here now; they may come in. */
  readonly absent?: readonly string[];
  /** The Environment's view: actions and speech only. */
  readonly window: Window;
  readonly maxTokens: number;
  readonly temperature: number;
  /** What the scene's owner wants of the next turns; neutralised. */
  readonly steer?: string;
  /** The hour of the story, in words. */
  readonly clock?: string;
};

const WHO =
  'You are the world of a scene that others play. You answer for everything that is not one of them: places, things, weather, light, sounds, animals, what an action does, and people without a part of their own, a waiter, a passer-by, a crowd.';
const HOW =
  'Narrate in one to three plain sentences, in the present tense and in the language of the scene: what can now be seen or heard. Concrete, in the tone of the scene, following from what just happened; leave it to the others what to make of it. People without a part of their own may do things and say a short line, in quotation marks. No tags, no names with colons, no questions to anyone.';
const CHANGES =
  'Then note who of the players of this scene came or went: one entry of “changes” each, with “who” as the name is listed, “what” as the form has it, and “how”, a short sentence with the name in it that tells what onlookers saw. Only what the last lines themselves have shown, because that person’s own action or words said so. Nobody is sent off, brought in or put to sleep because it would suit the story; mostly the list is empty.';
const FORM =
  'Answer as one JSON object and nothing else: {"narration": "…", "changes": [{"who": "…", "what": "…", "how": "…"}]}';

/** Fixed text of the request, which a small model may read aloud. */
export const ENVIRONMENT_INSTRUCTIONS = [WHO, HOW, CHANGES, FORM] as const;

/** What can become of someone's being there, in the words that the model is given. */
export const CHANGE_WORDS = [
  'leaves',
  'enters',
  'falls asleep',
  'wakes',
  'steps aside',
  'comes back',
] as const;

/** JSON schema of a narration and what it changed. */
export function environmentSchema(names: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties: {
      narration: { type: 'string' },
      changes: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            who: names.length > 0 ? { type: 'string', enum: [...new Set(names)] } : { type: 'string' },
            what: { type: 'string', enum: CHANGE_WORDS },
            how: { type: 'string' },
          },
          required: ['who', 'what', 'how'],
          additionalProperties: false,
        },
      },
    },
    required: ['narration', 'changes'],
    additionalProperties: false,
  };
}

/**
 * The request for one narration: what the world does after the last lines (her-spec 3.8, our words),
 * and what these changed in who is there. A second try asks for plain prose, which any model can
 * write. What changes from turn to turn stands at the end, so that the head stays the same.
 */
export function environmentRequest(options: EnvironmentPromptOptions, secondTry: boolean): ChatRequest {
  const { setting, names, absent = [], window, steer, clock, maxTokens, temperature } = options;
  const lines = window.read().lines.map((line) => line.text);
  const system = [
    WHO,
    HOW,
    `${CHANGES}\n\n${FORM}`,
    setting && `## The scene\n\n${setting}`,
    names.length > 0 && `## Not yours\n\nNever act, decide, feel or speak for ${names.join(', ')}.`,
  ];
  const ask = [
    absent.length > 0 && `[Not here now: ${absent.join(', ')}.]`,
    clock && `[It is ${clock}.]`,
    steer && `[The scene’s owner wants this of the next turns: ${steer}]`,
    secondTry
      ? '[What does the world do? One to three plain sentences of narration, nothing else: no JSON.]'
      : '[What does the world do?]',
  ];
  return {
    messages: [
      { role: 'system', content: system.filter(Boolean).join('\n\n') },
      {
        role: 'user',
        content: `${lines.join('\n\n') || '(Nothing has happened yet.)'}\n\n${ask.filter(Boolean).join('\n')}`,
      },
    ],
    stop: names.slice(0, 4).map((name) => `\n${name}:`),
    maxTokens,
    temperature,
    ...(secondTry ? {} : { jsonSchema: { name: 'world', schema: environmentSchema(names) } }),
  };
}
