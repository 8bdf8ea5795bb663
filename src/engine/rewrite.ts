import { isDeepStrictEqual } from 'node:util';
import { type VisibleSegment, visibleSegments } from '../format/segments.ts';
import { type Beat, type BeatOf, isPlayerId, MAIN_PLACE } from '../scene/beat.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { say } from '../words/text.ts';
import { calledInLog } from './audit/called-in-log.ts';
import { beatOfMessage, whereMessageIs } from './beat-of-message.ts';
import { type EngineRoom, inPlace, nowBefore } from './engine-room.ts';
import { append, foldAnew, type LiveScene } from './live-scene.ts';
import { eraseKept } from './memory/server-memory.ts';
import { readBeat } from './past/read-beat.ts';
import { updateShown } from './past/stand-instead.ts';
import { putOutOfLog, putOutQuotes, quotesOf } from './privacy/put-out-quotes.ts';
import type { Quotes } from './privacy/quotes.ts';
import { wordsOf } from './privacy/words-of.ts';
import { LOOK_BACK } from './show-beat.ts';
import { advance, breakIn } from './turn/turn-loop.ts';

/**
 * Edits and deletions on a surface are beats too, so that everything derived follows the log. The
 * words that are gone are erased where they were stored, and a turn that is being made with them in
 * view is made anew.
 */
/**
 * A player edited what they said: the beat reads differently from now on, here and in every branch
 * that holds it. Unknown sources are ignored, and edits that change no word (a link got its preview).
 */
export async function rewordBeat(
  room: EngineRoom,
  live: LiveScene,
  source: string,
  segments: readonly VisibleSegment[],
): Promise<void> {
  const beat = await beatOf(room, live, source);
  if (!beat || (beat.kind !== 'line' && beat.kind !== 'whisper') || !isPlayerId(beat.speaker.id)) return;
  if (segments.length === 0) return takeBack(room, live, source);
  await reword(room, live, beat, segments);
  for (const branch of live.record.branches)
    await room.inBranch(branch, (other) => rewordBeat(room, other, source, segments));
}

/** A line reads differently from now on; what its speaker thought stays. */
export async function reword(
  room: EngineRoom,
  live: LiveScene,
  beat: BeatOf<'line'> | BeatOf<'whisper'>,
  segments: readonly VisibleSegment[],
): Promise<void> {
  if (isErased(beat) || isDeepStrictEqual(visibleSegments(beat.segments), segments)) return;
  await change(room, live, {
    ...nowBefore(room, live, beat.witnesses),
    ...inPlace(beat.place ?? MAIN_PLACE),
    kind: 'amend',
    of: beat.n,
    segments: [...segments],
  });
}

/** A message was deleted: its beat is gone for everybody, and so are the words in storage. */
export async function takeBack(room: EngineRoom, live: LiveScene, source: string): Promise<void> {
  const { store } = room.options;
  const n = await beatOfMessage(live, store, source);
  if (n !== undefined) return retractBeat(room, live, n);
  // A scene that was over before this one began here: its words are erased all the same.
  const earlier = await whereMessageIs(store, source);
  if (!earlier || earlier.log === live.record.log) return;
  await room.inBranch({ scene: earlier.log, log: earlier.log }, (other) =>
    retractBeat(room, other, earlier.n),
  );
}

/** Somebody deleted a line: it is taken back, and the moderators are told that it was, not what it said. */
export async function deleteLine(
  room: EngineRoom,
  live: LiveScene,
  source: string,
  by: string | undefined,
): Promise<void> {
  const n = await beatOfMessage(live, room.options.store, source);
  const speaker = n === undefined ? undefined : live.minds.openly(n)?.speaker;
  await takeBack(room, live, source);
  if (n === undefined || !speaker) return;
  const { server, id, log } = live.record;
  room.audit.note(server, {
    kind: 'deleted',
    text: say('#{{n}} of {{who}} was deleted.', { n, who: calledInLog(speaker) }),
    scene: id,
    log,
    beat: n,
    ...(by === undefined ? {} : { by }),
  });
}

/** A beat and its swipes are gone, here and in every branch that holds them. */
export async function retractBeat(room: EngineRoom, live: LiveScene, n: number): Promise<void> {
  const { store } = room.options;
  const beat = await readBeat(store, live.record.log, n);
  if (!beat || isErased(beat)) return;
  await change(room, live, {
    ...nowBefore(room, live, beat.witnesses),
    ...inPlace(beat.place ?? MAIN_PLACE),
    kind: 'retract',
    of: beat.n,
  });
  // A part of it may stand on the surface while the rest waits to be shown.
  live.unshown = live.unshown?.filter((unshown) => unshown.beat.n !== beat.n);
  await updateShown(room, live, beat.n, undefined);
  for (const branch of live.record.branches)
    await room.inBranch(branch, (other) => retractCopy(room, other, n));
}

/** The copy of a beat in a branch; a branch that began before it has none. */
async function retractCopy(room: EngineRoom, branch: LiveScene, n: number): Promise<void> {
  if ((branch.record.branchOf?.n ?? 0) >= n) await retractBeat(room, branch, n);
}

