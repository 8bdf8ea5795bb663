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
    | 'event'
    | 'time';
  /** Who speaks, comes, goes or tells; absent for settings, time and events. */
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
  /** Beats of which that is so, since it was at `revision`; one may be named twice. */
  changedSince(revision: number): readonly number[];
  /** The entry of beat `n`, where it was perceived and still stands. */
  at(n: number): ViewEntry | undefined;
  /** The same with its swipes; also of a swipe. */
  place(n: number): Place<ViewEntry> | undefined;
  /**
   * Takes the next beat of the story.
   * @param told the same for every view (`toldOf`), where it is known already
   */
  add(beat: Beat, told?: Told | undefined): void;
  /** Takes what happened openly and was perceived after all, in its place in the log. */
  admit(open: Place<ViewEntry>): void;
};

/** What there is to perceive of a beat: for who did it, with all thoughts, and for all others who hear it. */
export type Told = { readonly own: ViewEntry; readonly heard: ViewEntry };

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
    changedSince: places.changedSince,
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
    add(beat, told = toldOf(beat)) {
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
          const entry = told && perceive(beat, told, audience);
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
function perceive(beat: Beat, told: Told, audience: Audience): ViewEntry | undefined {
  const self = selfOf(audience);
  const own = isDoneBy(self, told.heard);
  const saw = self !== undefined && (beat.seen?.includes(self) ?? false);
  const heard = self === undefined ? isOpen(beat, audience) : beat.witnesses.includes(self) || (saw && own);
  if (heard) return own ? told.own : told.heard;
  // Whatever the beat says of those who saw it, what is said in private cannot be seen.
  if (!saw || isPrivate(beat)) return undefined;
  return { ...told.heard, segments: actions(told.heard.segments), unheard: true };
}

/**
 * What there is to perceive of a beat, made once for all who do; nothing of bookkeeping.
 * @param known the same actor, where it was met before
 */
export function toldOf(beat: Beat, known: (actor: Actor) => Actor = (actor) => actor): Told | undefined {
  const told = allOf(beat);
  if (!told) return undefined;
  const { n, kind, segments, more = {} } = told;
  const speaker = told.speaker && known(told.speaker);
  // Copied, an array is no longer than it has to be; there are many of these.
  const visible = [...visibleSegments(segments)];
  const entry = (own: boolean, perceived: readonly Segment[]): ViewEntry =>
    speaker
      ? { n, kind, speaker, own, segments: perceived, ...more }
      : { n, kind, own, segments: perceived, ...more };
  // What both perceive is there once.
  const shared = visible.values();
  const all = segments.map((one) => (one.kind === 'thought' ? one : (shared.next().value ?? one)));
  return { own: entry(true, all), heard: entry(false, visible) };
}

/** Fields that most entries have, and those that few have. */
type All = Pick<ViewEntry, 'n' | 'kind' | 'speaker' | 'segments'> & {
  readonly more?: Pick<ViewEntry, 'to' | 'condition' | 'inferred'>;
};

function allOf(beat: Beat): All | undefined {
  const { n, kind } = beat;
  switch (kind) {
    case 'line':
      return { n, kind, speaker: beat.speaker, segments: beat.segments };
    case 'whisper':
      return { n, kind, speaker: beat.speaker, segments: beat.segments, more: { to: beat.to } };
    case 'narration':
      return { n, kind, speaker: beat.speaker, segments: text(beat.text) };
    case 'entrance':
    case 'exit':
      return { n, kind, speaker: beat.actor, segments: text(beat.text), more: inferredOf(beat) };
    case 'change':
      return {
        n,
        kind,
        speaker: beat.actor,
        segments: text(beat.text),
        more: { condition: beat.condition, ...inferredOf(beat) },
      };
    case 'told': {
      const segments: Segment[] = [{ kind: 'speech', text: beat.text }];
      return { n, kind, speaker: beat.speaker, segments, more: { to: beat.to } };
    }
    case 'event':
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
  return kind === 'whisper' || kind === 'told' || kind === 'event';
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
