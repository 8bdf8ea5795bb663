import { passLastGate } from '../format/last-gate.ts';
import type { Fault, ParsedTurn } from '../format/parsed-turn.ts';
import { renderPlain } from '../format/render-plain.ts';
import { visibleSegments } from '../format/segments.ts';
import { createTurnParser, type Release, type TurnParserOptions } from '../format/turn-parser.ts';
import type { ChatModel, ChatRequest, ModelUsage } from '../model/chat-model.ts';
import type { EchoGuard } from './prompt-echo.ts';

/** One answer of a model, taken apart; `turn.usable` says whether it may be played. */
export type Draft = {
  readonly turn: ParsedTurn;
  readonly usage: ModelUsage | undefined;
  /** Milliseconds from asking to the first thing anyone may see; undefined where nothing was released early. */
  readonly msToVisible: number | undefined;
};

export type DraftOptions = {
  readonly model: ChatModel;
  readonly parser: TurnParserOptions;
  /** Whether what would be seen and heard repeats the prompt's instructions. */
  readonly echoes: EchoGuard;
  readonly now: () => number;
  /** Visible pieces as they complete, and their withdrawal. */
  readonly onRelease: (release: Release) => void;
  /** The model has read its prompt: something of the answer came. */
  readonly onFirst?: () => void;
};

/**
 * One draft. An unusable one is thrown away whole, and what it had released is withdrawn.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function draft(
  { model, parser: read, echoes, now, onRelease, onFirst }: DraftOptions,
  request: ChatRequest,
  signal: AbortSignal,
): Promise<Draft> {
  const parser = createTurnParser(read);
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
      onFirst?.();
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
  const turn = unlessUnfit(parsed, echoes, heardIn(request));
  if (!turn.usable && released) onRelease({ type: 'withdraw' });
  return { turn, usage, msToVisible };
}

/**
 * A whole answer that came at once, read as a streamed one is.
 *
 * @param reasoning the model’s own channel
 * @param request what it answers; absent where nobody is shown it: then the last gate is not asked
 */
export function readWholeDraft(
  { text, reasoning }: { readonly text: string; readonly reasoning: string },
  read: TurnParserOptions,
  echoes: EchoGuard,
  request?: Pick<ChatRequest, 'messages'>,
): ParsedTurn {
  const parser = createTurnParser(read);
  parser.feedReasoning(reasoning);
  parser.feed(text);
  return unlessUnfit(parser.end().turn, echoes, request && heardIn(request));
}

/** What repeats the prompt, or what is hidden of the turn itself, is thrown away. */
function unlessUnfit(turn: ParsedTurn, echoes: EchoGuard, heard: string | undefined): ParsedTurn {
  const visible = visibleSegments(turn.segments);
  if (visible.length === 0) return turn;
  if (echoes(renderPlain(visible))) return thrownAway(turn, 'prompt-echo');
  const passed = heard === undefined || passLastGate(turn.segments, turn.systemThinking, heard).length > 0;
  if (!passed) return thrownAway(turn, 'hidden-aloud');
  return turn;
}

/** Characters of the prompt's end that are looked at for what others said. */
const HEARD = 4000;

/** What the end of a prompt tells of others: their lines, and no thought of its own. */
function heardIn({ messages }: Pick<ChatRequest, 'messages'>): string {
  const told = messages.filter(({ role }) => role === 'user').map(({ content }) => content.slice(-HEARD));
  return told.slice(-8).join('\n').slice(-HEARD);
}

function thrownAway(turn: ParsedTurn, fault: Fault): ParsedTurn {
  return { ...turn, segments: [], usable: false, faults: [...turn.faults, fault] };
}
