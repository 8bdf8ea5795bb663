import { type APIMessage, escapeMarkdown, MessageFlags, Routes } from 'discord.js';
import type { StageError } from '../../../engine/stage.ts';
import { stageErrorOf } from '../access/discord-refusal.ts';
import type { DiscordRest } from '../access/discord-rest.ts';
import { NARRATOR } from './beat-text.ts';
import type { OutboundQueue } from './outbound-queue.ts';
import type { LinePost } from './post-line.ts';

/**
 * Says in a line's place that Discord does not take it, and why, without a word of it; returns that
 * message's id. It stands for the line from then on: whoever deletes it takes the line out of the scene.
 *
 * @throws StageError where that cannot be said either
 */
export async function tellHeldBack(
  { channel, name }: LinePost,
  refusal: StageError,
  { rest, queue }: { readonly rest: DiscordRest; readonly queue: OutboundQueue },
  signal: AbortSignal,
): Promise<string> {
  const body = {
    content: heldBackWords(name, refusal),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds,
  };
  const send = () => rest.once.post(Routes.channelMessages(channel), { body });
  try {
    return ((await queue.run(channel, send, signal)) as APIMessage).id;
  } catch (error) {
    throw stageErrorOf(error);
  }
}

/** What stands where a line would. */
export function heldBackWords(name: string, refusal: StageError): string {
  const whose = name === NARRATOR.name ? 'the Narrator' : escapeMarkdown(name);
  return `-# A line of ${whose} is not shown. ${refusal.message}`;
}
