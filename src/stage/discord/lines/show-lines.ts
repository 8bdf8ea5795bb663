import { Routes } from 'discord.js';
import type { Library } from '../../../cast/library/library-api.ts';
import type { SceneInfo } from '../../../engine/engine-api.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Delivery } from '../../../engine/stage.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { isMessageGone, isTextRefused, stageErrorOf } from '../access/discord-refusal.ts';
import type { CardBoard } from '../card/card-board.ts';
import { nameOf as nameOfError } from '../gateway/background.ts';
import { channelOf, webhookChannelOf } from '../scene-place.ts';
import { beatText, NARRATOR, voiceOf } from './beat-text.ts';
import { findLine } from './find-line.ts';
import { tellHeldBack } from './held-back.ts';
import type { OutboundQueue } from './outbound-queue.ts';
import { fallbackName, personaNames } from './persona-name.ts';
import type { Pictures } from './pictures.ts';
import { type LineOptions, type LinePost, postedLine, postLine } from './post-line.ts';
import { splitMessage } from './split-message.ts';

export type Lines = {
  show(scene: SceneRecord, beat: StageBeat, signal: AbortSignal): Promise<Delivery>;
  find(scene: SceneRecord, beat: StageBeat): Promise<Delivery | undefined>;
  update(scene: SceneRecord, delivery: Delivery, beat: StageBeat | undefined): Promise<void>;
  /** Whether we took this message away ourselves. */
  removedByUs(message: string): boolean;
};

export type ShowOptions = LineOptions & {
  readonly library: Library;
  readonly queue: OutboundQueue;
  readonly cards: CardBoard;
  readonly info: (scene: string) => Promise<SceneInfo | undefined>;
  readonly pictures: Pictures;
};

