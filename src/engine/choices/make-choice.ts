import type { Segment } from '../../format/segments.ts';
import type { BeatOf } from '../../scene/beat.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Choice, SeenChoice } from './choice.ts';
import type { Chosen } from './choices-api.ts';
import { judgedVersions } from './judged-versions.ts';
import { originIn, viewBefore } from './seen-by.ts';
import { hasherOf } from './version-hash.ts';

/** A choice as it is stored; undefined where none of the versions is there any more. In the scene's mailbox. */
export async function makeChoice(
  room: EngineRoom,
  live: LiveScene,
  chosen: Chosen,
  by: string,
): Promise<Choice | undefined> {
  const { store } = room.options;
  const { log } = live.record;
  const { what, n, speaker, was } = chosen;
  const versions = await versionsOf(store, log, n);
  const segmentsOf = (beat: number): readonly Segment[] => {
    const found = versions.find((version) => version.n === beat);
    return found?.segments ?? [];
  };
  const better = chosen.better === undefined ? [] : segmentsOf(chosen.better);
  const worse = [...chosen.worse.map(segmentsOf), ...(was ? [was] : [])].filter(isThere);
  if (better.length === 0 && worse.length === 0) return undefined;
  const hashed = await hasherOf(store, log);
  const told = [...chosen.worse, ...(chosen.better === undefined ? [] : [chosen.better])];
  const judge = what === 'edit' ? undefined : judgedVersions(versions, told, live.state.amends, hashed);
  const facts = {
    at: room.clock.now(),
    log,
    by,
    what,
    n,
    speaker: speaker.id,
    ...(isThere(better) ? { better: hashed(better) } : {}),
    worse: worse.map(hashed),
    ...(judge ? { judge } : {}),
  };
  const origin = await originIn(room, live);
  if (origin === 'discord') return { ...facts, origin };
  const context = viewBefore(room, live, chosen);
  if (!context) return { ...facts, origin };
  const seen: SeenChoice = { context, ...(isThere(better) ? { better } : {}), worse };
  return { ...facts, origin, seen: copied(seen) };
}

/**
 * What they prefer of a line's versions after they looked at one more: the one that stands now to all
 * that stood before it. Who leafs through versions prefers where they stop.
 */
export function joinedWith(before: Choice, now: Choice): Choice {
  // That nothing came of another try says less than what they had chosen.
  if (now.better === undefined && before.better !== undefined) return before;
  const known = new Map<string, readonly Segment[]>([...segmentsIn(before), ...segmentsIn(now)]);
  const passed = [...before.worse, ...(before.better === undefined ? [] : [before.better]), ...now.worse];
  const worse = [...new Set(passed)].filter((hash) => hash !== now.better);
  if (now.origin === 'discord' || !now.seen) return { ...now, worse };
  // Of versions that were chosen between before their words were kept, there are none.
  const kept = worse.filter((hash) => known.has(hash));
  const seen = { ...now.seen, worse: kept.map((hash) => [...(known.get(hash) ?? [])]) };
  return { ...now, worse: kept, seen };
}

function segmentsIn(choice: Choice): [string, readonly Segment[]][] {
  if (choice.origin === 'discord' || !choice.seen) return [];
  const { better, worse } = choice.seen;
  return [
    ...(choice.better !== undefined && better ? ([[choice.better, better]] as [string, Segment[]][]) : []),
    ...choice.worse.map((hash, at): [string, readonly Segment[]] => [hash, worse[at] ?? []]),
  ];
}

function isThere(segments: readonly Segment[]): boolean {
  return segments.length > 0;
}

function copied({ context, better, worse }: SeenChoice) {
  return {
    context: { ...context, others: [...context.others], lines: [...context.lines] },
    ...(better ? { better: [...better] } : {}),
    worse: worse.map((segments) => [...segments]),
  };
}

// Swipes are of the newest line, so they follow it closely.
const VERSIONS_WITHIN = 200;

/** A line and all its other versions, oldest first, as they read now. */
async function versionsOf(store: SceneStore, log: string, of: number): Promise<BeatOf<'line'>[]> {
  const found: BeatOf<'line'>[] = [];
  for await (const beat of store.read(log, of)) {
    if (beat.n > of + VERSIONS_WITHIN) break;
    if (beat.kind === 'line' && (beat.n === of || beat.alternativeTo === of)) found.push(beat);
  }
  return found;
}
