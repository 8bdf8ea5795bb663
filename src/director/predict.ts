import type { ChatModel, ChatRequest } from '../model/chat-model.ts';
import { changeWords } from '../scene/stage-beat.ts';
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
  /** What the scene's owner wants of the next turns; neutralised. */
  readonly steer?: string;
  /** The hour of the story, in words. */
  readonly clock?: string;
  /** So many turns the answer may decide, from 1; default 1: the next and no more. */
  readonly ranking?: number;
};

/** Longest view the director reads, in characters; next speakers follow from the last lines. */
export const DIRECTOR_WINDOW_CHARS = 6000;
// The answer itself takes some sixty; a reasoning model thinks before it.
const ANSWER_TOKENS = 512;
// Whoever thinks longer does not come to an end by itself. Characters.
const LONGEST_THOUGHT = 60_000;

/**
 * Next-speaker prediction through a model (HER's NSP; her-spec 3.9, 4.3). Total but for the model:
 * an answer that cannot be understood is `random`.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function predictNextSpeaker(options: PredictOptions, signal: AbortSignal): Promise<Prediction> {
  let answer = '';
  let thought = 0;
  for await (const delta of options.model.stream(nextSpeakerRequest(options), signal)) {
    if (delta.type === 'text') answer += delta.text;
    else if (delta.type === 'reasoning') thought += delta.text.length;
    if (answer.length > LONGEST_ANSWER || thought > LONGEST_THOUGHT) break;
  }
  return readNextSpeaker(answer, options.candidates, options.ranking);
}

/**
 * The request itself; exported for the lab, which sends it in bulk. What changes from turn to turn
 * (who may not be next, a direction, the hour) stands at its end, so that its head stays the same.
 */
export function nextSpeakerRequest(options: PredictOptions): ChatRequest {
  const { candidates, clock, lastSpeaker, ranking = 1, setting, steer, window } = options;
  const list = candidates.map((candidate) => `- ${candidate.name}${NOTE[candidate.kind]}`).join('\n');
  const system = [
    rulesFor(ranking),
    setting && `## The scene\n\n${setting}`,
    `## Who may be next\n\n${list}\n- ${LEFT_TO_CHANCE}: it could be any of them\n- ${END_OF_SCENE}: the scene has reached its close`,
  ];
  const lines = window.read().lines.map((line) => line.text);
  const ask = [
    clock && `[It is ${clock}.]`,
    steer && `[The scene’s owner wants this of the next turns: ${steer}]`,
    `[Who is next?${lastSpeaker ? ` Not ${lastSpeaker}.` : ''}]`,
  ];
  const names = candidates.map((candidate) => candidate.name);
  const allowed = names.filter((name) => name !== lastSpeaker);
  return {
    messages: [
      { role: 'system', content: system.filter(Boolean).join('\n\n') },
      {
        role: 'user',
        content: `${lines.join('\n\n') || '(Nothing has happened yet.)'}\n\n${ask.filter(Boolean).join('\n')}`,
      },
    ],
    maxTokens: Math.min(options.model.maxTokens, ANSWER_TOKENS),
    temperature: 0.2,
    jsonSchema: {
      name: 'next_speaker',
      schema: nextSpeakerSchema(allowed, ranking > 1 ? names : []),
    },
  };
}

function rulesFor(ranking: number): string {
  return `${RULES}\n\n${ranking > 1 ? answerInOrder(ranking - 1) : ANSWER}`;
}

const RULES = `You direct a scene that is played live. You do not write it; you say who is to act next.

Whoever was asked, challenged or named is usually next, a player as well; whoever has a reason to break in may be; the world answers when something physical was set going. Do not let two people trade lines for ever while a third has something at stake. Whoever spoke last is not next.`;

const ANSWER =
  'Answer as JSON with two fields: “reasoning”, why that one, in one short sentence that everyone in the room may read; then “next_speaker”, an entry of the list exactly as it is written.';

/** @param later so many turns behind the next one may be foreseen */
function answerInOrder(later: number): string {
  return `Answer as JSON with three fields: “reasoning”, why that one, in one short sentence that everyone in the room may read; then “next_speaker”, an entry of the list exactly as it is written; last “later_speakers”, an array of at most ${later === 1 ? 'one name' : `${later} names`} of the list: who comes after that, in order, as far as it can be foreseen. Where a player’s word is wanted, it ends with the player.`;
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
  if (entry.kind === 'change')
    return text || `(${changeWords({ id: '', name }, entry.condition ?? 'awake')})`;
  return text && `${name}: ${text}`;
}
