import type { Clock } from '../../../engine/engine-options.ts';
import { createMailbox } from '../../../engine/mailbox.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import { type Delivery, StageError } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import { MAIN_PLACE, type PlaceId } from '../../../scene/beat.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import type { Notices } from '../card/notices.ts';
import type { Documents, LeftMessage } from '../documents.ts';
import { type Background, nameOf } from '../gateway/background.ts';
import { channelOf } from '../scene-place.ts';
import type { OwnMessages } from './own-messages.ts';
import { rewindMarker } from './rewind-marker.ts';
import type { Rows } from './rows.ts';

export type Rewinds = {
  /** Marks it wherever something was left behind; with `erase` that is taken away, newest first, in the background. */
  rewound(scene: SceneRecord, to: number, left: readonly Delivery[], erase: boolean): Promise<void>;
  /** After a restart: goes on with what was still to be taken away. */
  takeUp(scene: SceneRecord): void;
};

export type RewindOptions = {
  readonly notices: Pick<Notices, 'say'>;
  readonly rows: Pick<Rows, 'refresh'>;
  readonly own: OwnMessages;
  readonly documents: Documents;
  readonly store: SceneStore;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two messages that are taken away; milliseconds. */
  readonly eraseMs: number;
};

export function createRewinds(options: RewindOptions): Rewinds {
  const { notices, rows, own, documents, store, background, clock, log } = options;
  /** One after another: several rewinds together are no faster than one. */
  const erasing = createMailbox();
  /** The list of what is left to take away is read and written one at a time. */
  const listing = createMailbox();

  async function find(scene: SceneRecord, to: number, left: readonly Delivery[]): Promise<LeftMessage[]> {
    const places = new Map<number | string, PlaceId>();
    for await (const { n, place = MAIN_PLACE, source } of store.read(scene.log, to + 1)) {
      places.set(n, place);
      if (source !== undefined) places.set(source, place);
    }
    const found: LeftMessage[] = [];
    for (const message of left.flatMap(({ messages }) => messages.toReversed())) {
      const posted = await documents.posted(message);
      const place = places.get(posted?.n ?? message) ?? MAIN_PLACE;
      found.push({ message, place, ours: posted !== undefined });
    }
    return found;
  }

  /** Written down, so that a process that ends meanwhile takes up where it stopped. */
  function list(
    scene: SceneRecord,
    change: (left: readonly LeftMessage[]) => readonly LeftMessage[],
  ): Promise<void> {
    return listing.post(async () =>
      documents.putErasing(scene.log, change(await documents.erasing(scene.log))),
    );
  }

  async function eraseAll(scene: SceneRecord): Promise<void> {
    const left = await documents.erasing(scene.log);
    if (left.length === 0) return;
    let mayTouchOthers = true;
    for (const one of left) {
      if (one.ours || mayTouchOthers) await eraseOrLeave(one);
      await list(scene, (all) => all.filter(({ message }) => message !== one.message));
    }
    log.info('rewind-erased', { scene: scene.id, messages: left.length });

    async function eraseOrLeave(one: LeftMessage): Promise<void> {
      try {
        await eraseOne(scene, one);
      } catch (error) {
        background.signal.throwIfAborted();
        log.info('message-stays', { scene: scene.id, error: nameOf(error) });
        const refused = error instanceof StageError && error.reason === 'forbidden';
        if (!one.ours && refused) mayTouchOthers = false;
      }
      await clock.sleep(options.eraseMs, background.signal);
    }
  }

  async function eraseOne(scene: SceneRecord, { message, place, ours }: LeftMessage): Promise<void> {
    const channel = channelOf(scene, place);
    if (ours) return own.takeAway(scene, channel, message);
    // It was heard, and is missed after an outage unless it is known that it was not its author.
    await documents.putTookAway(message);
    await own.takeAwayAsBot(channel, message);
  }

  function eraseLater(scene: SceneRecord): void {
    background.run('erase', () => erasing.post(() => eraseAll(scene)));
  }

  return {
    async rewound(scene, to, left, erase) {
      const messages = await find(scene, to, left);
      if (erase) await list(scene, (before) => [...before, ...messages]);
      const places = new Set(messages.map(({ place }) => place));
      const text = await rewindMarker(scene, to, { store, documents });
      for (const place of places.size > 0 ? places : [MAIN_PLACE]) {
        await notices.say(scene, { kind: 'info', text, place });
        rows.refresh(scene, place);
      }
      if (erase) eraseLater(scene);
    },
    takeUp: eraseLater,
  };
}
