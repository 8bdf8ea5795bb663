import { type APIMessage, type REST, Routes } from 'discord.js';
import type { Documents, OwnWebhook, Posted } from '../documents.ts';
import { isSameText } from './echo-board.ts';

const DISCORD_EPOCH = 1_420_070_400_000;
const PAGE = 100;
// What is known of Discord's clock may be a little old.
const CLOCK_SLACK_MS = 60_000;

/** One message of a line, as it was or would be posted. */
export type PostedLine = {
  readonly channel: string;
  /** Whether `channel` is a thread, whose messages its parent's webhook holds. */
  readonly inThread: boolean;
  /** The name it bears, and the one it bears where Discord refuses that. */
  readonly names: readonly string[];
  readonly content: string;
  /** The beat it belongs to. */
  readonly beat: Pick<Posted, 'log' | 'n'>;
  /** Messages of the same beat that stand already. */
  readonly before: readonly string[];
};

/** The smallest id that a message of that moment by Discord's clock (milliseconds since 1970) could have. */
export function snowflakeAt(at: number): string {
  return String(BigInt(Math.max(0, Math.floor(at) - DISCORD_EPOCH)) << 22n);
}

/** The moment by Discord's clock of a message with that id. */
export function momentOf(message: string): number {
  return Number(BigInt(message) >> 22n) + DISCORD_EPOCH;
}

/**
 * Looks in the channel for a line that may or may not have been posted after `since` (a moment by Discord's clock).
 * Messages that are known to be another beat's are not it.
 */
export async function findLine(
  rest: REST,
  documents: Documents,
  webhook: OwnWebhook,
  line: PostedLine,
  since: number,
): Promise<string | undefined> {
  let after = snowflakeAt(since - CLOCK_SLACK_MS);
  // However much was written since: one that is not found is posted again.
  for (;;) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    const found = (await rest.get(Routes.channelMessages(line.channel), { query })) as APIMessage[];
    found.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
    for (const message of found) {
      if (message.webhook_id !== webhook.id || line.before.includes(message.id)) continue;
      const known = await documents.posted(message.id);
      if (known && (known.log !== line.beat.log || known.n !== line.beat.n)) continue;
      if (await isLine(rest, webhook, message, line)) return message.id;
    }
    if (found.length < PAGE) return undefined;
    after = found.at(-1)?.id ?? after;
  }
}

async function isLine(
  rest: REST,
  webhook: OwnWebhook,
  message: APIMessage,
  line: PostedLine,
): Promise<boolean> {
  if (!line.names.some((name) => isSameText(message.author.username, name))) return false;
  if (message.content !== '') return isSameText(message.content, line.content);
  // Without the Message Content intent a bot may not be told what its own webhook said; the webhook is.
  const query = new URLSearchParams(line.inThread ? { thread_id: line.channel } : {});
  const route = Routes.webhookMessage(webhook.id, webhook.token, message.id);
  const told = (await rest.get(route, { query, auth: false })) as APIMessage;
  return isSameText(told.content, line.content);
}
