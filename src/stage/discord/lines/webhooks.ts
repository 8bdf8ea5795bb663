import { type APIWebhook, type REST, Routes } from 'discord.js';
import type { Log } from '../../../log.ts';
import type { Documents, OwnWebhook } from '../documents.ts';

export type Webhooks = {
  /** The one webhook of a channel through which everybody of its scenes speaks; made when first needed. */
  of(channel: string): Promise<OwnWebhook>;
  /** This one is gone: the next line makes another. */
  forget(channel: string, webhook: OwnWebhook): Promise<void>;
};

export type WebhookOptions = {
  /** Does not repeat requests: one that was lost must not make two webhooks. */
  readonly rest: REST;
  readonly applicationId: string;
  readonly documents: Documents;
  readonly log: Log;
};

const NAME = 'Dramatis';
const REASON = 'The cast of the scenes in this channel speaks through it';

/** Webhooks made by this bot, kept in the store. Their tokens are secrets. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const { rest, applicationId, documents, log } = options;
  const known = new Map<string, Promise<OwnWebhook>>();

  async function find(channel: string): Promise<OwnWebhook> {
    const stored = await documents.webhook(channel);
    if (stored) return stored;
    const webhook = (await leftBehind(channel)) ?? (await make(channel));
    await documents.putWebhook(channel, webhook);
    return webhook;
  }

  /** One that an earlier store knew: a channel holds 15 at most, for all bots together. */
  async function leftBehind(channel: string): Promise<OwnWebhook | undefined> {
    const there = (await rest.get(Routes.channelWebhooks(channel))) as readonly APIWebhook[];
    const own = there.find((one) => one.application_id === applicationId && one.token !== undefined);
    return own?.token === undefined ? undefined : { id: own.id, token: own.token };
  }

  async function make(channel: string): Promise<OwnWebhook> {
    const body = { name: NAME };
    const made = (await rest.post(Routes.channelWebhooks(channel), { body, reason: REASON })) as APIWebhook;
    if (made.token === undefined) throw new Error('Discord made a webhook without a token');
    log.info('webhook-created', { channel, webhook: made.id });
    return { id: made.id, token: made.token };
  }

  return {
    of(channel) {
      // One promise for all who ask at once, so that they do not make one each.
      let found = known.get(channel);
      if (!found) {
        found = find(channel);
        known.set(channel, found);
        found.catch(() => known.delete(channel));
      }
      return found;
    },
    async forget(channel, webhook) {
      const current = await known.get(channel)?.catch(() => undefined);
      if (current !== undefined && current.id !== webhook.id) return;
      known.delete(channel);
      await documents.removeWebhook(channel);
      log.warn('webhook-gone', { channel, webhook: webhook.id });
    },
  };
}
