import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Segment } from '../../format/segments.ts';
import { type ActorId, type Beat, playerActorId } from '../../scene/beat.ts';
import { DamagedError, StoreError } from '../../store/scene-store.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import { changeKept } from '../memory/server-memory.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';
import { deliveryKey } from '../show-beat.ts';
import { serves } from '../territory.ts';
import { advance, breakIn, cancel } from '../turn/turn-loop.ts';
import { eraseDocuments } from './erase-documents.ts';
import { type Cleaning, cleaned, cleanValue, withoutWords } from './erase-in-beat.ts';
import { changeRecord, inItsPlace, inScene, readAnew } from './in-scene.ts';
import { unnaming } from './names.ts';
import type { Erased } from './privacy-api.ts';
import { showAnew } from './put-out-quotes.ts';
import { createQuotes } from './quotes.ts';
import { type Part, partIn, wordsOf } from './words-of.ts';

const deliverySchema = z.object({ messages: z.array(z.string()) });
const NO_TITLE = 'A scene';

/**
 * Erases a person from all that is stored: first what others repeat of them (in logs, in what
 * characters remember across a server), then their own words, then the documents under their id. In
 * this order a run that was cut short still knows, in the next one, what to look for.
 *
 * Where several processes share the store, only what this one serves is changed; what they said
 * elsewhere is read, so that it is known here when it is repeated.
 *
 * @param token stands for them in logs from now on; the same one in each run of one erasure
 */
export async function erasePerson(
  room: EngineRoom,
  registry: Registry,
  person: string,
  token: string,
): Promise<Erased> {
  const { store, library } = room.options;
  const became = playerActorId(`gone-${token}`);
  const ids = new Set([playerActorId(person), became]);
  const quotes = createQuotes();
  const shipped = new Set(library.scenes().map(({ setting }) => setting));
  const each = (beat: Beat) => quotes.add(wordsOf(beat));
  const parts: Part[] = [];
  const unread: StoreError[] = [];
  for await (const record of registry.everywhere((id) => unread.push(unreadable(id)))) {
    try {
      parts.push(await partIn(store, record, ids, { owns: record.owner === person, shipped, each }));
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      unread.push(error);
    }
  }
  const isOurs = ({ record }: Part) => serves(room.options, record.server);
  const mine = parts.filter(({ takesPart }) => takesPart);
  const servers = new Set(mine.filter(isOurs).map(({ record }) => record.server));
  const cleaningOf = ({ names, others, walkOns }: Known): Cleaning => {
    const unnamed = unnaming(names, others);
    return {
      ids: new Map<ActorId, ActorId>([
        [playerActorId(person), became],
        [person, ''],
        ...[...walkOns].map((id): [ActorId, ActorId] => [id, 'walk-on:someone']),
      ]),
      words: (text) => unnamed(quotes.putOut(text)),
    };
  };
  const anywhere = cleaningOf({ ...everyone(mine), walkOns: new Set() });
  const theirLogs = new Set(mine.map(({ record }) => record.log));
  const eraseChoices = async (): Promise<void> => {
    await room.choices.erase({ person });
    // In a view that was kept their words stand as they said them, however few.
    await room.choices.erase({
      seen: (seen, log) =>
        theirLogs.has(log) ||
        !isDeepStrictEqual(
          cleanValue(seen, anywhere, () => true),
          seen,
        ),
    });
  };
  await eraseChoices();

  await changeKept(room, (server, scene) => {
    if (!servers.has(server)) return scene;
    const part = mine.find(({ record }) => record.log === scene.log);
    const { words } = part ? cleaningOf(part) : anywhere;
    const kept = scene.kept.filter(({ n, text }) => !part?.theirs.has(n) && words(text) === text);
    return { ...scene, title: part?.record.owner === person ? NO_TITLE : words(scene.title), kept };
  });
  for (const part of parts.filter(isOurs)) {
    if (part.takesPart) await cleanOthers(room, registry, part, cleaningOf(part));
    else if (servers.has(part.record.server)) {
      await cleanOthers(room, registry, part, cleaningOf({ ...part, names: fullNames(mine, part.record) }));
    }
  }
  for (const part of mine.filter(isOurs))
    await eraseOwn(room, registry, part, person, token, cleaningOf(part));
  await room.cards.erase({ person });
  await room.principles.erase({
    person,
    words: (text, server) => (servers.has(server) ? anywhere.words(text) : text),
  });
  await room.audit.eraseQuotes({ person });
  await eraseDocuments(store, person, anywhere);
  // Also what was chosen meanwhile, with them in view.
  await eraseChoices();
  // All else is done. It is asked for again at each start, until that scene was repaired or erased.
  if (unread[0]) throw unread[0];
  return { scenes: mine.length, beats: mine.reduce((sum, { theirs }) => sum + theirs.size, 0) };
}

function unreadable(id: string): StoreError {
  return new StoreError(`The record of scene ${id} cannot be read: run dramatis doctor --repair.`);
}

type Known = Pick<Part, 'names' | 'others' | 'walkOns'>;

function everyone(parts: readonly Part[]): Pick<Known, 'names' | 'others'> {
  return {
    names: new Set(parts.flatMap(({ names }) => [...names])),
    others: new Set(parts.flatMap(({ others }) => [...others])),
  };
}

