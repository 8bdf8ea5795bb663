import type { SceneRecord } from '../../engine/scene-record.ts';
import { type Delivery, type Notice, type Stage, StageError } from '../../engine/stage.ts';
import type { Log } from '../../log.ts';
import { MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';
import type { RefusedChannels } from './access/refused-channels.ts';
import type { CardBoard } from './card/card-board.ts';
import type { Notices } from './card/notices.ts';
import type { Background } from './gateway/background.ts';
import type { GoOnLater } from './gateway/go-on-later.ts';
import type { HostedScenes } from './gateway/hosted-scenes.ts';
import type { FollowUps } from './lines/follow-ups.ts';
import type { Rewinds } from './lines/rewinds.ts';
import type { Rows } from './lines/rows.ts';
import type { Lines } from './lines/show-lines.ts';
import type { Typing } from './lines/typing.ts';
import { whisperTo } from './lines/whispers.ts';
import type { HandOut } from './privacy/hand-out.ts';
import { channelOf, placesOf, webhookChannelOf } from './scene-place.ts';

export type DiscordStageParts = {
  readonly lines: Pick<Lines, 'show' | 'find'>;
  /** A beat that stands reads differently now, or is gone. */
  readonly change: Stage['update'];
  readonly rows: Pick<Rows, 'over'>;
  readonly rewinds: Rewinds;
  readonly followUps: FollowUps;
  readonly cards: CardBoard;
  readonly notices: Notices;
  readonly typing: Typing;
  readonly hosted: HostedScenes;
  readonly refused: RefusedChannels;
  readonly background: Background;
  readonly goOnLater: GoOnLater;
  readonly handOut: HandOut;
  readonly logChannel: Required<Pick<Stage, 'tellModerators' | 'untellModerators'>>;
  readonly log: Log;
  /** What is missing for a post in this channel, as far as we know without asking; empty where nothing is. */
  readonly missing: (channel: string) => string;
  /** Whether the bot still is where this channel is. */
  readonly isThere: (channel: string) => boolean;
  /** Whether this channel, or of a thread the one it hangs from, is marked as age-restricted. */
  readonly ageRestricted: (channel: string) => boolean;
  readonly language: NonNullable<Stage['language']>;
  readonly wordRules: NonNullable<Stage['wordRules']>;
  readonly staffNamed: NonNullable<Stage['staffNamed']>;
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
  const { lines, cards, notices, rows, rewinds, typing, hosted, refused, background, log } = parts;

  function note(scene: SceneRecord): void {
    if (!hosted.note(scene)) return;
    background.run('begin', () => parts.begins(channelOf(scene), scene.createdAt));
  }

  /** Does what needs the channel; a refusal is told in it once, and the channel left alone for a while. */
  async function inChannel<T>(
    scene: SceneRecord,
    place: PlaceId | undefined,
    task: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const channel = channelOf(scene, place);
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
        if (news && error.reason !== 'gone') tell(scene, error.message, place);
      }
      throw error;
    }
  }

  function tell(scene: SceneRecord, text: string, place: PlaceId = MAIN_PLACE): void {
    background.run('refusal', () => notices.say(scene, { kind: 'info', text, place }));
  }

  /**
   * A room's thread can be deleted while the scene plays on elsewhere. What happens there is in the
   * log and stands nowhere; it must not hold up what happens in the other places.
   */
  async function unlessRoomGone<T>(
    scene: SceneRecord,
    place: PlaceId = MAIN_PLACE,
    task: () => Promise<T>,
  ): Promise<T | Delivery> {
    try {
      return await task();
    } catch (error) {
      if (place === MAIN_PLACE || !(error instanceof StageError) || error.reason !== 'gone') throw error;
      log.warn('room-gone', { scene: scene.id, room: place });
      return { messages: [] };
    }
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
      const { place } = beat;
      const channel = channelOf(scene, place);
      await typing.stop(channel);
      const delivery = await unlessRoomGone(scene, place, () =>
        inChannel(scene, place, (either) => lines.show(scene, beat, either), signal),
      );
      background.run('notices', () => notices.wentOn(channel));
      return delivery;
    },
    find: (scene, beat, signal) =>
      unlessRoomGone(scene, beat.place, () =>
        inChannel(scene, beat.place, () => lines.find(scene, beat), signal),
      ),
    update: (scene, n, delivery, beat, signal) =>
      parts.change(scene, n, delivery, beat, AbortSignal.any([signal, background.signal])),
    whisper: (scene, player, beat) => whisperTo(scene, player, beat, parts),
    rewound: (scene, to, left, erase) => rewinds.rewound(scene, to, left, erase),
    typing(scene, who, place) {
      if (who) {
        const channel = channelOf(scene, place);
        if (refused.why(channel) === undefined) typing.start(channel);
        return;
      }
      for (const one of place === undefined ? placesOf(scene) : [place]) {
        const channel = channelOf(scene, one);
        background.run('typing', async () => {
          await typing.stop(channel);
          await notices.considered(channel);
        });
      }
    },
    language: parts.language,
    ageRestricted: (scene) => parts.ageRestricted(webhookChannelOf(scene)),
    wordRules: parts.wordRules,
    staffNamed: parts.staffNamed,
    ...parts.logChannel,
    partial() {},
    withdraw() {},
    handOut: (scene, text, files, signal) =>
      inChannel(scene, undefined, (either) => parts.handOut(channelOf(scene), text, files, either), signal),
    async notice(scene, notice) {
      note(scene);
      if (refused.why(channelOf(scene)) === undefined) await cards.ensure(scene);
      await notices.say(scene, notice);
    },
    changed(scene) {
      const before = hosted.of(channelOf(scene));
      note(scene);
      cards.changed(scene);
      if (scene.status === 'ended') rows.over(scene);
      tellStatus(before, scene);
    },
  };
}
