import { randomBytes } from 'node:crypto';
import { MessageFlags, type REST, Routes } from 'discord.js';
import type { RetoldLine } from '../../../engine/command/command.ts';
import { escapeDiscord, renderDiscord } from '../../../format/render-discord.ts';
import { stageErrorOf } from '../access/discord-refusal.ts';
import { MESSAGE_LIMIT, splitMessage } from '../lines/split-message.ts';

/** A cover that is cut in two covers nothing. */
const LONGEST_THOUGHT = 900;

/**
 * Posts a story again in a thread, several lines a message, one after the other: as fast as Discord
 * takes them. Thoughts stand under covers. It throws `StageError` where a permission is missing.
 */
export async function retellIn(
  rest: REST,
  thread: string,
  lines: AsyncIterable<RetoldLine>,
  signal: AbortSignal,
): Promise<void> {
  let waiting = '';
  async function post(content: string): Promise<void> {
    signal.throwIfAborted();
    // Discord answers a repeat of the same nonce with the message that stands already.
    const once = { nonce: randomBytes(12).toString('hex'), enforce_nonce: true };
    const body = { content, allowed_mentions: { parse: [] }, flags: SILENT, ...once };
    try {
      if (content.trim() !== '') await rest.post(Routes.channelMessages(thread), { body, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw stageErrorOf(error);
    }
  }
  for await (const line of lines) {
    signal.throwIfAborted();
    for (const piece of piecesOf(line)) {
      const both = waiting === '' ? piece : `${waiting}\n${piece}`;
      if (both.length > MESSAGE_LIMIT) {
        await post(waiting);
        waiting = piece;
      } else waiting = both;
    }
  }
  await post(waiting);
}

const SILENT = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

function piecesOf({ speaker, segments, thoughts }: RetoldLine): string[] {
  const name = speaker ? `**${escapeDiscord(speaker.name)}** ` : '';
  const said = splitMessage(`${name}${renderDiscord(segments)}`.trim());
  return [...thoughts.flatMap((thought) => covered(thought).map((one) => `${name}${one}`)), ...said];
}

function covered(thought: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of new Intl.Segmenter().segment(thought.replace(/\s+/gu, ' ').trim())) {
    if (piece.length + segment.length > LONGEST_THOUGHT) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece].filter(Boolean).map((one) => `||${escapeDiscord(one)}||`);
}
