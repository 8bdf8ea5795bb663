import { renderCoser } from '../../../format/render-coser.ts';
import { renderHer } from '../../../format/render-her.ts';
import { type Segment, visibleSegments } from '../../../format/segments.ts';
import type { ChatMessage } from '../../../model/chat-model.ts';
import { merged } from '../../../performer/actor-prompt.ts';
import type { Ablation } from '../../coser/protocol.ts';
import { ENVIRONMENT_NAME } from '../decide.ts';
import type { Acted } from '../troupe.ts';

/** A part of the scene: its own list of messages grows, and no other’s thoughts are ever in it. */
export type Part = { readonly name: string; readonly messages: ChatMessage[] };

/** Heads the first message after a part’s instructions, in both references. */
export const START = '===Conversation Start===';
const SILENCE = '(silence)';

export function createPart(name: string, system: string): Part {
  return {
    name,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: START },
    ],
  };
}

/** Its messages as they are sent: chat templates want roles to alternate, and training had it so (her-spec 3.3). */
export function sent({ messages }: Part): readonly ChatMessage[] {
  return merged(messages);
}

/** The speaker keeps its own thoughts; everyone else learns what could be seen and heard. */
export function hearTurn(part: Part, speaker: string, acted: Acted, dialect: Ablation['dialect']): void {
  const { segments, named } = acted;
  const silent = segments.length === 0;
  if (part.name !== speaker) {
    const open = silent ? `${speaker}: ${SILENCE}` : written(visibleSegments(segments), dialect, speaker);
    part.messages.push({ role: 'user', content: open });
  } else if (!silent) {
    const own = speaker === ENVIRONMENT_NAME ? visibleSegments(segments) : segments;
    part.messages.push({
      role: 'assistant',
      content: written(own, dialect, named ? speaker : undefined),
    });
  }
}

function written(
  segments: readonly Segment[],
  dialect: Ablation['dialect'],
  name: string | undefined,
): string {
  const named = name === undefined ? {} : { name };
  return dialect === 'coser' ? renderCoser(segments, named) : renderHer(segments, named);
}
