import { createHash } from 'node:crypto';
import { MessageFlags, type RawFile, type REST, Routes } from 'discord.js';
import type { ReplyFile } from '../../../engine/reply-file.ts';
import { stageErrorOf } from '../access/discord-refusal.ts';
import type { OutboundQueue } from '../lines/outbound-queue.ts';
import { MESSAGE_LIMIT } from '../lines/split-message.ts';

/** Discord takes so many files with one message. */
const MOST_FILES = 10;

export type HandOut = (
  channel: string,
  text: string,
  files: readonly ReplyFile[],
  signal: AbortSignal,
) => Promise<void>;

/**
 * Posts files for everyone in a channel, as a message of the bot itself that rings for nobody.
 * It throws `StageError` where Discord does not take it.
 */
export function createHandOut(rest: REST, queue: OutboundQueue): HandOut {
  return async (channel, text, files, signal) => {
    const body = {
      content: text.slice(0, MESSAGE_LIMIT),
      allowed_mentions: { parse: [] },
      flags: MessageFlags.SuppressNotifications,
      // Discord answers a repeat with the message that stands already.
      nonce: createHash('sha256').update(`${channel}/${text}`).digest('hex').slice(0, 24),
      enforce_nonce: true,
    };
    const attached = files
      .slice(0, MOST_FILES)
      .map(
        ({ name, content }): RawFile => ({ name, data: Buffer.from(content), contentType: 'text/markdown' }),
      );
    try {
      await queue.run(
        channel,
        () => rest.post(Routes.channelMessages(channel), { body, files: attached }),
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      throw stageErrorOf(error);
    }
  };
}
