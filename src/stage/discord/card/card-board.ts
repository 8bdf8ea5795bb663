import { createHash } from 'node:crypto';
import { type APIMessage, MessageFlags, type RawFile, type REST, Routes } from 'discord.js';
import type { Character } from '../../../cast/character.ts';
import { type Clock, steadyOf } from '../../../engine/clock.ts';
import type { SceneInfo } from '../../../engine/engine-api.ts';
import type { Whereabouts } from '../../../engine/ledger/ledger-api.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Log } from '../../../log.ts';
import { isMessageGone } from '../access/discord-refusal.ts';
import type { CardDocument, Documents } from '../documents.ts';
import { type Background, nameOf } from '../gateway/background.ts';
import { isPortrait, portraitOf, portraitUrls } from '../lines/avatars.ts';
import type { OutboundQueue } from '../lines/outbound-queue.ts';
import { channelOf } from '../scene-place.ts';
import { type CardFacts, MOST_PORTRAITS, sceneCard } from './scene-card.ts';

export type CardBoard = {
  /** The scene's card stands, and holds this character's portrait where it has one. Never throws. */
  ensure(scene: SceneRecord, character?: Character): Promise<CardDocument | undefined>;
  /** The scene changed: its card follows soon. */
  changed(scene: SceneRecord): void;
  /** A moderator took the card away; it comes back with the next change. */
  removed(scene: SceneRecord): Promise<void>;
};

export type CardOptions = {
  readonly rest: REST;
  readonly documents: Documents;
  readonly queue: OutboundQueue;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Log;
  /** Changes within this time are one. */
  readonly settleMs: number;
  readonly info: (scene: string) => Promise<SceneInfo | undefined>;
  /** Who is where; never asked while the engine waits for us. */
  readonly map: (scene: string) => Promise<readonly Whereabouts[]>;
  readonly facts: (info: SceneInfo) => Omit<CardFacts, 'portraits' | 'map'>;
};

// A card that is an hour old may be changed three times in six seconds.
const CHANGES_APART = 3;

type Card = { document: CardDocument; shown: string };
type Picture = { readonly character: Character; readonly file: RawFile };

