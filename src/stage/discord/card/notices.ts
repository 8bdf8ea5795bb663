import { ButtonStyle, ComponentType, MessageFlags, type REST, Routes } from 'discord.js';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Notice } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import { type Background, nameOf } from '../gateway/background.ts';
import type { OutboundQueue } from '../lines/outbound-queue.ts';
import { MESSAGE_LIMIT } from '../lines/split-message.ts';
import { channelOf } from '../scene-place.ts';
import { BUTTONS } from './buttons.ts';
import { button } from './scene-card.ts';

export type Notices = {
  /** Never throws: a line beside the story must not stop it. */
  say(scene: SceneRecord, notice: Notice): Promise<void>;
  /** Takes "… considers…" away: the turn is there, or none will come. */
  considered(scene: SceneRecord): Promise<void>;
};

export type NoticeOptions = {
  readonly rest: REST;
  readonly queue: OutboundQueue;
  readonly background: Background;
  readonly log: Log;
  readonly now: () => number;
  /** Tells one player alone, where something of theirs is being answered; false where it cannot. */
  readonly tell: (channel: string, player: string, text: string) => Promise<boolean>;
};

// One who writes on past a limit is told once in a while, not at every line.
const REPEAT_MS = 5 * 60_000;

/** Neutral lines outside the story: small messages of the bot itself that ring for nobody. */
export function createNotices(options: NoticeOptions): Notices {
  const { rest, queue, background, log } = options;
  const considering = new Map<string, string>();
  const told = new Map<string, number>();

  async function post(channel: string, notice: Notice): Promise<void> {
    const whose = notice.only === undefined ? '' : `<@${notice.only}> `;
    const story = notice.kind === 'moment-passes' || notice.kind === 'considering';
    const content = story ? notice.text : `-# ${whose}${notice.text}`;
    const retry = {
      type: ComponentType.ActionRow,
      components: [button(BUTTONS.retry, 'Retry', ButtonStyle.Secondary)],
    };
    const body = {
      content: content.slice(0, MESSAGE_LIMIT),
      allowed_mentions: { parse: [] },
      flags: MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds,
      ...(notice.retry ? { components: [retry] } : {}),
    };
    const send = () => rest.post(Routes.channelMessages(channel), { body });
    const message = (await queue.run(channel, send, background.signal)) as { readonly id: string };
    if (notice.kind === 'considering') considering.set(channel, message.id);
  }

  async function considered(scene: SceneRecord): Promise<void> {
    const channel = channelOf(scene);
    const message = considering.get(channel);
    if (message === undefined) return;
    considering.delete(channel);
    try {
      await rest.delete(Routes.channelMessage(channel, message));
    } catch (error) {
      log.debug('notice-stays', { scene: scene.id, error: nameOf(error) });
    }
  }

  return {
    async say(scene, notice) {
      const channel = channelOf(scene);
      try {
        if (notice.only !== undefined) {
          if (await options.tell(channel, notice.only, notice.text)) return;
          const key = `${channel}/${notice.only}/${notice.kind}`;
          if (options.now() - (told.get(key) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
          if (told.size > 1000) told.clear();
          told.set(key, options.now());
        }
        if (notice.kind !== 'considering') await considered(scene);
        await post(channel, notice);
      } catch (error) {
        if (!background.signal.aborted) log.warn('notice-failed', { scene: scene.id, error: nameOf(error) });
      }
    },
    considered,
  };
}
