import type { SceneRecord } from '../../engine/scene-record.ts';
import { type Notice, type Stage, StageError } from '../../engine/stage.ts';
import type { RefusedChannels } from './access/refused-channels.ts';
import type { CardBoard } from './card/card-board.ts';
import type { Notices } from './card/notices.ts';
import type { Background } from './gateway/background.ts';
import type { GoOnLater } from './gateway/go-on-later.ts';
import type { HostedScenes } from './gateway/hosted-scenes.ts';
import type { Lines } from './lines/show-lines.ts';
import type { Typing } from './lines/typing.ts';
import { channelOf } from './scene-place.ts';

export type DiscordStageParts = {
  readonly lines: Lines;
  readonly cards: CardBoard;
  readonly notices: Notices;
  readonly typing: Typing;
  readonly hosted: HostedScenes;
  readonly refused: RefusedChannels;
  readonly background: Background;
  readonly goOnLater: GoOnLater;
  /** What is missing for a post in this channel, as far as we know without asking; empty where nothing is. */
  readonly missing: (channel: string) => string;
  /** Whether the bot still is where this channel is. */
  readonly isThere: (channel: string) => boolean;
  /** A scene began here at this moment (milliseconds since 1970). */
  readonly begins: (channel: string, at: number) => Promise<void>;
};

const STATUS_NEWS: Readonly<Record<SceneRecord['status'], Notice>> = {
  playing: { kind: 'info', text: 'The scene goes on.' },
  paused: { kind: 'paused', text: 'The scene is paused: nothing is heard until /scene continue.' },
  ended: { kind: 'ended', text: 'The scene has ended. /scene start opens another.' },
};

/**
 * The engine's view of Discord. Turns are whole here: pieces of a turn in the making are not shown,
 * so there is nothing to take back either.
 */
export function createDiscordStage(parts: DiscordStageParts): Stage {
  const { lines, cards, notices, typing, hosted, refused, background } = parts;

  function note(scene: SceneRecord): void {
    if (!hosted.note(scene)) return;
    background.run('begin', () => parts.begins(channelOf(scene), scene.createdAt));
  }

  /** Does what needs the channel; a refusal is told in it once, and the channel left alone for a while. */
  async function inChannel<T>(
    scene: SceneRecord,
    task: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const channel = channelOf(scene);
    refused.check(channel);
    try {
      // A webhook goes on working where the bot itself is no longer wanted.
      const missing = parts.missing(channel);
      if (missing) throw new StageError('forbidden', missing);
      const result = await task(AbortSignal.any([signal, background.signal]));
      refused.worked(channel);
      return result;
    } catch (error) {
      if (error instanceof StageError && error.reason === 'unreachable') {
        parts.goOnLater.unreachable(scene.id);
      } else if (error instanceof StageError) {
        const news = refused.refused(channel, error);
        if (news && error.reason !== 'gone') tell(scene, error.message);
      }
      throw error;
    }
  }

  function tell(scene: SceneRecord, text: string): void {
    background.run('refusal', () => notices.say(scene, { kind: 'info', text }));
  }

  /** Who stops a scene is told so alone; all others read it here. What Discord itself stopped is told otherwise. */
  function tellStatus(before: SceneRecord | undefined, scene: SceneRecord): void {
    const channel = channelOf(scene);
    if (before?.log !== scene.log || before.status === scene.status) return;
    if (!parts.isThere(channel) || refused.why(channel) || parts.goOnLater.waits(scene.id)) return;
    background.run('status', () => notices.say(scene, STATUS_NEWS[scene.status]));
  }

  return {
    name: 'discord',
    durable: true,
    streams: false,
    async show(scene, beat, signal) {
      note(scene);
      await typing.stop(channelOf(scene));
      const delivery = await inChannel(scene, (either) => lines.show(scene, beat, either), signal);
      background.run('notices', () => notices.wentOn(scene));
      return delivery;
    },
    find: (scene, beat, signal) => inChannel(scene, () => lines.find(scene, beat), signal),
    update: (scene, delivery, beat) => lines.update(scene, delivery, beat),
    typing(scene, who) {
      const channel = channelOf(scene);
      if (who) {
        if (refused.why(channel) === undefined) typing.start(channel);
        return;
      }
      background.run('typing', async () => {
        await typing.stop(channel);
        await notices.considered(scene);
      });
    },
    partial() {},
    withdraw() {},
    async notice(scene, notice) {
      note(scene);
      if (refused.why(channelOf(scene)) === undefined) await cards.ensure(scene);
      await notices.say(scene, notice);
    },
    changed(scene) {
      const before = hosted.of(channelOf(scene));
      note(scene);
      cards.changed(scene);
      tellStatus(before, scene);
    },
  };
}
