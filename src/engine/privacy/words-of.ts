import { visibleSegments } from '../../format/segments.ts';
import { type Actor, type ActorId, type Beat, isPlayerId } from '../../scene/beat.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import type { SceneRecord } from '../scene-record.ts';
import { LEFT } from './erase-in-beat.ts';

/** What a log holds of one person. */
export type Part = {
  readonly record: SceneRecord;
  /** They are in it, or the scene is theirs. */
  readonly takesPart: boolean;
  /** Names that they bore in it, and names that others bear. */
  readonly names: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
  /** Beats whose words are theirs. */
  readonly theirs: ReadonlySet<number>;
  /** Parts without a card that they made up. */
  readonly walkOns: ReadonlySet<ActorId>;
  readonly counts: { lines: number; whispers: number; personas: number };
};

export type Looking = {
  /** The scene is theirs. */
  readonly owns: boolean;
  /** Settings that came with a script: nobody here wrote them. */
  readonly shipped: ReadonlySet<string>;
  /** Is told of every beat of theirs, in order. */
  readonly each: (beat: Beat) => void;
};

/**
 * Walks through a log once. A player's lines, whispers, secrets, comings and goings are theirs, and so
 * are the edits of their lines. What was written into a scene by hand and by no player (narrated,
 * planted, told, said for a character, the setting) counts as its owner's: a log does not say which
 * moderator wrote it.
 *
 * @param ids who it is: their actor id, and what an erasure that was cut short put in its place
 */
export async function partIn(
  store: SceneStore,
  record: SceneRecord,
  ids: ReadonlySet<ActorId>,
  { owns, shipped, each }: Looking,
): Promise<Part> {
  const names = new Set<string>();
  const others = new Set<string>();
  const theirs = new Set<number>();
  const walkOns = new Set<ActorId>();
  const linesOfOthers = new Set<number>();
  const counts = { lines: 0, whispers: 0, personas: 0 };
  let takesPart = owns;

  const isTheirs = (beat: Beat): boolean => {
    switch (beat.kind) {
      case 'line':
        return ids.has(beat.speaker.id) || (owns && beat.made?.by === 'hand');
      case 'whisper':
        return ids.has(beat.speaker.id);
      case 'amend':
        return theirs.has(beat.of) || (owns && !linesOfOthers.has(beat.of));
      case 'told':
        return ids.has(beat.speaker.id) || owns;
      case 'secret':
        return ids.has(beat.actor.id) || owns;
      case 'entrance':
      case 'exit':
      case 'change':
        return ids.has(beat.actor.id);
      case 'narration':
        return owns && !beat.made && beat.cue === undefined;
      case 'setting':
        return owns && !shipped.has(beat.text);
      case 'event':
      case 'plant':
      case 'steer':
      case 'room':
      case 'time':
        return owns;
      default:
        return false;
    }
  };

  for await (const beat of store.read(record.log)) {
    for (const { id, name } of actorsOf(beat)) {
      if (!ids.has(id)) others.add(name);
      else if (name !== LEFT) names.add(name);
    }
    takesPart ||= actorsOf(beat).some(({ id }) => ids.has(id)) || beat.witnesses.some((id) => ids.has(id));
    const spoken = beat.kind === 'line' || beat.kind === 'whisper';
    if (spoken && isPlayerId(beat.speaker.id) && !ids.has(beat.speaker.id)) linesOfOthers.add(beat.n);
    if (!isTheirs(beat)) continue;
    theirs.add(beat.n);
    // What it was reworded to is stored in the line itself.
    if (beat.kind === 'amend') theirs.add(beat.of);
    if (beat.kind === 'line' && beat.speaker.id.startsWith('walk-on:')) walkOns.add(beat.speaker.id);
    if (beat.kind === 'line') counts.lines += 1;
    if (beat.kind === 'whisper') counts.whispers += 1;
    if (beat.kind === 'entrance' && beat.persona) counts.personas += 1;
    each(beat);
  }
  for (const name of walkOns) names.add(name.slice('walk-on:'.length));
  return { record, takesPart, names, others, theirs, walkOns, counts };
}

function actorsOf(beat: Beat): readonly Actor[] {
  const one = 'speaker' in beat ? [beat.speaker] : 'actor' in beat ? [beat.actor] : [];
  return 'to' in beat && Array.isArray(beat.to) ? [...one, ...beat.to] : one;
}

/** The words of a beat as they were written; a thought is nobody's words but the character's. */
export function wordsOf(beat: Beat): string {
  if ('segments' in beat) {
    return visibleSegments(beat.segments)
      .map(({ text }) => text)
      .join(' ');
  }
  if (beat.kind === 'room') return beat.name;
  const sheet = beat.kind === 'entrance' ? beat.persona?.sheet : undefined;
  const text = 'text' in beat ? beat.text : undefined;
  return [text, sheet].filter((words) => words !== undefined && words !== '').join(' ');
}
