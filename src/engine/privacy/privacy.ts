import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { playerActorId } from '../../scene/beat.ts';
import { StoreError } from '../../store/scene-store.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import { leaveScene } from '../join-scene.ts';
import { createMailbox } from '../mailbox.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';
import { createConsents } from './consents.ts';
import { erasingKey } from './erase-documents.ts';
import { erasePerson } from './erase-person.ts';
import { eraseScene } from './erase-scene.ts';
import { exportOf, heldOf } from './held.ts';
import { createLeftServers } from './left-servers.ts';
import type { Erased, Privacy } from './privacy-api.ts';
import { dueNow, warnOf } from './retention.ts';

const erasingSchema = z.object({ token: z.string() });

/**
 * What a person may do with what is stored of them, and what becomes of scenes and servers whose time
 * is over. One erasure at a time: each goes through all that is stored.
 *
 * @param prepare reads the settings of a scene that is not in memory
 */
export function createPrivacy(
  room: EngineRoom,
  registry: Registry,
  prepare: (record: SceneRecord) => Promise<void>,
): Privacy {
  const { store } = room.options;
  const consents = createConsents(store);
  const servers = createLeftServers(room, registry);
  const erasing = createMailbox();

  const { territory } = room.options;
  const keyOf = (person: string, group = territory?.group) => erasingKey(person, group);
  const ERASING = keyOf('');

  /**
   * It is written down before it begins, so that a run that was cut short is finished after the next
   * start, and so that the processes that serve other servers do their part.
   */
  async function eraseNow(person: string, asked = true): Promise<Erased> {
    const key = keyOf(person);
    const begun = erasingSchema.safeParse(await store.get('person', key)).data;
    const { token } = begun ?? { token: randomBytes(8).toString('hex') };
    if (!begun) await store.put('person', key, { token });
    for (const group of asked ? (territory?.others ?? []) : [])
      await store.put('person', keyOf(person, group), { token });
    const erased = await erasePerson(room, registry, person, token);
    await store.remove('person', key);
    await purge();
    return erased;
  }

  async function finishErasing(): Promise<void> {
    const keys = (await Array.fromAsync(store.ids('person'))).filter((key) => key.startsWith(ERASING));
    for (const key of keys) {
      try {
        await eraseNow(key.slice(ERASING.length), false);
      } catch (error) {
        // Theirs waits until the damage is mended; nobody else’s does.
        if (!(error instanceof StoreError)) throw error;
        room.log.error('erasing-unfinished', { do: 'run dramatis doctor --repair', error: kindOf(error) });
      }
    }
  }

  /** Where another program reads the store's file, the old text is still in it until the next sweep. */
  async function purge(quickly = false): Promise<void> {
    try {
      await store.purge?.(quickly);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      room.log.error('store-not-purged', {
        do: 'end whatever else reads the store’s file',
        error: kindOf(error),
      });
    }
  }

  /** Who is in a scene is noted with every beat as one who was there, also without a word. */
  async function leaveAll(person: string): Promise<void> {
    for (const record of await Array.fromAsync(registry.records())) {
      if (record.status === 'ended') continue;
      const live = await registry.open(record.id);
      await live?.mailbox.post(async () => {
        if (live.state.people.get(playerActorId(person))?.present) await leaveScene(room, live, person);
      });
    }
  }

  /** A scene's card says whose choices are counted. */
  function tellWhereTheyAre(person: string): void {
    for (const { state, record } of registry.live()) {
      if (state.people.get(playerActorId(person))?.present) room.stage(record)?.changed(record);
    }
  }

  async function sweepScenes(): Promise<{ warned: number; erased: number }> {
    const done = { warned: 0, erased: 0 };
    for (const record of await Array.fromAsync(registry.records())) {
      room.closing.throwIfAborted();
      // What somebody plays on their own machine is theirs to keep.
      if (record.stage !== 'discord') continue;
      await prepare(record);
      const due = await dueNow(room, record, room.rulesFor(record).retentionDays);
      if (due === 'warn' && (await warnOf(room, record))) {
        done.warned += 1;
        room.log.info('retention-warned', { scene: record.id });
      } else if (due === 'erase') {
        await eraseScene(room, registry, record);
        done.erased += 1;
        room.log.info('retention-erased', { scene: record.id });
      }
    }
    return done;
  }

  return {
    what: async (person) => heldOf(room, registry, person, await consents.of(person)),
    export: async (person) => exportOf(room, registry, person, await consents.of(person)),
    erase: (person) => erasing.post(() => eraseNow(person)),
    async optOut(person) {
      await consents.set(person, { optedOut: true, choices: false });
      await room.choices.erase({ person });
      await leaveAll(person);
    },
    async optIn(person, choices) {
      await consents.set(person, { optedOut: false, choices });
      // What was counted before was counted with a wish that is no more.
      if (!choices) await room.choices.erase({ person });
      tellWhereTheyAre(person);
    },
    optedOut: async (person) => (await consents.of(person)).optedOut,
    countsChoices: async (person) => {
      const { optedOut, choices } = await consents.of(person);
      return choices && !optedOut;
    },

    serverLeft: (server) => erasing.post(() => servers.left(server)),
    serverBack: (server) => erasing.post(() => servers.back(server)),
    serversAre: (present) => erasing.post(() => servers.are(present)),
    eraseServer: (server) =>
      erasing.post(async () => {
        const scenes = await servers.eraseServer(server);
        await purge();
        return scenes;
      }),
    async changedElsewhere(key) {
      const person = consents.forget(key);
      if (person !== undefined && (await consents.of(person)).optedOut) await leaveAll(person);
      if (key === undefined || key.startsWith(ERASING)) await erasing.post(finishErasing);
    },
    sweep: () =>
      erasing.post(async () => {
        await finishErasing();
        const fromServers = await servers.sweep();
        const { warned, erased } = await sweepScenes();
        // Also for messages that were deleted since the last time.
        await purge(erased + fromServers === 0);
        return { warned, erased: erased + fromServers };
      }),
    settled: () => erasing.empty(),
  };
}
