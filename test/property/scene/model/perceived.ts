import type { Segment } from '../../../../src/format/segments.ts';
import type { Actor, ActorId, Beat } from '../../../../src/scene/beat.ts';
import type { Audience } from '../../../../src/scene/view.ts';
import { isKind, placeOf, standsFor } from './story.ts';

export type SlowEntry = {
  n: number;
  kind: string;
  speaker?: Actor;
  own: boolean;
  segments: readonly Segment[];
  to?: readonly Actor[];
  condition?: string;
  inferred?: boolean;
};

/** Own words come with own thoughts; what was only seen comes without what was said. */
type How = 'own' | 'heard' | 'seen';
type Version = { n: number; how: How };
/** What an audience holds of a line and its swipes, and which of them stands for it. */
export type Held = { versions: Version[]; stands: number };

const TOLD_OPENLY = ['line', 'narration', 'entrance', 'exit', 'change', 'setting', 'time'] as const;

/** What an audience perceives of a story. */
export function perceived(story: readonly Beat[], audience: Audience): SlowEntry[] {
  return story.flatMap((beat) => {
    if (standsFor(beat) !== beat.n) return [];
    const held = heldOf(story, audience, beat);
    const version = held?.versions.find(({ n }) => n === held.stands);
    return version ? entryOf(story, audience, beat.n, version) : [];
  });
}

/** Follows one beat, its swipes and all that was done to them through the whole story. */
export function heldOf(story: readonly Beat[], audience: Audience, first: Beat): Held | undefined {
  const self = selfOf(audience);
  let held: Held | undefined;
  for (const beat of story) {
    if (standsFor(beat) === first.n) {
      const how = howPerceived(beat, audience);
      if (!how) continue;
      if (beat.n === first.n) held = { versions: [{ n: beat.n, how }], stands: beat.n };
      else held?.versions.push({ n: beat.n, how });
    } else if (beat.kind === 'choose' && beat.of === first.n) {
      if (held?.versions.some(({ n }) => n === beat.pick)) held.stands = beat.pick;
    } else if (beat.kind === 'retract' && held) {
      if (beat.of === first.n) return undefined;
      held.versions = held.versions.filter(({ n }) => n !== beat.of);
      if (held.stands === beat.of) held.stands = first.n;
    } else if (beat.kind === 'forget' && beat.actor.id === self) {
      if (beat.of === undefined || beat.of === first.n) held = undefined;
    } else if (beat.kind === 'undo') {
      if (beat.of === first.n) return undefined;
      if (beat.actor.id !== self || audience.type === 'judge') continue;
      const before = story.filter(({ n }) => n < beat.n);
      held = regained(held, heldOf(before, { type: 'director', place: placeOf(first) }, first), beat.beats);
    }
  }
  return held;
}

/** What happened openly they perceived after all, as it stands; their own lines they know better. */
function regained(
  held: Held | undefined,
  open: Held | undefined,
  beats: readonly number[],
): Held | undefined {
  const first = open?.versions[0]?.n;
  if (!open || first === undefined) return held;
  const asked = open.versions.some(({ n }) => beats.includes(n) && (n === first || held !== undefined));
  if (!asked) return held;
  const versions = open.versions.map(
    (one) => held?.versions.find(({ n, how }) => n === one.n && how === 'own') ?? one,
  );
  return { versions, stands: open.stands };
}

function entryOf(
  story: readonly Beat[],
  audience: Audience,
  n: number,
  version: Version,
): SlowEntry | SlowEntry[] {
  const beat = story.find((one) => one.n === version.n);
  if (!beat) return [];
  const segments = wordsOf(story, beat).filter(
    ({ kind }) => kind === 'action' || (kind === 'speech' ? version.how !== 'seen' : version.how === 'own'),
  );
  if (beat.kind === 'line' && version.how === 'seen' && segments.length === 0) return [];
  const speaker = doerOf(beat);
  return {
    n,
    kind: beat.kind,
    own: beat.kind !== 'narration' && speaker !== undefined && speaker.id === selfOf(audience),
    segments,
    ...(speaker ? { speaker } : {}),
    ...(isKind(beat, 'whisper', 'told') ? { to: beat.to } : {}),
    ...(beat.kind === 'change' ? { condition: beat.condition } : {}),
    ...('inferred' in beat && beat.inferred ? { inferred: true } : {}),
  };
}

/** How a beat reads after the last edit; what was thought stays thought. */
export function wordsOf(story: readonly Beat[], beat: Beat): readonly Segment[] {
  const written: readonly Segment[] = 'segments' in beat ? beat.segments : textOf(beat);
  const edit = story.findLast((later) => later.kind === 'amend' && later.of === beat.n);
  if (edit?.kind !== 'amend') return written;
  return [...written.filter(({ kind }) => kind === 'thought'), ...edit.segments];
}

function textOf(beat: Beat): Segment[] {
  if (!('text' in beat) || !beat.text) return [];
  return [{ kind: beat.kind === 'told' ? 'speech' : 'action', text: beat.text }];
}

function howPerceived(beat: Beat, audience: Audience): How | undefined {
  const isPrivate = isKind(beat, 'whisper', 'told', 'event');
  const isOpen = isKind(beat, ...TOLD_OPENLY);
  if (!isPrivate && !isOpen) return undefined;
  const self = selfOf(audience);
  if (self === undefined) {
    const everywhere = !('place' in audience) || isKind(beat, 'setting', 'time');
    return isOpen && (everywhere || placeOf(beat) === audience.place) ? 'heard' : undefined;
  }
  const didSee = beat.seen?.includes(self) ?? false;
  const isDoer = doerOf(beat)?.id === self;
  if (beat.witnesses.includes(self) || (didSee && isDoer)) return isDoer ? 'own' : 'heard';
  return didSee && isOpen ? 'seen' : undefined;
}

/** Who speaks, comes, goes or changes. */
function doerOf(beat: Beat): Actor | undefined {
  if ('speaker' in beat) return beat.speaker;
  return isKind(beat, 'entrance', 'exit', 'change') ? beat.actor : undefined;
}

function selfOf(audience: Audience): ActorId | undefined {
  if (audience.type === 'character') return audience.id;
  return audience.type === 'judge' ? audience.of : undefined;
}
