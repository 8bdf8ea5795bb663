import type { Message, PartialMessage } from 'discord.js';
import type { Clock } from '../../../engine/engine-options.ts';
import { createMailbox, type Mailbox } from '../../../engine/mailbox.ts';
import { StageError } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import { StoreError } from '../../../store/scene-store.ts';
import { stageErrorOf } from '../access/discord-refusal.ts';
import type { Documents, Heard } from '../documents.ts';
import { type Background, nameOf } from './background.ts';
import type { Ears } from './ears.ts';
import type { Proxies } from './proxies.ts';

export type ChannelWatch = {
  wrote(message: Message): void;
  edited(message: Message | PartialMessage): void;
  deleted(channel: string, messages: readonly string[]): void;
  /** The connection broke: what is said meanwhile may never be told. */
  interrupted(): void;
  /** It went on where it had stopped. */
  resumed(): void;
  /** It began anew, or for the first time: these channels have surely missed something. */
  missed(channels: Iterable<string>): void;
  /** Reads up on every channel that surely missed something. */
  catchUp(): Promise<void>;
  /** A scene begins here: older messages are not its own. */
  begins(channel: string, after: string): Promise<void>;
};

export type WatchOptions = {
  readonly ears: Ears;
  readonly proxies: Pick<Proxies, 'came' | 'went' | 'stays'>;
  readonly documents: Documents;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Log;
  /** Before a channel that could not be read is tried again. */
  readonly retryMs: number;
  /** Whether a scene plays in this channel. */
  readonly hosts: (channel: string) => boolean;
  /** Whether one does or ever did. */
  readonly everHosted: (channel: string) => boolean;
  /** Resolves when that scene is in order: what was recorded before stands in the channel. */
  readonly awake: (channel: string) => Promise<void>;
  /** Messages in which the last lines of its scene stand, or stood when they were written or shown. */
  readonly shown: (channel: string) => Promise<readonly string[]>;
  /** Messages of a channel after `after` or before `before`, else the last ones; oldest first, at most 100. */
  readonly fetch: (
    channel: string,
    range: { after?: string; before?: string },
  ) => Promise<readonly Message[]>;
  readonly retract: (channel: string, message: string) => Promise<void>;
  /** This channel was deleted while we were not told of anything. */
  readonly gone: (channel: string) => Promise<void>;
};

/** Something may have been missed; each break of the connection opens another. */
type Gap = { readonly sure: boolean };

const PAGE = 100;
// Of so many heard messages it is checked after an outage whether they were edited or deleted.
const REMEMBERED = 50;

/**
 * Takes in each channel's messages, edits and deletions in order and once, also those that came
 * while the connection was down: a channel that may have missed something is read up on before
 * anything newer is heard.
 */
