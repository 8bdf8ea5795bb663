import type { ChatModel, ChatRequest } from '../model/chat-model.ts';
import type { ViewEntry } from '../scene/view.ts';
import type { Window } from '../scene/window.ts';
import type { Addressee } from './address.ts';
import type { Prediction } from './decide.ts';
import {
  END_OF_SCENE,
  LEFT_TO_CHANCE,
  LONGEST_ANSWER,
  nextSpeakerSchema,
  readNextSpeaker,
} from './next-speaker.ts';

export type Candidate = Addressee & {
  readonly name: string;
  readonly kind: 'character' | 'player' | 'environment';
};

export type PredictOptions = {
  readonly model: ChatModel;
  readonly setting: string;
  readonly candidates: readonly Candidate[];
  /** Name of who spoke last, who may not speak again at once. */
  readonly lastSpeaker: string | undefined;
  /** The director's view: actions and speech only. */
  readonly window: Window;
};

/** Longest view the director reads, in characters; next speakers follow from the last lines. */
export const DIRECTOR_WINDOW_CHARS = 6000;
// The answer itself takes some sixty; a reasoning model thinks before it.
const ANSWER_TOKENS = 512;

/**
 * Next-speaker prediction through a model (HER's NSP; her-spec 3.9, 4.3). Total but for the model:
 * an answer that cannot be understood is `random`.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function predictNextSpeaker(options: PredictOptions, signal: AbortSignal): Promise<Prediction> {
  let answer = '';
  for await (const delta of options.model.stream(nextSpeakerRequest(options), signal)) {
    if (delta.type === 'text') answer += delta.text;
    if (answer.length > LONGEST_ANSWER) break;
  }
  return readNextSpeaker(answer, options.candidates);
}

/** The request itself; exported for the lab, which sends it in bulk. */
export function nextSpeakerRequest(options: PredictOptions): ChatRequest {
  const { candidates, lastSpeaker, setting, window } = options;
  const allowed = candidates.filter((candidate) => candidate.name !== lastSpeaker);
  const list = allowed.map((candidate) => `- ${candidate.name}${NOTE[candidate.kind]}`).join('\n');
  const system = [
    'You direct a scene that is played live. You do not write it; you say who is to act next.',
    setting && `## The scene\n\n${setting}`,
    `## Who may be next\n\n${list}\n- ${LEFT_TO_CHANCE}: it could be any of them\n- ${END_OF_SCENE}: the scene has reached its close`,
    'Whoever was asked, challenged or named is usually next, a player as well; whoever has a reason to break in may be; the world answers when something physical was set going. Do not let two people trade lines for ever while a third has something at stake.',
    'Answer as JSON with two fields: “reasoning”, why that one, in a short sentence; then “next_speaker”, an entry of the list exactly as it is written.',
  ];
  const lines = window.read().lines.map((line) => line.text);
  return {
    messages: [
      { role: 'system', content: system.filter(Boolean).join('\n\n') },
      {
        role: 'user',
        content: `${lines.join('\n\n') || '(Nothing has happened yet.)'}\n\n[Who is next?${lastSpeaker ? ` Not ${lastSpeaker}.` : ''}]`,
      },
    ],
    maxTokens: Math.min(options.model.maxTokens, ANSWER_TOKENS),
    temperature: 0.2,
    jsonSchema: {
      name: 'next_speaker',
      schema: nextSpeakerSchema(allowed.map((candidate) => candidate.name)),
    },
  };
}

const NOTE: Record<Candidate['kind'], string> = {
  character: '',
  player: ' (a player: the scene waits for them)',
  environment: ' (the world: weather, things, passers-by)',
};

/** An entry of the director's view as a line of its prompt; where the scene is stands at its head. */
export function directorLine(entry: ViewEntry): string {
  if (entry.kind === 'setting') return '';
  const text = entry.segments
    .map((segment) => (segment.kind === 'action' ? `(${segment.text})` : segment.text))
    .join(' ')
    .trim();
  const name = entry.speaker?.name ?? 'Environment';
  if (entry.kind === 'entrance') return text || `(${name} comes in)`;
  if (entry.kind === 'exit') return text || `(${name} leaves)`;
  return text && `${name}: ${text}`;
}
