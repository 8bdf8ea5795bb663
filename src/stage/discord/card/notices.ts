import { ButtonStyle, ComponentType, MessageFlags, type REST, Routes } from 'discord.js';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Notice } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import type { PlaceId } from '../../../scene/beat.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { type Message, say } from '../../../words/text.ts';
import { type Background, nameOf } from '../gateway/background.ts';
import type { OutboundQueue } from '../lines/outbound-queue.ts';
import { MESSAGE_LIMIT } from '../lines/split-message.ts';
import { channelOf } from '../scene-place.ts';
import { BUTTONS } from './buttons.ts';
import { button } from './scene-card.ts';

export type Notices = {
  /** Never throws: a line beside the story must not stop it. */
  say(scene: SceneRecord, notice: Notice): Promise<void>;
  /** Everyone reads that a word waits for this player alone, and who asks hears it. Never throws. */
  wordWaits(scene: SceneRecord, player: string, place?: PlaceId): Promise<void>;
  /** Takes "… considers…" away: the turn is there, or none will come. Never throws. */
  considered(channel: string): Promise<void>;
  /** The story went on in this channel: a moment that passed needs no Retry any more. Never throws. */
  wentOn(channel: string): Promise<void>;
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
  /** What must be done to be heard, where writing is not enough; else nothing. */
  readonly howToBeHeard: () => Message | undefined;
  /** The language of what everyone in the room reads. */
  readonly localeOf: (scene: SceneRecord) => Locale;
  /** Tells one player alone, where something of theirs is being answered; false where it cannot. */
  readonly tell: (channel: string, player: string, text: string) => Promise<boolean>;
};

// Who writes on past a limit is told once in a while, not at every line.
const REPEAT_MS = 10 * 60_000;

/** Of these one stands at a time, until something comes after it. */
type Fleeting = Extract<Notice['kind'], 'considering' | 'moment-passes'>;

/** A button of a notice. */
type Asks = { readonly id: string; readonly label: string };

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
  /** Message ids of "a word waits", by channel and player. */
  const words = new Map<string, string>();

  /** Returns the message's id. */
  async function post(channel: string, content: string, asks?: Asks): Promise<string> {
    const row = asks && {
      type: ComponentType.ActionRow,
      components: [button(asks.id, asks.label, ButtonStyle.Secondary)],
    };
    const body = {
      content: content.slice(0, MESSAGE_LIMIT),
      allowed_mentions: { parse: [] },
      flags: MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds,
      ...(row ? { components: [row] } : {}),
    };
    const send = () => rest.post(Routes.channelMessages(channel), { body });
    return ((await queue.run(channel, send, background.signal)) as { readonly id: string }).id;
  }

  async function takeAway(channel: string, message: string | undefined): Promise<void> {
    if (message === undefined) return;
    try {
      await rest.delete(Routes.channelMessage(channel, message));
    } catch (error) {
      log.debug('notice-stays', { channel, error: nameOf(error) });
    }
  }

  async function takeBack(channel: string, kind: Fleeting): Promise<void> {
    const message = fleeting[kind].get(channel);
    fleeting[kind].delete(channel);
    await takeAway(channel, message);
  }

  async function unlessFails(scene: SceneRecord, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!background.signal.aborted) log.warn('notice-failed', { scene: scene.id, error: nameOf(error) });
    }
  }

  function retry(scene: SceneRecord): Asks {
    return { id: BUTTONS.retry, label: render('Retry', options.localeOf(scene)) };
  }

  function wordsOf(scene: SceneRecord, { kind, text, only }: Notice): string {
    if (kind === 'moment-passes' || kind === 'considering') return text;
    const whose = only === undefined ? '' : `<@${only}> `;
    const toBeHeard = kind === 'heard' ? options.howToBeHeard() : undefined;
    const how = toBeHeard ? render(toBeHeard, options.localeOf(scene)) : '';
    return small(`${whose}${[text, how].join(' ').trim()}`);
  }

  return {
    say: (scene, notice) =>
      unlessFails(scene, async () => {
        const { kind, only } = notice;
        const channel = channelOf(scene, notice.place);
        if (only !== undefined && (await options.tell(channel, only, notice.text))) return;
        if (only !== undefined && wasTold(`${channel}/${only}/${kind}`)) return;
        if (kind !== 'considering') await takeBack(channel, 'considering');
        if (kind === 'moment-passes') {
          moments.set(channel, (moments.get(channel) ?? 0) + 1);
          await takeBack(channel, kind);
        }
        const message = await post(channel, wordsOf(scene, notice), notice.retry ? retry(scene) : undefined);
        if (isFleeting(kind)) fleeting[kind].set(channel, message);
      }),
    wordWaits: (scene, player, place) =>
      unlessFails(scene, async () => {
        const channel = channelOf(scene, place);
        const key = `${channel}/${player}`;
        const before = words.get(key);
        const locale = options.localeOf(scene);
        const person = `<@${player}>`;
        const text = small(
          render(say('{{person}} Someone has a word for your ear alone.', { person }), locale),
        );
        const hear = { id: BUTTONS.hearWhisper + player, label: render('Hear it', locale) };
        words.set(key, await post(channel, text, hear));
        // The newest one tells of all.
        await takeAway(channel, before);
      }),
    considered: (channel) => takeBack(channel, 'considering'),
    async wentOn(channel) {
      moments.delete(channel);
      await takeBack(channel, 'moment-passes');
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

/** Discord draws each such line small. */
function small(text: string): string {
  return text.replace(/^(?=.*\S)/gm, '-# ');
}
