import type { Library } from '../../cast/library/library-api.ts';
import { PlayerError } from '../../errors.ts';
import { characterActorId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { Engine, SceneInfo } from '../engine-api.ts';
import type { Asker } from '../player.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';
import type { Keepsake, KeepsakeBeat, KeepsakeMember } from './keepsake.ts';
import { portraitOf } from './portrait.ts';

/**
 * A scene as this person may take it away: all that happened openly for its owner and moderators;
 * for anyone else what happened in its main place, and what they witnessed in its rooms. Thoughts
 * are in it only where everyone may read them. Whispers are in no keepsake.
 *
 * @throws PlayerError where there is no scene, or nothing happened in it yet
 */
export async function gatherKeepsake(
  engine: Engine,
  library: Library,
  sceneId: SceneId,
  by: Asker,
): Promise<Keepsake> {
  const info = await engine.info(sceneId);
  if (!info) throw new PlayerError('No scene plays here. /scene start opens one.');
  const { record } = info;
  const shown = await engine.replay(record.id);
  const beats = await openTo(by, engine, record, shown);
  const [first] = beats;
  if (!first) throw new PlayerError('Nothing has happened here yet that could be kept.');
  return {
    title: record.title,
    setting: openingOf(info, shown, library),
    cast: await Promise.all(info.cast.map(({ character }) => memberOf(character))),
    players: [...new Set(info.players.map(({ actor }) => actor.name))],
    at: first.at,
    ended: record.status === 'ended',
    origin: record.origin,
    beats: beats.map((beat) => keptBeat(beat, info)),
    ...(await openThoughtsOf(engine, record, beats)),
  };
}

async function openTo(
  by: Asker,
  engine: Engine,
  record: SceneRecord,
  shown: readonly StageBeat[],
): Promise<readonly StageBeat[]> {
  const all = by.moderator || by.id === record.owner;
  if (all || shown.every(({ place }) => place === undefined)) return shown;
  const witnessed = await engine.ledger.witnessedBy(record.id, by.id);
  const perceived = new Map(witnessed.map(({ n, segments }) => [n, segments]));
  return shown.flatMap((beat) => {
    if (beat.place === undefined) return [beat];
    const segments = perceived.get(beat.n);
    if (!segments) return [];
    // Who stood out of earshot saw what was done, and heard nothing.
    return [beat.kind === 'line' ? { ...beat, segments } : beat];
  });
}

/** A file holds those thoughts alone that whoever is handed it could read, and only of lines that are in it. */
async function openThoughtsOf(
  engine: Engine,
  record: SceneRecord,
  beats: readonly StageBeat[],
): Promise<Pick<Keepsake, 'thoughts'>> {
  const open = await engine.openThoughts(record.id);
  if (!open) return {};
  const kept = beats.flatMap(({ n }) => {
    const thoughts = open.get(n);
    return thoughts ? [[n, thoughts] as const] : [];
  });
  return { thoughts: new Map(kept) };
}

// What the scene tells of itself is where it is now. Where that changed, its script knows where it began.
function openingOf({ record, setting }: SceneInfo, shown: readonly StageBeat[], library: Library): string {
  if (!shown.some(({ kind }) => kind === 'setting')) return setting;
  return (record.script === undefined ? undefined : library.scene(record.script)?.setting) ?? '';
}

async function memberOf(character: SceneInfo['cast'][number]['character']): Promise<KeepsakeMember> {
  const portrait = await portraitOf(character);
  return {
    id: characterActorId(character.id),
    name: character.name,
    sheet: character.publicSheet,
    ...(portrait ? { portrait } : {}),
  };
}

function keptBeat({ n, at, kind, speaker, segments, place }: StageBeat, { rooms }: SceneInfo): KeepsakeBeat {
  return {
    n,
    at,
    kind,
    ...(speaker ? { speaker } : {}),
    segments,
    ...(place === undefined ? {} : { place: rooms.find(({ id }) => id === place)?.name ?? 'another room' }),
  };
}