/** By these they may be known in a scene that they were not in; a single word may mean anything there. */
function fullNames(parts: readonly Part[], { server }: SceneRecord): ReadonlySet<string> {
  const known = parts.filter(({ record }) => record.server === server);
  return new Set([...everyone(known).names].filter((name) => /\s/u.test(name)));
}

async function cleanOthers(
  room: EngineRoom,
  registry: Registry,
  part: Part,
  cleaning: Cleaning,
): Promise<void> {
  await rewriteLog(room, registry, part.record, (beat) =>
    part.theirs.has(beat.n) ? beat : cleaned(beat, cleaning),
  );
}

async function eraseOwn(
  room: EngineRoom,
  registry: Registry,
  part: Part,
  person: string,
  token: string,
  cleaning: Cleaning,
): Promise<void> {
  const { record } = part;
  const { store } = room.options;
  await inScene(registry, record, async (live) => {
    // Nobody answers any more what they said.
    if (live) cancel(room, live);
    await takeDown(room, part);
  });
  await rewriteLog(room, registry, record, async (beat) => {
    if (!part.theirs.has(beat.n)) return beat;
    if (beat.source !== undefined) await store.remove('heard', beat.source);
    const source = beat.source === undefined ? {} : { source: `gone-${token}/${beat.n}` };
    return cleaned({ ...withoutWords(beat), ...source }, cleaning);
  });
  await inScene(registry, record, async (live) => {
    const now = live?.record ?? record;
    const owned = now.owner === person;
    await changeRecord(room, live, now, {
      title: owned ? NO_TITLE : cleaning.words(now.title),
      owner: owned ? '' : now.owner,
      rooms: now.rooms.map((one) => ({ ...one, name: owned ? 'a room' : cleaning.words(one.name) })),
      ...gameOf(now, owned, cleaning),
    });
    if (!live) return;
    room.stage(live.record)?.changed(live.record);
    if (live.record.status === 'playing') advance(room, live);
  });
}

/** What a game was told to keep: of the owner’s own nothing but where to go on from. */
function gameOf({ saves, cues }: SceneRecord, owned: boolean, { words }: Cleaning): Partial<SceneRecord> {
  return {
    ...(saves && { saves: saves.map((one) => ({ ...one, name: owned ? 'a save' : words(one.name) })) }),
    ...(cues && {
      cues: owned
        ? []
        : cues.map(({ actions, ...whose }) => ({
            ...whose,
            actions: actions.map(({ name, means }) => ({ name, means: means && words(means) })),
          })),
    }),
  };
}

/** Beat by beat, at whatever length; what memory holds of it is made anew, and what plays reads so on its surface. */
async function rewriteLog(
  room: EngineRoom,
  registry: Registry,
  record: SceneRecord,
  change: (beat: Beat) => Beat | Promise<Beat>,
): Promise<void> {
  const { store } = room.options;
  const rewrite = async (): Promise<number[]> => {
    const changed: number[] = [];
    const reworded: number[] = [];
    for await (const beat of store.read(record.log)) {
      const after = await change(beat);
      if (isDeepStrictEqual(after, beat)) continue;
      await store.rewrite(record.log, after);
      const line = after.kind === 'line' ? (after.alternativeTo ?? after.n) : after.n;
      changed.push(line);
      if (!isDeepStrictEqual(segmentsOf(after), segmentsOf(beat))) reworded.push(line);
    }
    // What moderators were shown of it stands in their channel, too.
    for (const beat of new Set(changed)) await room.audit.eraseQuotes({ log: record.log, beat });
    // Hashes of how it read are of their words, too.
    await room.choices.erase({ log: record.log, lines: reworded, gone: 'line' });
    return changed;
  };
  const inMemory = await inScene(registry, record, async (live) => {
    const changed = await rewrite();
    if (changed.length === 0 || !live) return live !== undefined;
    const broken = breakIn(room, live);
    await readAnew(room, live);
    await showAnew(room, live, [...new Set(changed)]);
    if (broken) advance(room, live, broken.called);
    return true;
  });
  room.traces.forget(record.log);
  // It may have been read into memory while it was being rewritten.
  if (!inMemory) await inScene(registry, record, async (live) => live && readAnew(room, live));
}

function segmentsOf(beat: Beat): readonly Segment[] {
  return 'segments' in beat ? beat.segments : [];
}

/** What we posted for them on the surface goes; what they posted themselves is theirs to delete. */
async function takeDown(room: EngineRoom, { record, theirs }: Part): Promise<void> {
  const stage = room.stage(record);
  if (!stage) return;
  const place = inItsPlace(record);
  for (const n of theirs) {
    const key = deliveryKey(record.log, n);
    const stored = deliverySchema.safeParse(await room.options.store.get('delivery', key));
    const delivery = stored.data ?? { messages: [] };
    if (stage.durable && delivery.messages.length === 0) continue;
    try {
      await stage.update(place, n, delivery, undefined, room.closing);
    } catch (error) {
      room.closing.throwIfAborted();
      room.log.warn('line-stays-shown', { scene: record.id, beat: n, error: kindOf(error) });
    }
  }
}
