import { type Segment, visibleSegments } from '../format/segments.ts';
import type { Actor, ActorId, Beat, BeatOf } from './beat.ts';

/**
 * Views: what one audience perceives of a log, built beat by beat from what it witnessed, never by
 * deleting from a transcript.
 */
export type Audience =
  /** Its own thoughts, and the actions and speech it witnessed. */
  | { readonly type: 'character'; readonly id: ActorId }
  /** The speaker's view, for a judge of its next turn. */
  | { readonly type: 'judge'; readonly of: ActorId }
  /** All that happens openly; no thought, no whisper. */
  | { readonly type: 'director' }
  | { readonly type: 'environment' };

export type ViewEntry = {
  readonly n: number;
  readonly kind: 'line' | 'narration' | 'entrance' | 'exit' | 'setting' | 'whisper' | 'time';
  /** Absent for settings and time. */
  readonly speaker?: Actor;
  /** The audience itself did this. */
  readonly own: boolean;
  /** Thoughts are here only where `own`. */
  readonly segments: readonly Segment[];
  /** Of a whisper: to whom. */
  readonly to?: readonly Actor[];
};

export type View = {
  /** In log order. Grows at the end; an earlier entry changes only with `revision`. */
  readonly entries: readonly ViewEntry[];
  /** Goes up when an entry that was already there changed or went. */
  readonly revision: number;
  /** Takes the next beat of the log. */
  add(beat: Beat): void;
};

/**
 * A growing view for one audience. Feed it every beat from the start of the log (or from the
 * audience's entrance: it can have witnessed nothing before).
 */
export function createView(audience: Audience): View {
  const entries: ViewEntry[] = [];
  // Swipes that were not chosen (yet): by their own beat number.
  const alternatives = new Map<number, ViewEntry>();
  // What stood in the log before a choice replaced it, so that it can be chosen again.
  const originals = new Map<number, ViewEntry>();
  let revision = 0;

  function replace(n: number, change: (entry: ViewEntry) => ViewEntry | undefined): void {
    const index = indexOf(entries, n);
    const entry = entries[index];
    if (!entry) return;
    const changed = change(entry);
    if (changed) entries[index] = changed;
    else entries.splice(index, 1);
    revision += 1;
  }

  function amend(beat: BeatOf<'amend'>): void {
    const alternative = alternatives.get(beat.of);
    if (alternative) alternatives.set(beat.of, withVisible(alternative, beat.segments));
    replace(beat.of, (entry) => withVisible(entry, beat.segments));
  }

  function choose(beat: BeatOf<'choose'>): void {
    replace(beat.of, (entry) => {
      if (!originals.has(beat.of)) originals.set(beat.of, entry);
      const picked = beat.pick === beat.of ? originals.get(beat.of) : alternatives.get(beat.pick);
      // The place in the scene stays; what was done there is the pick's.
      return picked ? { ...picked, n: entry.n } : entry;
    });
  }

  function add(beat: Beat): void {
    switch (beat.kind) {
      case 'amend':
        amend(beat);
        break;
      case 'retract':
        alternatives.delete(beat.of);
        originals.delete(beat.of);
        replace(beat.of, () => undefined);
        break;
      case 'choose':
        choose(beat);
        break;
      default: {
        const entry = perceive(beat, audience);
        if (!entry) return;
        if (beat.kind === 'line' && beat.alternativeTo !== undefined) alternatives.set(beat.n, entry);
        else entries.push(entry);
      }
    }
  }

  return {
    entries,
    get revision() {
      return revision;
    },
    add,
  };
}

/** What an audience perceives of one beat, or nothing. */
export function perceive(beat: Beat, audience: Audience): ViewEntry | undefined {
  const self =
    audience.type === 'character' ? audience.id : audience.type === 'judge' ? audience.of : undefined;
  if (self === undefined ? beat.kind === 'whisper' : !beat.witnesses.includes(self)) return undefined;
  const { n } = beat;
  switch (beat.kind) {
    case 'line':
    case 'whisper': {
      const own = beat.speaker.id === self;
      return {
        n,
        kind: beat.kind,
        speaker: beat.speaker,
        own,
        segments: own ? beat.segments : visibleSegments(beat.segments),
        ...(beat.kind === 'whisper' ? { to: beat.to } : {}),
      };
    }
    case 'narration':
      return { n, kind: 'narration', speaker: beat.speaker, own: false, segments: told(beat.text) };
    case 'entrance':
    case 'exit':
      return {
        n,
        kind: beat.kind,
        speaker: beat.actor,
        own: beat.actor.id === self,
        segments: told(beat.text),
      };
    case 'setting':
    case 'time':
      return { n, kind: beat.kind, own: false, segments: told(beat.text) };
    case 'amend':
    case 'retract':
    case 'choose':
      return undefined;
  }
}

function told(text: string | undefined): Segment[] {
  return text ? [{ kind: 'action', text }] : [];
}

/** An edit changes what was seen and heard; what the speaker thought then, it still thought. */
function withVisible(entry: ViewEntry, visible: readonly Segment[]): ViewEntry {
  const thoughts = entry.segments.filter((segment) => segment.kind === 'thought');
  return { ...entry, segments: [...thoughts, ...visible] };
}

/** Entries are in log order, so the place of a beat is found by halving. */
function indexOf(entries: readonly ViewEntry[], n: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = entries[middle]?.n ?? 0;
    if (at === n) return middle;
    if (at < n) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
