import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import type { DraftReport, SceneInfo } from '../../engine/engine-api.ts';
import type { Swiped } from '../../engine/past/past-api.ts';
import type { Player } from '../../engine/player.ts';
import type { VisibleSegment } from '../../format/segments.ts';
import { type ActorId, characterActorId, type PlaceId, playerActorId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { ViewEntry } from '../../scene/view.ts';
import { avatarPath } from './avatar-path.ts';
import { roleColorOf } from './role-colors.ts';
import type {
  Face,
  WireBeat,
  WireCharacter,
  WireDraft,
  WireLibrary,
  WireScene,
  WireViewEntry,
} from './wire-shapes.ts';

/**
 * From the engine's words to the wire's. Every object is written out field by field: what is not
 * named here does not travel.
 */
export function wireBeat(beat: StageBeat, thoughts = 0): WireBeat {
  return {
    n: beat.n,
    at: beat.at,
    kind: beat.kind,
    ...(beat.speaker ? { speaker: { id: beat.speaker.id, name: beat.speaker.name } } : {}),
    segments: beat.segments.map(wireVisible),
    ...(beat.alternativeTo === undefined ? {} : { alternativeTo: beat.alternativeTo }),
    ...(beat.place === undefined ? {} : { place: beat.place }),
    ...(beat.inferred ? { inferred: true } : {}),
    ...(beat.fallback ? { fallback: true } : {}),
    ...(beat.cut ? { cut: true } : {}),
    ...(thoughts > 0 ? { thoughts } : {}),
  };
}

export function wireVisible({ kind, text, cue }: VisibleSegment): WireBeat['segments'][number] {
  return cue === undefined ? { kind, text } : { kind, text, cue };
}

/** What else a session is told of a scene, as far as it may know. */
export type SceneDetails = {
  readonly swipes: readonly Swiped[];
  /** Who is in which room. */
  readonly places: ReadonlyMap<ActorId, PlaceId>;
  /** The judge's model, where one chooses. */
  readonly judge?: string;
};

/** `player`: who this session plays; in the scene they may be called a little otherwise. */
export function wireScene(
  info: SceneInfo,
  library: Library,
  player: Player,
  { swipes, places, judge }: SceneDetails,
): WireScene {
  const { script } = info.record;
  const whereabouts = (id: ActorId) => {
    const place = places.get(id);
    return place === undefined ? {} : { place };
  };
  const own = info.players.find(({ actor, present }) => present && actor.id === playerActorId(player.id));
  return {
    id: info.record.id,
    title: info.record.title,
    tagline: (script === undefined ? undefined : library.scene(script)?.tagline) ?? '',
    setting: info.setting,
    status: info.record.status,
    preset: info.record.preset,
    cast: info.cast.map(({ character, present }) => ({
      ...face(character, library),
      about: aboutOf(character),
      present,
      ...whereabouts(characterActorId(character.id)),
    })),
    players: info.players.map(({ actor, present }) => ({
      id: actor.id,
      name: actor.name,
      present,
      ...whereabouts(actor.id),
    })),
    rooms: info.rooms.map(({ id, name }) => ({ id, name })),
    ...(info.clock === undefined ? {} : { clock: info.clock }),
    swipes: swipes.map(({ n, version, versions }) => ({ n, version, versions })),
    beats: info.beats,
    turnsLeft: info.turnsLeft,
    turnsPerLine: info.turnsPerLine,
    ...(info.model === undefined ? {} : { model: info.model }),
    ...(info.bestOf !== undefined && info.bestOf > 1 ? { bestOf: info.bestOf } : {}),
    ...(judge === undefined ? {} : { judge }),
    ...(info.choicesOf?.length ? { choicesOf: info.choicesOf.map(({ id, name }) => ({ id, name })) } : {}),
    chips: info.chips.map(({ label, do: manner, to, text }) => ({
      label,
      do: manner,
      text,
      ...(to === undefined ? {} : { to }),
    })),
    you: own?.actor.name ?? player.name,
  };
}

export function wireViewEntry(entry: ViewEntry): WireViewEntry {
  return {
    n: entry.n,
    kind: entry.kind,
    ...(entry.speaker ? { speaker: { id: entry.speaker.id, name: entry.speaker.name } } : {}),
    own: entry.own,
    segments: entry.segments.map(({ kind, text }) => ({ kind, text })),
    ...(entry.to ? { to: entry.to.map(({ id, name }) => ({ id, name })) } : {}),
  };
}

export function wireDraft(draft: DraftReport): WireDraft {
  return {
    turn: draft.turn,
    speaker: { id: draft.speaker.id, name: draft.speaker.name },
    ...(draft.beat === undefined ? {} : { beat: draft.beat }),
    why: draft.why,
    ...(draft.systemThinking === undefined ? {} : { systemThinking: draft.systemThinking }),
    thoughts: draft.thoughts.map(({ kind, text }) => ({ kind, text })),
    faults: [...draft.faults],
    ...(draft.lore ? { lore: draft.lore.map((one) => ({ ...one })) } : {}),
    ...(draft.loreLeft === undefined ? {} : { loreLeft: draft.loreLeft }),
    scripted: draft.scripted,
    attempt: draft.attempt,
    ...(draft.candidate ? { candidate: { at: draft.candidate.at, of: draft.candidate.of } } : {}),
    ...(draft.marks?.length
      ? { marks: draft.marks.map(({ kind, quote, by }) => ({ kind, quote, by })) }
      : {}),
    ...(draft.usage ? { usage: { ...draft.usage } } : {}),
  };
}

export function wireLibrary(library: Library): WireLibrary {
  return {
    characters: library.characters().map((character) => wireCharacter(character, library)),
    scenes: library.scenes().map(({ id, title, tagline, cast }) => ({
      id,
      title,
      tagline,
      cast: cast.map((card) => library.character(card)?.name ?? card),
    })),
    problems: [...library.problems()],
  };
}

export function wireCharacter(character: Character, library: Library): WireCharacter {
  return {
    ...face(character, library),
    about: aboutOf(character),
    tags: [...character.tags],
    source: character.source,
  };
}

function face({ id, name }: Character, library: Library): Face {
  const color = roleColorOf(id, library.characters());
  return { id, name, avatar: avatarPath(id, library), color };
}

/** What anyone may know of it, short enough for a list. */
function aboutOf({ publicSheet }: Character): string {
  const text = publicSheet.replace(/\s+/gu, ' ').trim();
  return text.length <= 220 ? text : `${text.slice(0, 219).replace(/\s\S*$/u, '')}…`;
}
