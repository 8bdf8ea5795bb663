import { openEntries } from '../../../../src/store/keyv-entries.ts';
import { createSceneStore, type EntryKind } from '../../../../src/store/keyv-store.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';
import { createDataKey } from '../../../../src/store/sealed/data-key.ts';
import { ENTRY_KINDS } from '../../../../src/store/sealed/entry-kinds.ts';
import { sealConnection } from '../../../../src/store/sealed/sealed-connection.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { smallCard, smallPng, smallWorldFile } from '../../../support/small-card.ts';

/** What a store holds, as it lies there: texts by kind and key. */
export type Stored = ReadonlyMap<EntryKind, Map<string, string>>;

const KEY = createDataKey(Buffer.alloc(32, 7));

export const MARA = { id: 'p1', name: 'Mara' } as const;
export const TIM = { id: 'p2', name: 'Tim' } as const;

/** Two scenes of one server, and one of another. */
export const SCENES = [
  { id: 'discord:c1', server: 's1', player: MARA },
  { id: 'discord:c2', server: 's1', player: TIM },
  { id: 'discord:c3', server: 's2', player: TIM },
] as const;

/** A store over what was stored; its values are sealed. */
export function storeOver(stored: Stored): SceneStore {
  return createSceneStore(
    sealConnection({ open: (kind) => openEntries(stored.get(kind) ?? new Map()), close: async () => {} }, [
      KEY,
    ]),
  );
}

/** The same, to be damaged. */
export function copyOf(stored: Stored): Stored {
  return new Map([...stored].map(([kind, entries]) => [kind, new Map(entries)]));
}

/** An engine over what was stored, as after a start of the bot. */
export async function startOver(stored: Stored) {
  const stage = createRecordingStage('discord', true);
  const models = { actor: answeringModel(), director: answeringModel(), narrator: answeringModel() };
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log = { debug: note, info: note, warn: note, error: note };
  const house = await playHouse({ store: storeOver(stored), stage, models, listedServers: '*', log });
  return { ...house, logged };
}

/** An evening with all that a server’s people leave in a store. */
export async function storedEvening(): Promise<Stored> {
  const stored: Stored = new Map([...ENTRY_KINDS, 'meta' as const].map((kind) => [kind, new Map()]));
  const { engine, store } = await startOver(stored);
  const desk = { server: 's1', by: { id: MARA.id, moderator: false } };
  await engine.cards.save(desk, smallCard('Marrow'), { picture: smallPng(16) });
  await engine.cards.bring(desk, 'coast.json', smallWorldFile('Coast'));
  for (const { id, server, player } of SCENES) {
    await engine.start({ id, stage: 'discord', server, owner: player, cast: ['wenna', 'tom'], seed: 3 });
    await engine.idle(id);
    await engine.hear(id, { player, text: 'Good evening, all.', source: `m1-${id}` });
    await engine.idle(id);
    await engine.setPeek(id, 'everyone');
    await engine.hear(id, { player, text: 'Tom, is there a boat?', source: `m2-${id}` });
    await engine.idle(id);
  }
  for (const server of ['s1', 's2']) await engine.servers.approve(server);
  await engine.privacy.optIn(MARA.id, true);
  await store.put('server', 'config/s1', { revision: 1, levels: { server: { turnsPerLine: 2 } } });
  await engine.close();
  return stored;
}
