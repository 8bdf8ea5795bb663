import { Routes } from 'discord.js';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import { isMessageGone, stageErrorOf } from '../access/discord-refusal.ts';
import type { DiscordRest } from '../access/discord-rest.ts';
import type { Documents } from '../documents.ts';
import { webhookChannelOf } from '../scene-place.ts';

/** What a channel's webhook posted: changed and taken away with the webhook's own token. */
export type OwnMessages = {
  /**
   * Changes what a message says or bears. One that is gone, or not the webhook's, stays as it is.
   * @throws StageError where Discord refuses it
   */
  change(scene: SceneRecord, channel: string, message: string, body: object): Promise<void>;
  /** @throws StageError where Discord refuses it */
  takeAway(scene: SceneRecord, channel: string, message: string): Promise<void>;
  /** A message that is not the webhook's, where we may. @throws StageError where not */
  takeAwayAsBot(channel: string, message: string): Promise<void>;
  /** Whether this message was taken away a while ago, as far as is remembered. */
  isGone(message: string): boolean;
  /** Whether it was us who took this message away, also before a restart. */
  removedByUs(message: string): Promise<boolean>;
};

const REMEMBERED = 5000;

export function createOwnMessages({
  rest: { steady },
  documents,
}: {
  readonly rest: DiscordRest;
  readonly documents: Documents;
}): OwnMessages {
  const removed = new Set<string>();

  async function addressOf(scene: SceneRecord, channel: string, message: string) {
    const home = webhookChannelOf(scene);
    const webhook = await documents.webhook(home);
    const query = new URLSearchParams(channel === home ? {} : { thread_id: channel });
    return webhook && { route: Routes.webhookMessage(webhook.id, webhook.token, message), query };
  }

  function note(message: string): void {
    removed.add(message);
    if (removed.size > REMEMBERED) removed.delete(removed.values().next().value ?? '');
  }

  async function takeAwayAsBot(channel: string, message: string): Promise<void> {
    note(message);
    await unlessGone(steady.delete(Routes.channelMessage(channel, message)));
  }

  return {
    async change(scene, channel, message, body) {
      const address = await addressOf(scene, channel, message);
      if (!address) return;
      const { route, query } = address;
      // An edit reads mentions anew.
      const whole = { ...body, allowed_mentions: { parse: [] } };
      await unlessGone(steady.patch(route, { auth: false, query, body: whole }));
    },
    async takeAway(scene, channel, message) {
      note(message);
      const address = await addressOf(scene, channel, message);
      if (!address) return takeAwayAsBot(channel, message);
      await unlessGone(steady.delete(address.route, { auth: false, query: address.query }));
    },
    takeAwayAsBot,
    isGone: (message) => removed.has(message),
    removedByUs: async (message) => removed.has(message) || documents.tookAway(message),
  };
}

async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!isMessageGone(error)) throw stageErrorOf(error);
  }
}
