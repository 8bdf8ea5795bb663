import { isDeepStrictEqual } from 'node:util';
import { type Beat, isPlayerId } from '../../scene/beat.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import { foldAnew, type LiveScene } from '../live-scene.ts';
import { changeKept } from '../memory/server-memory.ts';
import { readBeat } from '../past/read-beat.ts';
import { showStanding } from '../past/stand-instead.ts';
import { cleaned } from './erase-in-beat.ts';
import { createQuotes, type Quotes } from './quotes.ts';

/** Of words that are gone those that other words, which stay, do not hold as well. */
export function quotesOf(gone: readonly string[], stays = ''): Quotes {
  const quotes = createQuotes();
  for (const text of gone) quotes.add(text);
  quotes.forgive(stays);
  return quotes;
}

/**
 * Puts out of a log, after beat `after`, what characters and the Narrator repeat of words that are gone.
 * What players repeat is theirs. Returns the beats that read differently now.
 */
export async function putOutOfLog(
  store: SceneStore,
  log: string,
  after: number,
  quotes: Quotes,
): Promise<readonly number[]> {
  const changed: number[] = [];
  if (quotes.none()) return changed;
  for await (const beat of store.read(log, after + 1)) {
    if (await isPlayers(store, log, beat)) continue;
    const left = cleaned(beat, { ids: new Map(), words: quotes.putOut });
    if (isDeepStrictEqual(left, beat)) continue;
    await store.rewrite(log, left);
    changed.push(left.kind === 'line' ? (left.alternativeTo ?? left.n) : left.n);
  }
  return [...new Set(changed)];
}

/** A player's words, also where they put them otherwise. */
async function isPlayers(store: SceneStore, log: string, beat: Beat): Promise<boolean> {
  const said = beat.kind === 'amend' ? await readBeat(store, log, beat.of) : beat;
  return said !== undefined && 'speaker' in said && isPlayerId(said.speaker.id);
}

/** The same for a scene that is in memory, in its mailbox: also where it stands, and where it was kept. */
export async function putOutQuotes(
  room: EngineRoom,
  live: LiveScene,
  after: number,
  quotes: Quotes,
): Promise<void> {
  const { store } = room.options;
  const { log } = live.record;
  const changed = await putOutOfLog(store, log, after, quotes);
  if (changed.length === 0) return;
  await changeKept(room, (_server, scene) =>
    scene.log === log
      ? { ...scene, kept: scene.kept.filter(({ text }) => quotes.putOut(text) === text) }
      : scene,
  );
  for (const beat of changed) await room.audit.eraseQuotes({ log, beat });
  await room.choices.erase({ log, lines: changed, gone: 'line' });
  await foldAnew(live, store);
  await showAnew(room, live, changed);
}

/** What stands on the surface reads as the log does now; one that cannot be changed holds up nothing. */
export async function showAnew(room: EngineRoom, live: LiveScene, beats: readonly number[]): Promise<void> {
  for (const n of beats) {
    try {
      await showStanding(room, live, n);
    } catch (error) {
      room.closing.throwIfAborted();
      room.log.warn('line-stays-shown', { scene: live.record.id, beat: n, error: kindOf(error) });
    }
  }
}
