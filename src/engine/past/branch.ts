import { PlayerError } from '../../errors.ts';
import type { Beat } from '../../scene/beat.ts';
import { activeBeats } from '../../scene/timeline.ts';
import type { EngineRoom } from '../engine-room.ts';
import { saveRecord } from '../engine-room.ts';
import { bringHome } from '../ledger/rooms.ts';
import { append, emptyLiveScene, foldAnew, type LiveScene } from '../live-scene.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';
import { levelsOfScene } from '../settings/levels-of-place.ts';
import { deliveryKey } from '../show-beat.ts';
import type { BranchPlace } from './past-api.ts';
import { endOf } from './rewind.ts';

/** What a branch begins with. */
export type BranchPoint = { readonly record: SceneRecord; readonly beats: readonly Beat[] };

/**
 * The log up to beat `n`, abandoned beats included, so that every number stays what it is. Where `n` was
 * left behind since, that is the story as it was then.
 * In the scene's mailbox. @throws PlayerError where there is no beat `n`
 */
export async function branchPoint(room: EngineRoom, live: LiveScene, n: number): Promise<BranchPoint> {
  const { store } = room.options;
  const log = await Array.fromAsync(store.read(live.record.log));
  const to = endOf(activeBeats(log), n) ?? endOf(log, n);
  if (to === undefined) throw new PlayerError('That is not part of the story any more.');
  return { record: live.record, beats: log.filter((beat) => beat.n <= to) };
}

/**
 * Opens the branch: the same log, hence identical minds; those who were in a room are in the main
 * place, since the rooms are the first scene's.
 * @throws PlayerError where the place hosts a scene
 */
export async function openBranch(
  room: EngineRoom,
  registry: Registry,
  { record, beats }: BranchPoint,
  into: BranchPlace,
): Promise<SceneRecord> {
  const { store } = room.options;
  const { id, server, parent, owner, title } = into;
  const { server: _server, parent: _parent, cardMessage: _card, turns: _turns, ...kept } = record;
  return registry.start(
    id,
    (log) =>
      emptyLiveScene({
        ...kept,
        id,
        log,
        title: (title ?? `What if: ${record.title}`).slice(0, 100),
        owner: owner.id,
        status: 'playing',
        createdAt: room.clock.now(),
        rooms: [],
        branches: [],
        saves: (record.saves ?? []).filter(({ n }) => n <= (beats.at(-1)?.n ?? 0)),
        branchOf: { log: record.log, n: beats.at(-1)?.n ?? 0 },
        ...(server === undefined ? {} : { server }),
        ...(parent === undefined ? {} : { parent }),
      }),
    async (live) => {
      await inheritSettings(room, record, live.record);
      for (const { n: _n, ...beat } of beats) await append(live, store, beat);
      // Abandoned beats were among them.
      await foldAnew(live, store);
      live.unshown = [];
      // What was shown in the first place is not shown again in this one.
      for (const beat of beats)
        await store.put('delivery', deliveryKey(live.record.log, beat.n), { messages: [] });
      await saveRecord(room, live, { restedAt: live.state.beats });
      live.known = true;
      await bringHome(room, live);
      await saveRecord(room, live, { restedAt: live.state.beats });
      room.stage(live.record)?.changed(live.record);
    },
  );
}

/** The first scene knows of a branch: what is deleted there is deleted in both. */
export async function followBranch(room: EngineRoom, live: LiveScene, branch: SceneRecord): Promise<void> {
  const { id: scene, log } = branch;
  await saveRecord(room, live, { branches: [...live.record.branches, { scene, log }] });
}

/** What was set for the first scene alone (who reads thoughts, who plays, what is looked at) holds in the branch, too. */
async function inheritSettings({ settings }: EngineRoom, from: SceneRecord, to: SceneRecord): Promise<void> {
  const ownOf = (record: SceneRecord) => levelsOfScene(record).find(({ level }) => level === 'scene');
  const [before, now] = [ownOf(from), ownOf(to)];
  if (before && now) await settings.setAll(now, await settings.at(before));
}
