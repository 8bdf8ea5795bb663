import { createHash } from 'node:crypto';
import { type APIMessage, type Guild, MessageFlags, type REST, Routes } from 'discord.js';
import type { AuditEntry } from '../../engine/audit/audit-api.ts';
import { entryWords } from '../../engine/audit/entry-words.ts';
import type { Stage } from '../../engine/stage.ts';
import { localeFor } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import { isMessageGone, stageErrorOf } from './access/discord-refusal.ts';
import { isOpenToEveryone } from './access/open-to-everyone.ts';
import type { OutboundQueue } from './lines/outbound-queue.ts';
import { splitMessage } from './lines/split-message.ts';

export type LogChannelOptions = {
  readonly rest: REST;
  readonly queue: OutboundQueue;
  /** A server that the bot is in, as it is known. */
  readonly guild: (server: string) => Guild | undefined;
};

/**
 * Posts the moderators' log in the channel they chose: plain messages of the bot that ring for nobody. Where
 * everyone can read that channel, nobody's words stand in it, nor who whispered or reported.
 */
export function createLogChannel({
  rest,
  queue,
  guild,
}: LogChannelOptions): Required<Pick<Stage, 'tellModerators' | 'untellModerators'>> {
  async function take(channel: string, messages: readonly string[], signal: AbortSignal): Promise<void> {
    for (const message of messages) {
      try {
        await queue.run(channel, () => rest.delete(Routes.channelMessage(channel, message)), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isMessageGone(error)) throw stageErrorOf(error);
      }
    }
  }

  return {
    async tellModerators(server, channel, entry, language, signal) {
      const there = guild(server);
      // An id of another server's channel would tell its people of this one.
      const home = there?.channels.cache.get(channel);
      if (!there || !home) return undefined;
      const told = entry.quote !== undefined && isOpenToEveryone(home) ? forEveryone(entry) : entry;
      const locale = language === 'auto' ? localeFor(there.preferredLocale) : language;
      const messages: string[] = [];
      try {
        for (const [part, content] of splitMessage(render(entryWords(told), locale)).entries()) {
          const body = {
            content,
            allowed_mentions: { parse: [] },
            flags: MessageFlags.SuppressEmbeds,
            // Discord answers a repeat with the message that stands already.
            nonce: nonceOf([server, channel, entry.kind, entry.at, part, content]),
            enforce_nonce: true,
          };
          const posted = await queue.run(
            channel,
            () => rest.post(Routes.channelMessages(channel), { body }),
            signal,
          );
          messages.push((posted as APIMessage).id);
        }
      } catch (error) {
        signal.throwIfAborted();
        throw stageErrorOf(error);
      }
      return { messages };
    },
    untellModerators: (channel, { messages }, signal) => take(channel, messages, signal),
  };
}

function forEveryone({ kind, at }: AuditEntry): AuditEntry {
  return { kind, at, text: 'Everyone can read this channel: /dramatis log shows what this was.' };
}

function nonceOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
