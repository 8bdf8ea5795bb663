import type { Engine } from '../../../engine/engine-api.ts';
import type { Clock } from '../../../engine/engine-options.ts';
import type { Log } from '../../../log.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import type { CardBoard } from '../card/card-board.ts';
import type { Notices } from '../card/notices.ts';
import type { Pace } from '../discord-settings.ts';
import type { Documents } from '../documents.ts';
import type { OwnMessages } from '../lines/own-messages.ts';
import { shownLately } from '../lines/shown-lately.ts';
import { channelOf, sceneIdOf } from '../scene-place.ts';
import type { Background } from './background.ts';
import { type ChannelWatch, createChannelWatch } from './channel-watch.ts';
import { createEars } from './ears.ts';
import type { Gateway } from './gateway.ts';
import type { GoOnLater } from './go-on-later.ts';
import type { HostedScenes } from './hosted-scenes.ts';
import { createProxies } from './proxies.ts';

export type HearingOptions = {
  readonly engine: Engine;
  readonly owners: readonly string[];
  readonly store: SceneStore;
  readonly documents: Documents;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace: Pace;
  readonly hosted: HostedScenes;
  readonly goOnLater: GoOnLater;
  readonly notices: Notices;
  readonly cards: CardBoard;
  /** It is there by the time that anything is heard. */
  readonly gateway: () => Gateway;
  /** The same. */
  readonly own: () => OwnMessages;
};

const REPLY_WITHHELD =
  'Discord does not let me read that answer. Mention me in it, use /say, or open the line’s menu > Apps > Answer this character.';

/** What people write, edit and delete, from the gateway to the engine. */
export function createHearing(options: HearingOptions): ChannelWatch {
  const { engine, owners, store, documents, background, clock, log, pace } = options;
  const { hosted, goOnLater, notices, cards, gateway, own } = options;
  const proxies = createProxies({
    servers: engine.servers,
    clock,
    waitMs: pace.proxyWaitMs,
    signal: background.signal,
  });
  const ears = createEars({
    engine,
    owners,
    proxies,
    waits: goOnLater.waits,
    async tell(message, words) {
      const scene = hosted.of(message.channelId);
      const text = render(words, localeFor(message.guild?.preferredLocale));
      if (!scene) return;
      const room = channelOf(scene) === message.channelId ? {} : { place: sceneIdOf(message.channelId) };
      await notices.say(scene, { kind: 'limit', only: message.author.id, text, ...room });
    },
    async withheld(message) {
      const scene = hosted.of(message.channelId);
      const answered = await documents.posted(message.reference?.messageId ?? '');
      if (!scene || answered?.log !== scene.log || gateway().reads()) return;
      await notices.say(scene, { kind: 'info', only: message.author.id, text: REPLY_WITHHELD });
    },
  });
  return createChannelWatch({
    proxies,
    ears,
    documents,
    background,
    clock,
    log,
    retryMs: pace.goOnMs,
    hosts: hosted.has,
    everHosted: hosted.everHad,
    awake: hosted.awake,
    async fetch(id, range) {
      const channel = await gateway().client().channels.fetch(id);
      if (!channel?.isTextBased()) return [];
      const found = await channel.messages.fetch({ ...range, limit: 100, cache: false });
      return [...found.values()].sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
    },
    shown: (channel) => shownLately(channel, hosted.of(channel), { documents, store }),
    gone: hosted.gone,
    async retract(channel, message) {
      if ((await own().removedByUs(message)) || notices.removed(channel, message)) return;
      const scene = hosted.of(channel);
      if (!scene && !(await documents.known(message))) return;
      if (scene && (await documents.card(scene.log))?.message === message) await cards.removed(scene);
      else await engine.retract(sceneIdOf(channel), message);
    },
  });
}