/** What the cast says, as messages of the channel's webhook: posted, found again, changed, taken away. */
export function createLines(options: ShowOptions): Lines {
  const { documents, queue, rest, library, cards, pictures } = options;
  /** Beats of which a part stands already: its messages so far. */
  const begun = new Map<string, string[]>();
  const removed = new Set<string>();

  async function postsOf(scene: SceneRecord, beat: StageBeat): Promise<readonly LinePost[]> {
    const contents = splitMessage(beatText(beat));
    if (contents.length === 0) return [];
    const voice = voiceOf(beat);
    const [kind, cardId] = splitId(voice.id);
    const card = await cards.ensure(scene, kind === 'character' ? library.character(cardId) : undefined);
    const avatarUrl =
      voice === NARRATOR
        ? pictures.narrator()
        : kind === 'player'
          ? pictures.player(cardId)
          : (card?.avatars[cardId] ?? pictures.byDefault(voice.id));
    const name = await nameOf(scene, voice);
    return contents.map((content) => ({
      channel: channelOf(scene),
      webhookChannel: webhookChannelOf(scene),
      beat: { log: scene.log, n: beat.n },
      before: [],
      name,
      fallbackName: fallbackName(voice.id),
      avatarUrl,
      content,
      silent: beat.kind !== 'line',
    }));
  }

  /** No two of a scene speak under names that look alike. */
  async function nameOf(scene: SceneRecord, voice: { id: string; name: string }): Promise<string> {
    const info = await options.info(scene.id);
    const everyone = info
      ? [
          ...info.cast.map(({ character }) => ({ id: `character:${character.id}`, name: character.name })),
          ...info.players.map(({ actor }) => actor),
        ]
      : [];
    return personaNames([NARRATOR, ...everyone, voice]).get(voice.id) ?? voice.name;
  }

  async function settle(scene: SceneRecord, beat: StageBeat, messages: readonly string[]): Promise<Delivery> {
    const delivery = { messages };
    await documents.putDelivery(scene.log, beat.n, delivery);
    begun.delete(keyOf(scene, beat));
    return delivery;
  }

  async function record(scene: SceneRecord, beat: StageBeat, message: string): Promise<void> {
    await documents.putPosted(message, { scene: scene.id, log: scene.log, n: beat.n });
  }

  async function postOrHoldBack(
    post: LinePost,
    signal: AbortSignal,
  ): Promise<{ message: string; heldBack: boolean }> {
    try {
      const message = await queue.run(post.channel, () => postLine(post, options, signal), signal);
      return { message, heldBack: false };
    } catch (error) {
      if (!isTextRefused(error)) throw error;
      options.log.warn('line-held-back', {
        scene: post.beat.log,
        beat: post.beat.n,
        error: nameOfError(error.cause),
      });
      return { message: await tellHeldBack(post, error, options, signal), heldBack: true };
    }
  }

  return {
    async show(scene, beat, signal) {
      const stored = await documents.delivery(scene.log, beat.n);
      if (stored) return stored;
      const posts = await postsOf(scene, beat);
      if (posts.length === 0) return { messages: [] };
      const key = keyOf(scene, beat);
      const messages = begun.get(key) ?? [];
      for (const post of posts.slice(messages.length)) {
        begun.set(key, messages);
        const whole = { ...post, before: [...messages] };
        const sent = await postOrHoldBack(whole, signal);
        messages.push(sent.message);
        await record(scene, beat, sent.message);
        if (sent.heldBack) break;
      }
      return settle(scene, beat, messages);
    },

    async find(scene, beat) {
      const stored = await documents.delivery(scene.log, beat.n);
      if (stored) return stored;
      const webhook = await documents.webhook(webhookChannelOf(scene));
      if (!webhook) return undefined;
      const posts = await postsOf(scene, beat);
      const found: string[] = [];
      for (const post of posts) {
        const line = postedLine({ ...post, before: [...found] });
        const message = await findLine(rest.steady, documents, webhook, line, beat.at).catch(
          (error: unknown) => {
            throw stageErrorOf(error);
          },
        );
        if (message === undefined) break;
        found.push(message);
        await record(scene, beat, message);
      }
      if (found.length > 0) begun.set(keyOf(scene, beat), found);
      return found.length > 0 && found.length === posts.length ? settle(scene, beat, found) : undefined;
    },

    async update(scene, delivery, beat) {
      const contents = beat ? splitMessage(beatText(beat), { parts: delivery.messages.length }) : [];
      const webhook = await documents.webhook(webhookChannelOf(scene));
      const channel = channelOf(scene);
      const query = new URLSearchParams(channel === webhookChannelOf(scene) ? {} : { thread_id: channel });
      for (const [part, message] of delivery.messages.entries()) {
        const content = contents[part];
        if (content === undefined) {
          removed.add(message);
          await takeAway(channel, message, webhook && { ...webhook, query });
        } else if (webhook) {
          const route = Routes.webhookMessage(webhook.id, webhook.token, message);
          const body = { content, allowed_mentions: { parse: [] } };
          await unlessGone(rest.steady.patch(route, { auth: false, query, body }));
        }
      }
    },

    removedByUs: (message) => removed.delete(message),
  };

  async function takeAway(
    channel: string,
    message: string,
    webhook: { id: string; token: string; query: URLSearchParams } | undefined,
  ): Promise<void> {
    if (webhook) {
      const route = Routes.webhookMessage(webhook.id, webhook.token, message);
      await unlessGone(rest.steady.delete(route, { auth: false, query: webhook.query }));
    } else {
      await unlessGone(rest.steady.delete(Routes.channelMessage(channel, message)));
    }
  }
}

async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!isMessageGone(error)) throw stageErrorOf(error);
  }
}

function splitId(actorId: string): readonly [kind: string, id: string] {
  const colon = actorId.indexOf(':');
  return [actorId.slice(0, colon), actorId.slice(colon + 1)];
}

function keyOf(scene: SceneRecord, beat: StageBeat): string {
  return `${scene.log}/${beat.n}`;
}