/** One message per scene, posted first and then kept up to date in its place. */
export function createCardBoard(options: CardOptions): CardBoard {
  const { rest, documents, background, clock, log } = options;
  const cards = new Map<string, Card>();
  const lastInfo = new Map<string, SceneInfo>();
  const lastMap = new Map<string, readonly Whereabouts[]>();
  /** Moments at which a card was last brought up to date. */
  const lastChange = new Map<string, number>();
  /** Logs of scenes that have ended: no late change may bring their buttons back. */
  const over = new Set<string>();
  const waiting = new Set<string>();
  const tails = new Map<string, Promise<unknown>>();
  /** Times that a scene's card was posted, by log. */
  const posts = new Map<string, number>();

  /** One after another for each scene, so that two changes do not post two cards. */
  function inTurn<T>(scene: SceneRecord, task: () => Promise<T>): Promise<T> {
    const result = (tails.get(scene.log) ?? Promise.resolve()).then(task);
    const tail = result.catch(() => undefined);
    tails.set(scene.log, tail);
    return result;
  }

  function forget({ log: key }: SceneRecord): void {
    for (const kept of [cards, tails, posts, lastInfo, lastMap, lastChange]) kept.delete(key);
  }

  async function known(scene: SceneRecord): Promise<Card | undefined> {
    const card = cards.get(scene.log);
    if (card) return card;
    const document = await documents.card(scene.log);
    if (!document) return undefined;
    const stored = { document, shown: '' };
    cards.set(scene.log, stored);
    return stored;
  }

  /** What the card is to say; of a scene that gave way to another in its place, how it was in the end. */
  async function infoOf(scene: SceneRecord, opening: SceneInfo | undefined): Promise<SceneInfo | undefined> {
    const current = await options.info(scene.id);
    if (current?.record.log === scene.log) {
      lastInfo.set(scene.log, current);
      return current;
    }
    const last = lastInfo.get(scene.log) ?? opening;
    return last && { ...last, record: scene };
  }

  /** Brings the message in line with the scene; posts it where there is none. */
  async function bringUp(scene: SceneRecord, opening?: SceneInfo): Promise<CardDocument | undefined> {
    const info = await infoOf(scene, opening);
    const card = await known(scene);
    if (!info) return card?.document;
    const fresh = !card || (await isOutdated(card.document, info));
    const pictures = fresh ? await picturesOf(pictured(info)) : [];
    const portraits = fresh
      ? Object.fromEntries(pictures.map(({ character, file }) => [character.id, `attachment://${file.name}`]))
      : (card?.document.avatars ?? {});
    const map = lastMap.get(scene.log) ?? [];
    const components = sceneCard(info, { ...options.facts(info), portraits, map });
    const shown = JSON.stringify(components);
    if (card?.shown === shown) return card.document;
    const files = pictures.map(({ file }) => file);
    const body = {
      components,
      flags: MessageFlags.IsComponentsV2,
      allowed_mentions: { parse: [] },
      // Named anew, they take the place of those that were there.
      ...(files.length > 0 || (fresh && card)
        ? { attachments: files.map(({ name }, id) => ({ id, filename: name })) }
        : {}),
    };
    const message = (card && (await edit(scene, card, body, files))) ?? (await post(scene, body, files));
    const urls = portraitUrls(
      message,
      pictures.map(({ character }) => character),
    );
    const document = { message: message.id, avatars: fresh ? urls : (card?.document.avatars ?? {}) };
    cards.set(scene.log, { document, shown: fresh ? '' : shown });
    await documents.putCard(scene.log, document);
    return document;
  }

  async function edit(
    scene: SceneRecord,
    card: Card,
    body: object,
    files: RawFile[],
  ): Promise<APIMessage | undefined> {
    const route = Routes.channelMessage(channelOf(scene), card.document.message);
    try {
      return (await rest.patch(route, { body, files })) as APIMessage;
    } catch (error) {
      if (isMessageGone(error)) return undefined;
      throw error;
    }
  }

  async function post(scene: SceneRecord, body: object, files: RawFile[]): Promise<APIMessage> {
    const channel = channelOf(scene);
    const count = (posts.get(scene.log) ?? 0) + 1;
    posts.set(scene.log, count);
    // Discord answers a repeat of the same nonce with the message that stands already, also after a crash.
    const nonce = createHash('sha256').update(`${scene.log}/${count}`).digest('hex').slice(0, 24);
    const route = Routes.channelMessages(channel);
    const send = async () =>
      (await rest.post(route, { body: { ...body, nonce, enforce_nonce: true }, files })) as APIMessage;
    const message = await options.queue.run(channel, send, background.signal);
    log.info('card-posted', { scene: scene.id });
    return message;
  }

  async function attempt(scene: SceneRecord, opening?: SceneInfo): Promise<CardDocument | undefined> {
    try {
      return await inTurn(scene, () => bringUp(scene, opening));
    } catch (error) {
      if (!background.signal.aborted) log.warn('card-failed', { scene: scene.id, error: nameOf(error) });
      return cards.get(scene.log)?.document;
    }
  }

  /** Many changes are one; the newest is shown, though not sooner than Discord likes. */
  async function follow(scene: SceneRecord): Promise<void> {
    const since = steadyOf(clock) - (lastChange.get(scene.log) ?? Number.NEGATIVE_INFINITY);
    const wait = Math.max(options.settleMs, options.settleMs * CHANGES_APART - since);
    await clock.sleep(wait, background.signal);
    waiting.delete(scene.log);
    await lookAround(scene);
    if (over.has(scene.log)) return;
    lastChange.set(scene.log, steadyOf(clock));
    await attempt(scene);
  }

  async function lookAround(scene: SceneRecord): Promise<void> {
    try {
      lastMap.set(scene.log, await options.map(scene.id));
    } catch (error) {
      // It ended meanwhile, or another plays there.
      if (!background.signal.aborted) log.debug('map-missing', { scene: scene.id, error: nameOf(error) });
    }
  }

  return {
    async ensure(scene, character) {
      const card = await known(scene);
      const missing = character?.avatar && !isPortrait(card?.document.avatars[character.id], character);
      return card && !missing ? card.document : attempt(scene, openingInfo(scene, character));
    },
    changed(scene) {
      if (background.signal.aborted) return;
      if (scene.status === 'playing') {
        if (waiting.has(scene.log)) return;
        waiting.add(scene.log);
        background.run('card', () => follow(scene));
        return;
      }
      // At once: its buttons do something else now, and another scene may be next in its place.
      if (scene.status === 'ended') over.add(scene.log);
      background.run('card', async () => {
        await attempt(scene);
        if (over.has(scene.log)) forget(scene);
      });
    },
    async removed(scene) {
      const card = await known(scene);
      if (card) cards.set(scene.log, { ...card, shown: '' });
    },
  };
}

/** What is known of a scene that is just being opened, whose first line wants to be shown. */
function openingInfo(record: SceneRecord, character: Character | undefined): SceneInfo {
  return {
    record,
    setting: '',
    cast: character ? [{ character, present: true }] : [],
    players: [],
    beats: 0,
    turnsLeft: 0,
    turnsPerLine: 0,
    rooms: [],
    chips: [],
  };
}

/** Whether a picture is missing on a card, or stands there that its character has no more. Only what is missing is read. */
async function isOutdated({ avatars }: CardDocument, info: SceneInfo): Promise<boolean> {
  const known = new Map(info.cast.map(({ character }) => [character.id, character]));
  if (Object.keys(avatars).some((id) => !known.get(id)?.avatar)) return true;
  const missing = pictured(info).filter((character) => !isPortrait(avatars[character.id], character));
  return (await picturesOf(missing)).length > 0;
}

/** Those whose pictures stand on the card. */
function pictured(info: SceneInfo): Character[] {
  const here = info.cast.filter(({ present }) => present).slice(0, MOST_PORTRAITS);
  return here.map(({ character }) => character).filter(({ avatar }) => avatar);
}

async function picturesOf(characters: readonly Character[]): Promise<Picture[]> {
  const pictures = await Promise.all(
    characters.map(async (character) => {
      const file = await portraitOf(character);
      return file ? [{ character, file }] : [];
    }),
  );
  return pictures.flat();
}