export function createChannelWatch(options: WatchOptions): ChannelWatch {
  const { ears, proxies, documents, background, log } = options;
  const mailboxes = new Map<string, Mailbox>();
  /** Channels that may have missed something: perhaps, until the connection resumes; else surely. */
  const gaps = new Map<string, Gap>();
  const triedLater = new Set<string>();
  const handled = new Set<string>();
  const known = new Set<string>();

  function inOrder(channel: string, name: string, task: () => Promise<void>): void {
    if (!options.hosts(channel)) return;
    background.run(name, () =>
      mailboxOf(channel).post(async () => {
        await options.awake(channel);
        await task().catch((error: unknown) => {
          if (!isPassing(error)) throw error;
          log.warn('hearing-failed', { channel, task: name, error: nameOf(error) });
          gaps.set(channel, { sure: true });
          tryLater(channel);
        });
      }),
    );
  }

  function mailboxOf(channel: string): Mailbox {
    const mailbox = mailboxes.get(channel) ?? createMailbox();
    mailboxes.set(channel, mailbox);
    known.add(channel);
    return mailbox;
  }

  /** Whether it is done with; else it stays to be heard later, with all that comes after it. */
  async function take(channel: string, message: Message): Promise<boolean> {
    if (handled.has(message.id)) return true;
    const hearing = await ears.hear(message);
    if (hearing === 'later') {
      gaps.set(channel, { sure: true });
      return false;
    }
    remember(message.id);
    const before = await documents.seen(channel);
    const newest = before && isNewer(before.message, message.id) ? before.message : message.id;
    const memory = [...(before?.heard ?? []), ...(hearing === 'heard' ? [mark(message)] : [])];
    await documents.putSeen(channel, { message: newest, heard: memory.slice(-REMEMBERED) });
    return true;
  }

  function remember(id: string): void {
    handled.add(id);
    if (handled.size > 5000) handled.delete(handled.values().next().value ?? '');
  }

  /** Whether nothing is missed any more, so that what is newer may be heard. */
  async function closeGap(channel: string): Promise<boolean> {
    const gap = gaps.get(channel);
    if (!gap) return true;
    try {
      await checkHeard(channel);
      await checkShown(channel);
      const read = await readMissed(channel);
      if (read === 'later') return false;
      if (read > 0) log.info('channel-caught-up', { channel, messages: read });
      // The connection may have broken again while this was read.
      if (gaps.get(channel) !== gap) return closeGap(channel);
      gaps.delete(channel);
      return true;
    } catch (error) {
      // It stays a gap, and is tried again with the next message or connection.
      log.warn('catch-up-failed', { channel, error: nameOf(error) });
      const known = stageErrorOf(error);
      if (known instanceof StageError && known.reason === 'gone') await options.gone(channel);
      // Where we may not read, nobody waits for it.
      if (!isPassing(error)) return true;
      tryLater(channel);
      return false;
    }
  }

  function tryLater(channel: string): void {
    if (triedLater.has(channel)) return;
    triedLater.add(channel);
    background.run('catch up later', async () => {
      await options.clock.sleep(options.retryMs, background.signal);
      triedLater.delete(channel);
      await mailboxOf(channel).post(() => closeGap(channel));
    });
  }

  /** Takes in what was missed, page by page; returns how many messages that were. */
  async function readMissed(channel: string): Promise<number | 'later'> {
    let read = 0;
    let after = (await documents.seen(channel))?.message;
    while (after !== undefined) {
      const found = await options.fetch(channel, { after });
      for (const message of found) if (!(await take(channel, message))) return 'later';
      read += found.length;
      after = found.length < PAGE ? undefined : found.at(-1)?.id;
    }
    return read;
  }

  /** What was heard and has been edited or deleted since. */
  async function checkHeard(channel: string): Promise<void> {
    const seen = await documents.seen(channel);
    if (!seen || seen.heard.length === 0) return;
    const there = await options.fetch(channel, { before: String(BigInt(seen.message) + 1n) });
    const oldest = there[0]?.id;
    if (oldest === undefined) return;
    const byId = new Map(there.map((message) => [message.id, message]));
    const memory: Heard[] = [];
    for (const heard of seen.heard) {
      const id = idOf(heard);
      const message = byId.get(id);
      if (message && editedAt(mark(message)) !== editedAt(heard)) await ears.reword(message);
      const gone = !message && isNewer(id, oldest);
      if (gone) await options.retract(channel, id);
      else memory.push(message ? mark(message) : heard);
    }
    await documents.putSeen(channel, { ...seen, heard: memory });
  }

  /** What was said of late and somebody has taken away since, noted or not. */
  async function checkShown(channel: string): Promise<void> {
    const shown = await options.shown(channel);
    if (shown.length === 0) return;
    const there = await options.fetch(channel, {});
    const oldest = there[0]?.id;
    if (oldest === undefined) return;
    const standing = new Set(there.map(({ id }) => id));
    for (const id of shown) {
      if (isNewer(id, oldest) && !standing.has(id)) await options.retract(channel, id);
    }
  }

  /** Discord promises no order: a change may come before the message, or before an older change. */
  async function reword(channel: string, message: Message): Promise<void> {
    const seen = await documents.seen(channel);
    const before = seen?.heard.find((one) => idOf(one) === message.id);
    if (before !== undefined && editedAt(before) > editedAt(mark(message))) return;
    const isNew = !handled.has(message.id) && (!seen || isNewer(message.id, seen.message));
    if (isNew && message.webhookId === null && !message.author.bot) {
      if (await closeGap(channel)) await take(channel, message);
      return;
    }
    await ears.reword(message);
    if (!seen || before === undefined) return;
    const heard = seen.heard.map((one) => (one === before ? mark(message) : one));
    await documents.putSeen(channel, { ...seen, heard });
  }

  return {
    wrote(message) {
      const { channelId } = message;
      if (!options.hosts(channelId)) return;
      proxies.came(message);
      inOrder(channelId, 'hear', async () => {
        if (!(await closeGap(channelId))) return;
        if (await proxies.stays(message)) await take(channelId, message);
      });
    },
    edited(message) {
      // Discord also tells of an edit when it adds a link's preview.
      if (message.partial || message.editedTimestamp === null) return;
      const { channelId } = message;
      if (!options.everHosted(channelId)) return;
      // What a scene that is over holds of it reads so as well.
      if (!options.hosts(channelId)) background.run('reword', () => ears.reword(message));
      inOrder(channelId, 'reword', () => reword(channelId, message));
    },
    deleted(channel, messages) {
      if (!options.everHosted(channel)) return;
      proxies.went(messages);
      const retractAll = async () => {
        for (const message of messages) {
          await options.retract(channel, message);
          // What is told of only after its end is not heard any more.
          remember(message);
        }
      };
      // What a scene that is over holds of it goes as well.
      if (options.hosts(channel)) inOrder(channel, 'retract', retractAll);
      else background.run('retract', retractAll);
    },
    interrupted() {
      for (const channel of known) if (!gaps.has(channel)) gaps.set(channel, { sure: false });
    },
    resumed() {
      for (const [channel, gap] of gaps) if (!gap.sure) gaps.delete(channel);
    },
    missed(channels) {
      for (const channel of channels) gaps.set(channel, { sure: true });
    },
    async catchUp() {
      const sure = [...gaps].filter(([, gap]) => gap.sure).map(([channel]) => channel);
      await Promise.all(sure.map((channel) => mailboxOf(channel).post(() => closeGap(channel))));
    },
    async begins(channel, after) {
      await mailboxOf(channel).post(async () => {
        const seen = await documents.seen(channel);
        if (!seen || isNewer(after, seen.message))
          await documents.putSeen(channel, { message: after, heard: [] });
      });
    },
  };
}

/** Discord or the store is out of order, and will not be for ever. */
function isPassing(error: unknown): boolean {
  const known = stageErrorOf(error);
  return known instanceof StoreError || (known instanceof StageError && known.reason === 'unreachable');
}

function mark({ id, editedTimestamp }: Message): Heard {
  return editedTimestamp === null ? id : { id, edited: editedTimestamp };
}

function idOf(heard: Heard): string {
  return typeof heard === 'string' ? heard : heard.id;
}

function editedAt(heard: Heard): number {
  return typeof heard === 'string' ? 0 : heard.edited;
}

function isNewer(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}
