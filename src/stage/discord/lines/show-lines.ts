import type { SceneRecord } from '../../../engine/scene-record.ts';
import { LOOK_BACK } from '../../../engine/show-beat.ts';
import type { Delivery } from '../../../engine/stage.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { isTextRefused, stageErrorOf } from '../access/discord-refusal.ts';
import { isCharacterLine } from '../card/control-row.ts';
import type { OwnWebhook } from '../documents.ts';
import { nameOf as nameOfError } from '../gateway/background.ts';
import { webhookChannelOf } from '../scene-place.ts';
import { findLine, momentOf, type PostedLine } from './find-line.ts';
import { tellHeldBack } from './held-back.ts';
import { type PostOptions, postsOf } from './line-posts.ts';
import type { OutboundQueue } from './outbound-queue.ts';
import { type LineOptions, type LinePost, postedLine, postLine } from './post-line.ts';
import type { Rows } from './rows.ts';

export type Lines = {
  show(scene: SceneRecord, beat: StageBeat, signal: AbortSignal): Promise<Delivery>;
  find(scene: SceneRecord, beat: StageBeat): Promise<Delivery | undefined>;
  /** Messages that stand of a beat, the given ones first, and after them those that it still needs. */
  goOn(
    scene: SceneRecord,
    beat: StageBeat,
    standing: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]>;
};

export type ShowOptions = LineOptions &
  PostOptions & {
    readonly queue: OutboundQueue;
    readonly rows: Rows;
  };

/** What the cast says, as messages of the channel's webhook: posted, and found again. */
export function createLines(options: ShowOptions): Lines {
  const { documents, queue, rest, rows } = options;
  /** Beats of which a part stands already: its messages so far. */
  const begun = new Map<string, string[]>();

  async function settle(scene: SceneRecord, beat: StageBeat, messages: readonly string[]): Promise<Delivery> {
    const message = messages.at(-1);
    // First of all, so that no crash leaves a row behind that nobody knows of.
    if (message !== undefined && isCharacterLine(beat)) {
      await rows.stands(scene, beat.place, { n: beat.n, message });
    }
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
      options.log.debug('line-posted', { scene: post.beat.log, beat: post.beat.n, message });
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

  /** Posts what `messages` lack, and adds it to them. */
  async function postRest(
    scene: SceneRecord,
    beat: StageBeat,
    posts: readonly LinePost[],
    messages: string[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const post of posts.slice(messages.length)) {
      const sent = await postOrHoldBack({ ...post, before: [...messages] }, signal);
      messages.push(sent.message);
      await record(scene, beat, sent.message);
      if (sent.heldBack) return;
    }
  }

  async function look(
    scene: SceneRecord,
    beat: StageBeat,
    webhook: OwnWebhook,
    line: PostedLine,
  ): Promise<string | undefined> {
    const recorded = rest.now() - (options.clock.now() - beat.at);
    const found = await findLine(rest.steady, documents, webhook, line, recorded);
    if (found !== undefined) return found;
    // Our time may have been set since; what stands before the beat was there before it in any case.
    const before = await shownBefore(scene, beat);
    return before && findLine(rest.steady, documents, webhook, line, momentOf(before));
  }

  /** The last message that is known to have been posted before the beat. */
  async function shownBefore(scene: SceneRecord, beat: StageBeat): Promise<string | undefined> {
    for (let n = beat.n - 1; n > Math.max(0, beat.n - LOOK_BACK); n -= 1) {
      const [message] = (await documents.delivery(scene.log, n))?.messages ?? [];
      if (message !== undefined) return message;
    }
    return undefined;
  }

  return {
    async show(scene, beat, signal) {
      const stored = await documents.delivery(scene.log, beat.n);
      if (stored) return stored;
      const posts = await postsOf(scene, beat, options);
      if (posts.length === 0) return { messages: [] };
      const key = keyOf(scene, beat);
      const messages = begun.get(key) ?? [];
      begun.set(key, messages);
      await postRest(scene, beat, posts, messages, signal);
      return settle(scene, beat, messages);
    },

    async find(scene, beat) {
      const stored = await documents.delivery(scene.log, beat.n);
      if (stored) return stored;
      const webhook = await documents.webhook(webhookChannelOf(scene));
      if (!webhook) return undefined;
      const posts = await postsOf(scene, beat, options);
      const found: string[] = [];
      for (const post of posts) {
        const line = postedLine({ ...post, before: [...found] });
        const message = await look(scene, beat, webhook, line).catch((error: unknown) => {
          throw stageErrorOf(error);
        });
        if (message === undefined) break;
        found.push(message);
        await record(scene, beat, message);
      }
      if (found.length > 0) begun.set(keyOf(scene, beat), found);
      return found.length > 0 && found.length === posts.length ? settle(scene, beat, found) : undefined;
    },

    async goOn(scene, beat, standing, signal) {
      const messages = [...standing];
      await postRest(scene, beat, await postsOf(scene, beat, options), messages, signal);
      return messages;
    },
  };
}

function keyOf(scene: SceneRecord, beat: StageBeat): string {
  return `${scene.log}/${beat.n}`;
}
