import { createPinoLog } from '../../../src/cli/pino-log.ts';
import type { Desk } from '../../../src/engine/cards/cards-api.ts';
import { choiceKey } from '../../../src/engine/choices/choice-key.ts';
import type { Engine } from '../../../src/engine/engine-api.ts';
import type { SceneRecord } from '../../../src/engine/scene-record.ts';
import type { DocumentKind, SceneStore } from '../../../src/store/scene-store.ts';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { smallCard, smallPng, smallWorldFile } from '../../support/small-card.ts';
import { createMarkers, ID, JORY, LOG, markersIn, NAME, plantedBeats, SCENE, SERVER } from './person.ts';

const DESK: Desk = { server: SERVER, by: { id: ID, moderator: false } };

type Planting = { readonly store: SceneStore; readonly engine: Engine; readonly say: () => string };

/**
 * Documents of every kind, with the person's words, names and ids wherever they can stand in them. A
 * kind that is new does not compile until it is said here what of people is in it.
 */
export const DOCUMENTS: { readonly [K in DocumentKind]: (planting: Planting) => Promise<void> } = {
  async scene({ store, say }) {
    const record: SceneRecord = {
      id: SCENE,
      log: LOG,
      title: say(),
      stage: 'discord',
      server: SERVER,
      owner: ID,
      preset: 'game-master',
      status: 'playing',
      seed: 1,
      createdAt: 1_700_000_000_000,
      pace: 'none',
      origin: 'discord',
      restedAt: 0,
      rooms: [{ id: 'discord:room', name: say() }],
      saves: [{ id: 's1', name: say(), n: 3, at: 1_700_000_000_000 }],
      cues: [{ actions: [{ name: 'nod', means: say() }] }],
      branches: [],
    };
    await store.put('scene', SCENE, record);
  },
  room: ({ store }) => store.put('room', 'discord:room', { scene: SCENE, log: LOG }),
  delivery: ({ store }) => store.put('delivery', `${LOG}/6`, { messages: ['m-posted'] }),
  message: ({ store }) => store.put('message', 'm-posted', { scene: SCENE, log: LOG, n: 6 }),
  heard: ({ store }) => store.put('heard', 'm-2', { scene: SCENE, log: LOG, n: 5 }),
  webhook: ({ store }) => store.put('webhook', '222222222222222222', { id: '1', token: 'a token of ours' }),
  // Programs, by the names that the operator gave them.
  application: async () => {},
  stage: ({ store }) => store.put('stage', `heard-whispers/${LOG}/${ID}`, [9]),
  async server({ store, say }) {
    const kept = [
      { n: 5, text: say() },
      { n: 6, text: `${NAME} and I. ${say()}` },
    ];
    await store.put('server', `memory/${SERVER}/wenna`, {
      on: true,
      scenes: [{ log: LOG, title: say(), kept }],
    });
    const report = { scene: SCENE, n: 6, by: ID, at: 1, reason: say() };
    await store.put('server', `report/${SERVER}/m-posted`, report);
    await store.put('server', `block/${SERVER}/${JORY}`, { by: ID, at: 1, reason: say() });
  },
  person: ({ engine }) => engine.privacy.optIn(ID, true),
  async card({ engine, say }) {
    const fields = {
      description: say(),
      mes_example: say(),
      tags: [say()],
      extensions: { other: { note: say() } },
    };
    const picture = smallPng(8);
    await engine.cards.save(DESK, smallCard(`Quill of ${NAME}`, fields), { picture });
    // And one that somebody else brought, which stays.
    await engine.cards.save({ ...DESK, by: { id: JORY, moderator: false } }, smallCard('Sexton'));
  },
  async world({ engine, say }) {
    await engine.cards.bring(DESK, `The coast of ${NAME}.json`, smallWorldFile(say()));
  },
  async principle({ engine, say }) {
    await engine.principles.add(SERVER, `Never forget this: ${say()}`, { id: ID, moderator: true });
    // And one that somebody else asked for, which stays without them.
    await engine.principles.add(SERVER, `Let nobody laugh at ${NAME}.`, { id: JORY, moderator: true });
  },
  async choice({ store, say }) {
    const choice = (log: string, by: string) => ({
      ...{ at: 1_700_000_000_000, log, by, what: 'down', n: 6, speaker: 'character:wenna' },
      worse: ['0'.repeat(64)],
    });
    // Theirs, also of a scene that is not there any more; and what others chose with their words in view.
    await store.put('choice', choiceKey(LOG, ID, '6/thumb'), { ...choice(LOG, ID), origin: 'discord' });
    const seen = (words: string) => ({
      context: {
        speaker: 'Old Wenna',
        sheet: `She knew ${NAME}.`,
        setting: '',
        others: [],
        lines: [words],
        note: '',
      },
      worse: [[{ kind: 'speech', text: words }]],
    });
    for (const [log, words] of [
      [LOG, say()],
      ['web:elsewhere#1', `${NAME} said nothing.`],
    ] as const) {
      const own = { ...choice(log, JORY), origin: 'local', seen: seen(words) };
      await store.put('choice', choiceKey(log, JORY, '6/versions'), own);
    }
    // And one that holds nothing of theirs, which stays.
    const other = { ...choice('web:elsewhere#1', JORY), origin: 'discord' };
    await store.put('choice', choiceKey('web:elsewhere#1', JORY, '6/thumb'), other);
  },
  counter: ({ store }) => store.put('counter', `lines/${SERVER}/${ID}`, { period: 1, count: 4 }),
  async audit({ engine, say }) {
    const about = { by: ID, about: [ID], scene: SCENE, log: LOG };
    engine.audit.note(SERVER, {
      kind: 'whispered',
      text: `${NAME} whispered.`,
      quote: say(),
      beat: 9,
      ...about,
    });
    engine.audit.note(SERVER, { kind: 'secret', text: `${NAME} has a secret.`, quote: say(), ...about });
    engine.audit.note(SERVER, {
      kind: 'reported',
      text: 'Reported.',
      quote: say(),
      by: JORY,
      about: [ID, JORY],
    });
    engine.audit.note(SERVER, {
      kind: 'held-back',
      text: { text: 'By {{who}}', values: { who: NAME } },
      by: ID,
    });
    await engine.audit.settled();
  },
};

/** A store full of the person, and a real engine over it. */
export async function plant(store: SceneStore) {
  const logged: string[] = [];
  const markers = createMarkers();
  const house = await playHouse({
    store,
    stage: createRecordingStage('discord', true),
    log: createPinoLog('debug', { write: (line) => void logged.push(line) }),
  });
  for (const beat of plantedBeats(markers)) await store.append(LOG, beat);
  for (const put of Object.values(DOCUMENTS)) await put({ store, engine: house.engine, say: markers.say });
  return { ...house, markers: markers.used, logged };
}

/** What may be left: that they opted in to something is their own wish, under their id. */
export function leftIn(text: string): string[] {
  return markersIn(text.replaceAll(`consent/${ID}`, ''));
}