/** After a process ended between a change and the erasing: erases what is still to be erased. */
export async function finishErasing(live: LiveScene, store: SceneStore): Promise<void> {
  const last = new Map<number, Change>();
  for await (const beat of store.read(live.record.log, Math.max(1, live.state.beats - LOOK_BACK + 1))) {
    if (beat.kind === 'amend' || beat.kind === 'retract') last.set(beat.of, beat);
  }
  let changed = false;
  for (const change of last.values()) {
    const quotes = await goneWith(change, live, store);
    changed = (await putOutOfLog(store, live.record.log, change.of, quotes)).length > 0 || changed;
    await eraseBefore(change, live, store);
  }
  if (changed) await foldAnew(live, store);
}

/**
 * What nobody is to repeat any more: the words of a beat and of its swipes, but for those that stay. Where a
 * character's line was only reworded, nobody's words are gone.
 */
async function goneWith(change: Change, live: LiveScene, store: SceneStore): Promise<Quotes> {
  const versions = [
    change.of,
    ...(change.kind === 'retract' ? await swipesOf(store, live.record.log, change.of) : []),
  ];
  const beats = await Promise.all(versions.map((n) => readBeat(store, live.record.log, n)));
  const counts = (beat: Beat) =>
    change.kind === 'retract' || ('speaker' in beat && isPlayerId(beat.speaker.id));
  return quotesOf(
    beats.map((beat) => (beat && counts(beat) ? wordsOf(beat) : '')),
    change.kind === 'amend' ? wordsOf(change) : '',
  );
}

type Change = BeatOf<'amend'> | BeatOf<'retract'>;

async function change(
  room: EngineRoom,
  live: LiveScene,
  beat: Omit<BeatOf<'amend'>, 'n'> | Omit<BeatOf<'retract'>, 'n'>,
): Promise<void> {
  const { store } = room.options;
  // First, so that a process that ends in between leaves nothing of it elsewhere.
  await eraseKept(room, live, beat.of);
  await room.audit.eraseQuotes({ log: live.record.log, beat: beat.of });
  if (beat.kind === 'retract' || (await isPlayersOwn(room, live, beat.of))) {
    const gone = beat.kind === 'retract' ? 'line' : 'words';
    await room.choices.erase({ log: live.record.log, lines: [beat.of], gone });
  }
  room.traces.forget(live.record.log);
  const recorded = await append(live, store, beat);
  const broken = breakIn(room, live);
  try {
    if (recorded.kind !== 'amend' && recorded.kind !== 'retract') return;
    await putOutQuotes(room, live, recorded.of, await goneWith(recorded, live, store));
    await eraseBefore(recorded, live, store);
  } finally {
    // Not before: nothing of what is gone is to be in view.
    if (broken) advance(room, live, broken.called);
  }
}

/** A player's words, rather than what a character is made to have said. */
async function isPlayersOwn(room: EngineRoom, { record }: LiveScene, n: number): Promise<boolean> {
  const beat = await readBeat(room.options.store, record.log, n);
  return beat !== undefined && 'speaker' in beat && isPlayerId(beat.speaker.id);
}

/** Writes over what a change made void: the words of its beat and those of earlier edits. */
async function eraseBefore(change: Change, live: LiveScene, store: SceneStore): Promise<void> {
  const { log } = live.record;
  const swipes = change.kind === 'retract' ? await swipesOf(store, log, change.of) : [];
  const versions = [change.of, ...swipes];
  const edits = versions.flatMap((n) => live.state.amends.get(n) ?? []);
  for (const n of [...versions, ...edits]) {
    const beat = await readBeat(store, log, n);
    const after = beat && (change.kind === 'retract' ? erased(beat) : reworded(beat, change.segments));
    if (after && !isDeepStrictEqual(after, beat)) await store.rewrite(log, after);
  }
}

// Swipes are of the newest line, so they follow it closely.
const SWIPES_WITHIN = 200;

async function swipesOf(store: SceneStore, log: string, of: number): Promise<number[]> {
  const found: number[] = [];
  for await (const beat of store.read(log, of + 1)) {
    if (beat.n > of + SWIPES_WITHIN) break;
    if (beat.kind === 'line' && beat.alternativeTo === of) found.push(beat.n);
  }
  return found;
}

function reworded(beat: Beat, segments: readonly VisibleSegment[]): Beat {
  if (beat.kind !== 'line' && beat.kind !== 'whisper' && beat.kind !== 'amend') return beat;
  if (beat.kind === 'amend') return { ...beat, segments: [...segments] };
  // Its thoughts are its own, whatever it is made to have said.
  const thoughts = beat.segments.filter(({ kind }) => kind === 'thought');
  return { ...beat, segments: [...thoughts, ...segments] };
}

/** The same beat without a word. */
export function erased(beat: Beat): Beat {
  if ('segments' in beat) return { ...beat, segments: [] };
  return 'text' in beat && beat.text !== undefined ? { ...beat, text: '' } : beat;
}

function isErased(beat: Beat): boolean {
  return 'segments' in beat ? beat.segments.length === 0 : 'text' in beat && beat.text === '';
}

async function beatOf(room: EngineRoom, live: LiveScene, source: string): Promise<Beat | undefined> {
  const { store } = room.options;
  const n = await beatOfMessage(live, store, source);
  return n === undefined ? undefined : readBeat(store, live.record.log, n);
}
