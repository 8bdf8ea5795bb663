import { createHash } from 'node:crypto';
import type { Character } from '../../../cast/character.ts';
import { readShippedCards } from '../../../cast/library/read-shipped.ts';
import type { Settings } from '../../../config/environment.ts';
import { sceneRecordSchema } from '../../../engine/scene-record.ts';
import { OperatorError } from '../../../errors.ts';
import { conversationOfBeats } from '../../../lab/synth/load/conversation-of-beats.ts';
import { sheetOfCard } from '../../../lab/synth/load/forms/card-sheet.ts';
import type { Loaded } from '../../../lab/synth/load/loaded.ts';
import type { SynthSource } from '../../../lab/synth/run/synth-run.ts';
import { type Beat, cardIdOf, type Origin } from '../../../scene/beat.ts';
import { originOf } from '../../../scene/origin.ts';
import { openStore } from '../../../store/open-store.ts';
import { BadUse } from '../../bad-use.ts';
import { SHIPPED_CHARACTERS } from '../../house.ts';

/** A scene of the store that may train, with its whole log. */
export type StoredScene = {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
  readonly beats: readonly Beat[];
};

/**
 * Scenes of the store, by their ids.
 * @throws BadUse for one that is not there; OperatorError for one that came through Discord, or of which
 *   nothing says that it did not: no setting overrides this
 */
export async function readStoredScenes(
  { storeUrl, dataKeys }: Pick<Settings, 'storeUrl' | 'dataKeys'>,
  ids: readonly string[],
): Promise<readonly StoredScene[]> {
  if (ids.length === 0) return [];
  const store = await openStore(storeUrl, dataKeys);
  try {
    const scenes: StoredScene[] = [];
    for (const id of ids) {
      const record = sceneRecordSchema.safeParse(await store.get('scene', id)).data;
      if (!record) throw new BadUse(`there is no scene ${id.slice(0, 80)} in the store`);
      const beats = await Array.fromAsync(store.read(record.log));
      if (originOf([record.origin, ...beats.map(({ origin }) => origin)]) === 'discord') {
        throw new OperatorError(`${id}: refused, it came through Discord or nothing says that it did not.`);
      }
      scenes.push({ id, title: record.title, origin: record.origin, beats });
    }
    return scenes;
  } finally {
    await store.close();
  }
}

/** As something to load, and to be known again. */
export function sceneSource({ id, beats }: StoredScene): SynthSource {
  const text = JSON.stringify(beats);
  const hash = createHash('sha256').update(text).digest('hex');
  return {
    path: `scene ${id}`,
    form: 'scene',
    bytes: Buffer.byteLength(text),
    modified: 0,
    hash: async () => hash,
  };
}

/** What is in them, as conversations. */
export async function* loadStoredScenes(
  scenes: readonly StoredScene[],
  seen: (id: string) => boolean,
): AsyncGenerator<Loaded> {
  const cards = scenes.length === 0 ? new Map<string, Character>() : await shippedCards();
  for (const [at, { id, title, origin, beats }] of scenes.entries()) {
    const setting = beats.find((beat) => beat.kind === 'setting');
    const scene = {
      ...{ id, title, origin, characters: sheetsOf(beats, cards) },
      setting: setting?.kind === 'setting' ? setting.text : '',
    };
    yield conversationOfBeats(beats, scene, { where: `scene ${id}`, number: at + 1, seen });
  }
}

/** Who speaks in it, with what the card says where it is one that ships. */
function sheetsOf(beats: readonly Beat[], cards: ReadonlyMap<string, Character>) {
  const speakers = new Map(
    beats.flatMap((beat) => (beat.kind === 'line' ? [[beat.speaker.id, beat.speaker.name] as const] : [])),
  );
  return [...speakers].map(([id, name]) => {
    const card = cards.get(cardIdOf(id) ?? '');
    return card ? sheetOfCard(name, card) : { name };
  });
}

async function shippedCards(): Promise<Map<string, Character>> {
  const cards = await readShippedCards(SHIPPED_CHARACTERS);
  return new Map(cards.map(({ character }) => [character.id, character]));
}
