import type { ParsedTurn } from '../format/parsed-turn.ts';
import { renderPlain } from '../format/render-plain.ts';
import { visibleSegments } from '../format/segments.ts';
import { createTurnParser, type Release, type TurnParserOptions } from '../format/turn-parser.ts';
import type { ChatModel, ChatRequest, ModelUsage } from '../model/chat-model.ts';
import type { EchoGuard } from './prompt-echo.ts';

export type Performance = {
  /** The last draft, taken apart; `usable` says whether it may be played. */
  readonly turn: ParsedTurn;
  readonly attempts: number;
  readonly usage: ModelUsage | undefined;
  /** Milliseconds from asking to the first thing anyone may see; undefined where nothing was released early. */
  readonly msToVisible: number | undefined;
};

export type PerformOptions = {
  readonly model: ChatModel;
  /** The same prompt twice, but for a fixed reminder of the form. */
  readonly request: (secondTry: boolean) => ChatRequest;
  readonly parser: TurnParserOptions;
  /** Whether what would be seen and heard repeats the prompt's instructions. */
  readonly echoes: EchoGuard;
  readonly now: () => number;
  /** Visible pieces as they complete, and their withdrawal. */
  readonly onRelease: (release: Release) => void;
  /** A draft ended, used or not; for traces. */
  readonly onDraft: (turn: ParsedTurn, attempt: number, usage: ModelUsage | undefined) => void;
};

const ATTEMPTS = 2;

/**
 * One turn from a model. Fails closed: an unusable draft is thrown away whole, what it had released
 * is withdrawn, and one fresh attempt is made that quotes nothing of it.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function perform(options: PerformOptions, signal: AbortSignal): Promise<Performance> {
  for (let attempt = 1; ; attempt += 1) {
    const draft = await generate(options, attempt > 1, signal);
    options.onDraft(draft.turn, attempt, draft.usage);
    if (draft.turn.usable || attempt === ATTEMPTS) return { ...draft, attempts: attempt };
  }
}

async function generate(options: PerformOptions, secondTry: boolean, signal: AbortSignal) {
  const { model, now, onRelease } = options;
  const request = options.request(secondTry);
  const parser = createTurnParser(options.parser);
  const asked = now();
  let released = false;
  let msToVisible: number | undefined;
  let usage: ModelUsage | undefined;

  function release(releases: readonly Release[]): void {
    for (const one of releases) {
      released = one.type === 'segment';
      if (released) msToVisible ??= now() - asked;
      onRelease(one);
    }
  }

  try {
    for await (const delta of model.stream(request, signal)) {
      if (delta.type === 'text') release(parser.feed(delta.text));
      else if (delta.type === 'reasoning') parser.feedReasoning(delta.text);
      else usage = delta.usage;
    }
  } catch (error) {
    if (released) onRelease({ type: 'withdraw' });
    throw error;
  }
  const { turn: parsed, releases } = parser.end();
  release(releases);
  const turn = options.echoes(renderPlain(visibleSegments(parsed.segments))) ? thrownAway(parsed) : parsed;
  if (!turn.usable && released) onRelease({ type: 'withdraw' });
  return { turn, usage, msToVisible };
}

function thrownAway(turn: ParsedTurn): ParsedTurn {
  return { ...turn, segments: [], usable: false, faults: [...turn.faults, 'prompt-echo'] };
}
