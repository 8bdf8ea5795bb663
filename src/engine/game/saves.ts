import { randomUUID } from 'node:crypto';
import { PlayerError } from '../../errors.ts';
import { clip } from '../../format/player-line.ts';
import type { Beat } from '../../scene/beat.ts';
import { type EngineRoom, saveRecord } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { BranchPoint } from '../past/branch.ts';
import { harmless } from '../reserved-names.ts';
import type { Save } from './game-api.ts';

/** The oldest goes where another comes. */
const MOST_SAVES = 50;
const LONGEST_NAME = 80;

/** Notes how long the log is: it only ever grows, so that what it was then can be read again. */
export async function save(room: EngineRoom, live: LiveScene, wanted: string): Promise<Save> {
  const name = clip(harmless(room.libraryOf(live.record), live, wanted), LONGEST_NAME);
  if (!name) throw new PlayerError('Give the save a name.');
  const made: Save = { id: randomUUID().slice(0, 8), name, n: live.state.beats, at: room.clock.now() };
  const others = (live.record.saves ?? []).filter((one) => one.name !== name);
  await saveRecord(room, live, { saves: [...others, made].slice(-MOST_SAVES) });
  return made;
}

/** The log as it was then, abandoned beats included. @throws PlayerError where there is no such save */
export async function savePoint(room: EngineRoom, live: LiveScene, id: string): Promise<BranchPoint> {
  const found = live.record.saves?.find((one) => one.id === id);
  if (!found) throw new PlayerError('There is no such save in this scene.');
  const beats: Beat[] = [];
  for await (const beat of room.options.store.read(live.record.log)) {
    if (beat.n > found.n) break;
    beats.push(beat);
  }
  return { record: live.record, beats };
}
