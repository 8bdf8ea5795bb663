import { weightOf } from '../../../scene/weight-of.ts';
import { type Window, whoAndWhere, windowsOf } from '../prompt-parts.ts';
import type { Conversation } from '../record/conversation.ts';
import { segmentsOf } from '../record/views.ts';
import type { StepTools } from '../step.ts';
import { checkTurn, type Mind, type ThinkFault } from './check-turn.ts';
import { readTurns } from './read-turns.ts';
import { type AskedTurn, CUTS, THINK_RULES, thinkRequest } from './think-prompt.ts';

/** Own turns that are asked for together. */
const MOST_TURNS = 12;
const CHARS_PER_TOKEN = 3;
/** Headings, faults and what is asked. Characters. */
const FRAME = 2500;
/** Less of a scene than this makes no sense. Characters. */
const LEAST_LINES = 2000;
export const SAMPLING = { maxTokens: 8192, temperature: 0.7 } as const;

type Figures = { readonly contextSize: number };

/** Half of a small context is for the answer. */
function samplingFor({ contextSize }: Figures): { maxTokens: number; temperature: number } {
  return { ...SAMPLING, maxTokens: Math.min(SAMPLING.maxTokens, Math.floor(contextSize / 2)) };
}

/** A character’s turns in windows that fit the model’s context: every turn that has layers is in exactly one. */
export function thinkWindows(conversation: Conversation, name: string, model: Figures): readonly Window[] {
  const own = conversation.turns.filter(
    (turn) => turn.speaker === name && segmentsOf(turn, conversation).length > 0,
  );
  const beside = weightOf(THINK_RULES) + weightOf(whoAndWhere(conversation, name, CUTS)) + FRAME;
  const free = (model.contextSize - samplingFor(model).maxTokens) * CHARS_PER_TOKEN - beside;
  const room = Math.max(LEAST_LINES, free);
  return windowsOf(
    conversation,
    name,
    own.map(({ id }) => id),
    MOST_TURNS,
    room,
  );
}

/** What came of asking: turns that can be used, and what is wrong with the others. */
export type Answered = {
  readonly texts: ReadonlyMap<number, string>;
  readonly faults: readonly { readonly turn: number; readonly fault: ThinkFault }[];
};

/**
 * Asks for turns of a window, and checks what comes.
 * @throws NotAnsweredYet, ModelError: as `StepTools.ask`
 */
export async function askTurns(
  mind: Mind,
  name: string,
  window: Window,
  asked: readonly AskedTurn[],
  tools: StepTools,
): Promise<Answered> {
  const { conversation } = mind;
  const sampling = samplingFor(tools.model('teacher'));
  const { text } = await tools.ask('teacher', thinkRequest(conversation, name, window, asked, sampling));
  const written = new Map(readTurns(text)?.map((one) => [one.turn, one.text]));
  const wanted = new Set(asked.map(({ turn }) => turn));
  const texts = new Map<number, string>();
  const faults: { turn: number; fault: ThinkFault }[] = [];
  for (const turn of conversation.turns) {
    if (!wanted.has(turn.id)) continue;
    const words = written.get(turn.id);
    const checked = words === undefined ? { fault: 'not-there' as const } : checkTurn(turn, words, mind);
    if ('fault' in checked) faults.push({ turn: turn.id, fault: checked.fault });
    else texts.set(turn.id, checked.text);
  }
  return { texts, faults };
}
