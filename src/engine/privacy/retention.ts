import { z } from 'zod';
import { replayForStage } from '../../scene/stage-replay.ts';
import { render } from '../../words/render.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, kindOf, localeOf } from '../engine-room.ts';
import type { Keepsake } from '../keepsake/keepsake.ts';
import { keepsakeName } from '../keepsake/keepsake.ts';
import { renderKeepsakeMarkdown } from '../keepsake/render-keepsake-markdown.ts';
import type { SceneRecord } from '../scene-record.ts';
import { StageError } from '../stage.ts';
import { inFiles } from './in-files.ts';
import { inItsPlace } from './in-scene.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Whoever played has so long to keep what they want to keep; half of the time where that is short. */
const WARNING_MS = 7 * DAY_MS;

const warnedSchema = z.object({ activity: z.number(), warnedAt: z.number() });

/**
 * What is due for a scene now. A warning counts only for the activity that it was given after, and
 * not while a clock says that it was given in times to come; a scene is erased when its time is over
 * and a warning was given so long before.
 */
export async function dueNow(
  room: EngineRoom,
  record: SceneRecord,
  retentionDays: number,
): Promise<'nothing' | 'warn' | 'erase'> {
  const { clock, options } = room;
  const now = clock.now();
  const keptMs = retentionDays * DAY_MS;
  const aheadMs = warningMs(retentionDays);
  // Most scenes are younger than that, and are not read for it.
  if (now < record.createdAt + keptMs - aheadMs) return 'nothing';
  const activity = await lastActivity(room, record);
  if (now < activity + keptMs - aheadMs) return 'nothing';
  const warned = warnedSchema.safeParse(await options.store.get('server', warnedKey(record.log))).data;
  if (!warned || warned.activity !== activity || warned.warnedAt > now) return 'warn';
  return now >= warned.warnedAt + aheadMs && now >= activity + keptMs ? 'erase' : 'nothing';
}

function warningMs(retentionDays: number): number {
  return Math.min(WARNING_MS, (retentionDays * DAY_MS) / 2);
}

/** Milliseconds since the epoch of the last beat, or of the start of a scene without any. */
async function lastActivity({ options: { store } }: EngineRoom, record: SceneRecord): Promise<number> {
  let last = record.createdAt;
  for await (const { at } of store.read(record.log, Math.max(1, record.restedAt))) last = Math.max(last, at);
  return last;
}

/** Everyone in the scene is told, and handed what happened openly in it; then that is written down. */
export async function warnOf(room: EngineRoom, record: SceneRecord): Promise<boolean> {
  const { clock, closing, log, options } = room;
  const activity = await lastActivity(room, record);
  const place = inItsPlace(record);
  const stage = room.stage(record);
  // The surface is not there, and nobody on it can be told.
  if (!stage) return false;
  const text = render(
    say(
      '“{{title}}” has been quiet for a long time. In {{count}} days it is deleted, with all that was said in it.',
      {
        title: record.title,
        count: Math.ceil(warningMs(room.rulesFor(record).retentionDays) / DAY_MS),
      },
    ),
    localeOf(room, record),
  );
  try {
    if (stage.handOut) await stage.handOut(place, text, await filesOf(room, record), closing);
    else await stage.notice(place, { kind: 'info', text });
  } catch (error) {
    closing.throwIfAborted();
    log.warn('retention-not-told', { scene: record.id, error: kindOf(error) });
    // Where nobody is there any more, nobody can be told; an outage passes.
    if (!(error instanceof StageError) || error.reason === 'unreachable') return false;
  }
  await options.store.put('server', warnedKey(record.log), { activity, warnedAt: clock.now() });
  return true;
}

/** What happened openly in the main place: what everyone there could read anyway. */
async function filesOf({ options: { store, library } }: EngineRoom, record: SceneRecord) {
  const beats = replayForStage(await Array.fromAsync(store.read(record.log))).filter(
    ({ place }) => place === undefined,
  );
  const [first] = beats;
  if (!first) return [];
  const script = record.script === undefined ? undefined : library.scene(record.script);
  const keepsake: Keepsake = {
    title: record.title,
    setting: script?.setting ?? '',
    cast: [],
    players: [],
    at: first.at,
    ended: record.status === 'ended',
    origin: record.origin,
    beats: beats.map(({ place: _place, alternativeTo: _of, inferred: _inferred, ...beat }) => beat),
  };
  return inFiles(keepsakeName(keepsake), renderKeepsakeMarkdown(keepsake).split('\n\n'));
}

function warnedKey(log: string): string {
  return `retention/${log}`;
}
