import { type Segment, visibleSegments } from '../format/segments.ts';
import { type Actor, type ActorId, type Beat, type Condition, MAIN_PLACE, type PlaceId } from './beat.ts';
import { createPlaces, type Place } from './places.ts';

/**
 * Views: what one audience perceives of a log, built beat by beat from what it witnessed, never by
 * deleting from a transcript.
 */
export type Audience =
  /** Its own thoughts, and the actions and speech it witnessed. A player's view is built alike. */
  | { readonly type: 'character'; readonly id: ActorId }
  /** The speaker's view, for a judge of its next turn. */
  | { readonly type: 'judge'; readonly of: ActorId }
  /** All that happens openly, in one place or (without one) in all; no thought, no whisper. */
  | { readonly type: 'director'; readonly place?: PlaceId }
  | { readonly type: 'environment'; readonly place?: PlaceId };

export type ViewEntry = {
  readonly n: number;
  readonly kind:
    | 'line'
    | 'narration'
    | 'entrance'
    | 'exit'
    | 'change'
    | 'setting'
    | 'whisper'
    | 'told'
    | 'time';
  /** Who speaks, comes, goes or tells; absent for settings and time. */
  readonly speaker?: Actor;
  /** The audience itself did this. */
  readonly own: boolean;
  /** Thoughts are here only where `own`. */
  readonly segments: readonly Segment[];
  /** Of a whisper and of what was told: to whom. */
  readonly to?: readonly Actor[];
  /** Of a change: asleep, awake, out of earshot. */
  readonly condition?: Condition;
  /** It was only seen: what is said in it, now or after an edit, is not here. */
  readonly unheard?: true;
  /** Of a coming, going or change: the Environment told of it, and it can be undone. */
  readonly inferred?: boolean;
};

export type View = {
  /** In log order. Grows at the end; an earlier entry changes only with `revision`. */
  readonly entries: readonly ViewEntry[];
  /** Goes up when an entry that was already there changed or went. */
  readonly revision: number;
  /** The entry of beat `n`, where it was perceived and still stands. */
  at(n: number): ViewEntry | undefined;
  /** The same with its swipes; also of a swipe. */
  place(n: number): Place<ViewEntry> | undefined;
  /** Takes the next beat of the story. */
  add(beat: Beat): void;
  /** Takes what happened openly and was perceived after all, in its place in the log. */
  admit(open: Place<ViewEntry>): void;
};

/**
 * A growing view for one audience. Feed it every beat from the start of the log (or from the
 * audience's entrance: it can have witnessed nothing before).
 */
export function createView(audience: Audience): View {
  const places = createPlaces<ViewEntry>(isPerceptible);
  const self = selfOf(audience);
  return {
    entries: places.entries,
    get revision() {
      return places.revision;
    },
    at: places.at,
    place: places.place,
    admit(open) {
      const known = places.place(open.n)?.versions;
      const versions = open.versions.map((version) => {
        const mine = known?.find(({ n }) => n === version.n);
        // Its own lines it knows better, with what it thought.
        return mine?.own ? mine : { ...version, own: isDoneBy(self, version) };
      });
      places.insert({ ...open, versions });
    },
    add(beat) {
      switch (beat.kind) {
        case 'amend':
          places.amend(beat.of, (entry) => withVisible(entry, beat.segments));
          break;
        case 'retract':
        case 'undo':
          places.retract(beat.of);
          break;
        case 'choose':
          places.choose(beat);
          break;
        case 'forget':
          if (self !== beat.actor.id) break;
          if (beat.of === undefined) places.clear();
          else places.retract(beat.of);
          break;
        default: {
          const entry = perceive(beat, audience);
          if (entry) places.add(entry, beat.kind === 'line' ? beat.alternativeTo : undefined);
        }
      }
    },
  };
}

/** A line of which one hears nothing and sees nothing is none, until it reads differently. */
function isPerceptible({ kind, segments, unheard }: ViewEntry): boolean {
  return kind !== 'line' || !unheard || segments.length > 0;
}

/** What an audience perceives of one beat, or nothing. */
function perceive(beat: Beat, audience: Audience): ViewEntry | undefined {
  const self = selfOf(audience);
  const told = toldOf(beat);
  if (!told) return undefined;
  const own = isDoneBy(self, told);
  const saw = self !== undefined && (beat.seen?.includes(self) ?? false);
  const heard = self === undefined ? isOpen(beat, audience) : beat.witnesses.includes(self) || (saw && own);
  // Whatever the beat says of those who saw it, what is said in private cannot be seen.
  if (!heard && (!saw || isPrivate(beat))) return undefined;
  if (heard) return { ...told, own, segments: own ? told.segments : visibleSegments(told.segments) };
  return { ...told, own, segments: actions(told.segments), unheard: true };
}

/** All that there is to perceive of a beat, thoughts included; nothing of bookkeeping. */
function toldOf(beat: Beat): Omit<ViewEntry, 'own'> | undefined {
  const { n, kind } = beat;
  switch (kind) {
    case 'line':
      return { n, kind, speaker: beat.speaker, segments: beat.segments };
    case 'whisper':
      return { n, kind, speaker: beat.speaker, segments: beat.segments, to: beat.to };
    case 'narration':
      return { n, kind, speaker: beat.speaker, segments: text(beat.text) };
    case 'entrance':
    case 'exit':
      return { n, kind, speaker: beat.actor, segments: text(beat.text), ...inferredOf(beat) };
    case 'change':
      return {
        n,
        kind,
        speaker: beat.actor,
        segments: text(beat.text),
        condition: beat.condition,
        ...inferredOf(beat),
      };
    case 'told':
      return { n, kind, speaker: beat.speaker, segments: [{ kind: 'speech', text: beat.text }], to: beat.to };
    case 'setting':
    case 'time':
      return { n, kind, segments: text(beat.text) };
    default:
      return undefined;
  }
}

function inferredOf({ inferred }: { readonly inferred?: boolean | undefined }): { inferred?: boolean } {
  return inferred ? { inferred } : {};
}

/** What a director or the Environment may go by: it happened before everyone who was in that place. */
function isOpen(beat: Beat, audience: Audience): boolean {
  if (isPrivate(beat)) return false;
  const place = 'place' in audience ? audience.place : undefined;
  if (place === undefined || beat.kind === 'time' || beat.kind === 'setting') return true;
  return (beat.place ?? MAIN_PLACE) === place;
}

function isPrivate({ kind }: Beat): boolean {
  return kind === 'whisper' || kind === 'told';
}

/** Who does it; what is narrated, nobody does. */
function isDoneBy(
  self: ActorId | undefined,
  { kind, speaker }: Pick<ViewEntry, 'kind' | 'speaker'>,
): boolean {
  return kind !== 'narration' && speaker !== undefined && speaker.id === self;
}

function selfOf(audience: Audience): ActorId | undefined {
  if (audience.type === 'character') return audience.id;
  return audience.type === 'judge' ? audience.of : undefined;
}

function text(told: string | undefined): Segment[] {
  return told ? [{ kind: 'action', text: told }] : [];
}

function actions(segments: readonly Segment[]): Segment[] {
  return visibleSegments(segments).filter(({ kind }) => kind === 'action');
}

/** An edit changes what was seen and heard; what the speaker thought then, it still thought. */
function withVisible(entry: ViewEntry, visible: readonly Segment[]): ViewEntry {
  const thoughts = entry.segments.filter((segment) => segment.kind === 'thought');
  return { ...entry, segments: [...thoughts, ...(entry.unheard ? actions(visible) : visible)] };
}
