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
  /** Takes "… considers…" away: the turn is there, or none will come. Never throws. */
  considered(scene: SceneRecord): Promise<void>;
  /** The story went on: a moment that passed needs no Retry any more. Never throws. */
  wentOn(scene: SceneRecord): Promise<void>;
  /** How many moments passed here since the story last went on. */
  momentsPassed(channel: string): number;
  /** Someone pressed this one's Retry, and it is theirs to take away; returned is how to give it back. */
  claim(channel: string, message: string): () => void;
  /** This message was deleted; whether it was one of these. */
  removed(channel: string, message: string): boolean;
};

export type NoticeOptions = {
  readonly rest: REST;
  readonly queue: OutboundQueue;
  readonly background: Background;
  readonly log: Log;
  readonly now: () => number;
  /** What must be done to be heard, where writing is not enough; else empty. */
  readonly howToBeHeard: () => string;
  /** Tells one player alone, where something of theirs is being answered; false where it cannot. */
  readonly tell: (channel: string, player: string, text: string) => Promise<boolean>;
};

// Who writes on past a limit is told once in a while, not at every line.
const REPEAT_MS = 10 * 60_000;

/** Of these one stands at a time, until something comes after it. */
type Fleeting = Extract<Notice['kind'], 'considering' | 'moment-passes'>;

/** Neutral lines outside the story: small messages of the bot itself that ring for nobody. */
export function createNotices(options: NoticeOptions): Notices {
  const { rest, queue, background, log } = options;
  /** Message ids, by kind and channel. */
  const fleeting = {
    considering: new Map<string, string>(),
    'moment-passes': new Map<string, string>(),
  } as const satisfies Record<Fleeting, Map<string, string>>;
  /** By channel, since the story last went on. */
  const moments = new Map<string, number>();
  const told = new Map<string, number>();

  async function post(channel: string, notice: Notice): Promise<void> {
    const whose = notice.only === undefined ? '' : `<@${notice.only}> `;
    const story = notice.kind === 'moment-passes' || notice.kind === 'considering';
    const how = notice.kind === 'heard' ? options.howToBeHeard() : '';
    const content = story ? notice.text : `-# ${whose}${[notice.text, how].join(' ').trim()}`;
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
    if (isFleeting(notice.kind)) fleeting[notice.kind].set(channel, message.id);
  }

  async function takeAway(scene: SceneRecord, kind: Fleeting): Promise<void> {
    const channel = channelOf(scene);
    const message = fleeting[kind].get(channel);
    if (message === undefined) return;
    fleeting[kind].delete(channel);
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
        const { kind, only } = notice;
        if (only !== undefined && (await options.tell(channel, only, notice.text))) return;
        if ((only !== undefined || kind === 'limit') && wasTold(`${channel}/${only}/${kind}`)) return;
        if (kind !== 'considering') await takeAway(scene, 'considering');
        if (kind === 'moment-passes') {
          moments.set(channel, (moments.get(channel) ?? 0) + 1);
          await takeAway(scene, kind);
        }
        await post(channel, notice);
      } catch (error) {
        if (!background.signal.aborted) log.warn('notice-failed', { scene: scene.id, error: nameOf(error) });
      }
    },
    considered: (scene) => takeAway(scene, 'considering'),
    async wentOn(scene) {
      moments.delete(channelOf(scene));
      await takeAway(scene, 'moment-passes');
    },
    momentsPassed: (channel) => moments.get(channel) ?? 0,
    claim(channel, message) {
      const standing = fleeting['moment-passes'];
      if (standing.get(channel) !== message) return () => undefined;
      standing.delete(channel);
      return () => void standing.set(channel, message);
    },
    removed(channel, message) {
      const standing = Object.values(fleeting).find((one) => one.get(channel) === message);
      return standing?.delete(channel) ?? false;
    },
  };

  /** Whether this was said a while ago; else it is now. */
  function wasTold(what: string): boolean {
    const now = options.now();
    if (now - (told.get(what) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return true;
    if (told.size > 1000) told.clear();
    told.set(what, now);
    return false;
  }
}

function isFleeting(kind: Notice['kind']): kind is Fleeting {
  return kind === 'considering' || kind === 'moment-passes';
}
