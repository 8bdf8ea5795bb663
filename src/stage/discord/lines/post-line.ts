import { type APIMessage, MessageFlags, type REST, Routes } from 'discord.js';
import type { Clock } from '../../../engine/engine-options.ts';
import { StageError } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import {
  isChannelGone,
  isNameRefused,
  isUnclear,
  isWebhookGone,
  neverArrived,
  stageErrorOf,
} from '../access/discord-refusal.ts';
import type { DiscordRest } from '../access/discord-rest.ts';
import type { ButtonRow } from '../card/control-row.ts';
import type { Pace } from '../discord-settings.ts';
import type { Documents, OwnWebhook } from '../documents.ts';
import type { EchoBoard, Watch } from './echo-board.ts';
import { findLine, type PostedLine } from './find-line.ts';
import type { Webhooks } from './webhooks.ts';

/** One message, ready to be posted under somebody's name. */
export type LinePost = Pick<PostedLine, 'beat' | 'before'> & {
  readonly channel: string;
  /** Where the webhook lives: the channel, or a thread's parent. */
  readonly webhookChannel: string;
  readonly name: string;
  /** Taken where Discord refuses `name`. */
  readonly fallbackName: string;
  readonly avatarUrl: string;
  readonly content: string;
  readonly components: readonly ButtonRow[];
  /** Rings nobody: narration and the like. */
  readonly silent: boolean;
  /** People whom it mentions, and rings. */
  readonly rings: readonly string[];
};

export type LineOptions = {
  readonly rest: DiscordRest;
  readonly webhooks: Webhooks;
  readonly documents: Documents;
  readonly echoes: EchoBoard;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
};

const ATTEMPTS = 6;

/**
 * Posts a message through the channel's webhook, at most once, and returns its id.
 *
 * A request whose answer is an error of Discord's, or is lost, may have taken effect. Before it is
 * sent again the line is looked for: over the gateway, then in the channel itself.
 *
 * @throws StageError where it cannot be posted; the signal's reason when aborted before it was sent
 */
export async function postLine(post: LinePost, options: LineOptions, signal: AbortSignal): Promise<string> {
  const { webhooks, pace, clock, log } = options;
  const { channel, content } = post;
  const since = options.rest.now();
  let name = post.name;
  let renewed = false;
  let mayStand = false;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const webhook = await webhooks.of(post.webhookChannel).catch((error: unknown) => {
      throw stageErrorOf(error);
    });
    const watch = options.echoes.expect({ channel, content, name, webhook: webhook.id });
    try {
      const posted = await execute(options.rest.webhook, webhook, { ...post, name });
      if (posted.channel_id !== channel) {
        // Someone moved the webhook to another channel, which this line is none of.
        await takeBack(options.rest.steady, webhook, posted.id);
        throw new WebhookMoved();
      }
      options.echoes.settled(channel, posted.id);
      return posted.id;
    } catch (error) {
      if (isElsewhere(error, post) && !renewed) {
        renewed = true;
        await webhooks.forget(post.webhookChannel, webhook);
        continue;
      }
      if (isNameRefused(error) && name !== post.fallbackName) {
        log.info('name-refused', { channel });
        name = post.fallbackName;
        continue;
      }
      if (!isUnclear(error)) throw stageErrorOf(error);
      log.warn('line-unclear', { channel, attempt });
      mayStand ||= !neverArrived(error);
      const there = mayStand
        ? ((await seenWithin(watch, pace.echoMs, clock, signal)) ??
          (await lookInChannel(options, webhook, { ...post, name }, since, signal)))
        : undefined;
      if (there === undefined && attempt >= ATTEMPTS) throw stageErrorOf(error);
      // It may also show up while we wait to send it again.
      const id = there ?? (await seenWithin(watch, pace.resendMs * 2 ** (attempt - 1), clock, signal));
      if (id !== undefined) {
        options.echoes.settled(channel, id);
        return id;
      }
    } finally {
      watch.release();
    }
  }
}

/** What to look for in the channel. */
export function postedLine(post: LinePost): PostedLine {
  const { channel, webhookChannel, name, fallbackName, content, beat, before } = post;
  return {
    channel,
    inThread: channel !== webhookChannel,
    names: [name, fallbackName],
    content,
    beat,
    before,
  };
}

class WebhookMoved extends StageError {
  constructor() {
    super('rejected', 'The webhook of this channel was moved to another. A moderator can delete it there.');
  }
}

/** The webhook is gone, or serves another channel by now: then it knows nothing of this one's threads. */
function isElsewhere(error: unknown, post: LinePost): boolean {
  const inThread = post.channel !== post.webhookChannel;
  return error instanceof WebhookMoved || isWebhookGone(error) || (inThread && isChannelGone(error));
}

async function takeBack(rest: REST, webhook: OwnWebhook, message: string): Promise<void> {
  try {
    await rest.delete(Routes.webhookMessage(webhook.id, webhook.token, message), { auth: false });
  } catch (error) {
    throw stageErrorOf(error);
  }
}

async function execute(
  rest: REST,
  webhook: OwnWebhook,
  post: LinePost,
): Promise<Pick<APIMessage, 'id' | 'channel_id'>> {
  const query = new URLSearchParams({ wait: 'true' });
  if (post.channel !== post.webhookChannel) query.set('thread_id', post.channel);
  const body = {
    username: post.name,
    avatar_url: post.avatarUrl,
    content: post.content,
    ...(post.components.length > 0 ? { components: post.components } : {}),
    allowed_mentions: { parse: [], ...(post.rings.length > 0 ? { users: post.rings } : {}) },
    // A link in what a character says must not grow a preview.
    flags: MessageFlags.SuppressEmbeds | (post.silent ? MessageFlags.SuppressNotifications : 0),
  };
  const route = Routes.webhook(webhook.id, webhook.token);
  return (await rest.post(route, { auth: false, query, body })) as APIMessage;
}

async function lookInChannel(
  { rest, documents }: LineOptions,
  webhook: OwnWebhook,
  post: LinePost,
  since: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  // After a restart it is looked for again.
  signal.throwIfAborted();
  try {
    return await findLine(rest.steady, documents, webhook, postedLine(post), since);
  } catch (error) {
    // Not knowing is no reason to post it twice.
    throw stageErrorOf(error);
  }
}

async function seenWithin(
  watch: Watch,
  ms: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | undefined> {
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const waited = clock.sleep(ms, either).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([watch.seen, waited]);
  } finally {
    enough.abort();
  }
}
