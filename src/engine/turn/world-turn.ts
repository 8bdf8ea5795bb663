import type { ChatModel, ModelUsage } from '../../model/chat-model.ts';
import { readWorldDraft } from '../../performer/environment-draft.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import { addresseeOf } from '../card-of.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { everyoneIn } from '../reserved-names.ts';
import { reportOf } from './draft-report.ts';
import { figuresOf } from './figures.ts';
import type { MadeTurn, TurnOptions } from './made-turn.ts';
import { parserFor } from './turn-parser-options.ts';
import { worldRequest } from './turn-request.ts';

const ATTEMPTS = 2;
/** Whoever says more is not narrating. Characters. */
const LONGEST_REPLY = 20_000;

/**
 * A narration by the Environment's model, and what it changed in who is there. Fails closed as every
 * turn does: what the parser finds hidden or unusable in it is thrown away whole.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function worldTurn(
  live: LiveScene,
  making: Making,
  why: string,
  model: ChatModel,
  options: TurnOptions,
): Promise<MadeTurn | undefined> {
  const asked = worldRequest(live, making.place, model, options);
  const people = everyoneIn(live).map((actor) => addresseeOf(options.library, actor));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { text, usage } = await answer(model, asked.request(attempt > 1), making.controller.signal);
    const parser = parserFor(live, ENVIRONMENT, options.library, model);
    const { turn, changes } = readWorldDraft(text, people, parser, asked.echoes);
    options.onDraft(reportOf(live, making, ENVIRONMENT, why, turn, attempt, options.tracing, usage));
    if (turn.usable) {
      const made = figuresOf({ attempts: attempt, usage, msToVisible: undefined }, model.name, why);
      return { turn, made, changes };
    }
  }
  return undefined;
}

async function answer(
  model: ChatModel,
  request: Parameters<ChatModel['stream']>[0],
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly usage: ModelUsage | undefined }> {
  let text = '';
  let usage: ModelUsage | undefined;
  for await (const delta of model.stream(request, signal)) {
    if (delta.type === 'text') text += delta.text;
    else if (delta.type === 'end') usage = delta.usage;
    if (text.length > LONGEST_REPLY) break;
  }
  return { text, usage };
}
