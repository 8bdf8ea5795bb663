import { type Actor, type ActorId, type Beat, type BeatOf, isCharacterId, isPlayerId } from './beat.ts';

/** How the talk in one place stands: whose turn it may be follows from it. */
export type Talk = {
  /** Character turns since a player's line there (greetings do not count). */
  turnsSincePlayer: number;
  /** Narrations by the Environment since a player's line. */
  narrationsSincePlayer: number;
  playerLines: number;
  /** Who was called and has not answered yet, first called first. */
  addressed: readonly ActorId[];
  /** Who was whispered to by a player and has not answered yet. */
  readonly whispered: Map<ActorId, Actor>;
  /** The last player line was led to a place in the understudy's script. */
  led: boolean;
  /** Who spoke last, player, character or Environment. */
  lastSpeaker: ActorId | undefined;
  /** Speakers of the last character turns, newest last. */
  recent: readonly ActorId[];
  /** The last beat that the cast goes on from; what is merely noted (who left, what was edited) is none. */
  stirredAt: number;
  /** The newest line of a character, while nothing followed it: it alone can be swiped. */
  turn: Turn | undefined;
};

/** A character's line and its swipes. */
export type Turn = {
  readonly n: number;
  readonly speaker: Actor;
  /** A card's greeting: none of its versions calls anyone. */
  readonly greets: boolean;
  /** Beats of all versions, oldest first, and whom each calls. */
  readonly versions: Map<number, readonly ActorId[]>;
  standing: number;
  /** Who has answered with it; nobody, where a player had spoken meanwhile. */
  readonly answers: ActorId | undefined;
  /** Who was called before the line, but for those who left since. */
  addressedBefore: readonly ActorId[];
  readonly plants: readonly string[];
};

/** Marks a line that is a card's greeting: it came with an entrance, nobody decided it. */
export const GREETING_CUE = 'greeting';

const RECENT_TURNS = 12;

/** The talk of a place where nothing was said yet. */
export function emptyTalk(): Talk {
  return {
    turnsSincePlayer: 0,
    narrationsSincePlayer: 0,
    playerLines: 0,
    addressed: [],
    whispered: new Map(),
    led: false,
    lastSpeaker: undefined,
    recent: [],
    stirredAt: 0,
    turn: undefined,
  };
}

/** Takes a line or whisper into the talk of its place, in place. `plants`: what its speaker had in mind. */
export function countLine(
  talk: Talk,
  beat: BeatOf<'line'> | BeatOf<'whisper'>,
  plants: readonly string[],
): void {
  const { cue, n } = beat;
  const speaker = beat.speaker.id;
  const addressed = beat.addressed ?? [];
  const greets = cue === GREETING_CUE;
  const before = talk.addressed;
  const unanswered = talk.turnsSincePlayer === 0;
  talk.lastSpeaker = speaker;
  talk.turn = undefined;
  if (!greets) talk.stirredAt = n;
  if (isPlayerId(speaker)) {
    talk.turnsSincePlayer = 0;
    talk.narrationsSincePlayer = 0;
    talk.playerLines += 1;
    talk.led = cue !== undefined;
    // Lines in a row are one turn at the table: whom an earlier one called is still called, unless
    // a later one calls somebody else.
    talk.addressed = addressed.length > 0 || !unanswered ? addressed : before;
    if (beat.kind === 'whisper' && cue === undefined) {
      for (const to of beat.to) if (isCharacterId(to.id)) talk.whispered.set(to.id, beat.speaker);
    }
    return;
  }
  if (!isCharacterId(speaker)) return;
  // What a player said meanwhile is still to be answered, by this one too.
  const answers = beat.overtaken ? undefined : speaker;
  if (!greets) {
    talk.recent = [...talk.recent, speaker].slice(-RECENT_TURNS);
    talk.addressed = calledAfter(before, answers, addressed);
    if (answers !== undefined) {
      talk.turnsSincePlayer += 1;
      talk.whispered.delete(speaker);
    }
  }
  if (beat.kind === 'line') {
    talk.turn = {
      n,
      speaker: beat.speaker,
      greets,
      versions: new Map([[n, addressed]]),
      standing: n,
      answers,
      addressedBefore: before,
      plants,
    };
  }
}

/** A swipe waits beside the turn it is one of. */
export function addSwipe({ turn }: Talk, beat: BeatOf<'line'>): void {
  if (turn && turn.n === beat.alternativeTo) turn.versions.set(beat.n, beat.addressed ?? []);
}

/** The chosen version is the one that was said: whom it calls is called. */
export function chooseSwipe(talk: Talk, { of, pick }: Pick<BeatOf<'choose'>, 'of' | 'pick'>): void {
  const { turn } = talk;
  const addressed = turn?.n === of ? turn.versions.get(pick) : undefined;
  if (!turn || !addressed) return;
  turn.standing = pick;
  if (turn.greets) return;
  talk.addressed = calledAfter(turn.addressedBefore, turn.answers, addressed);
}

/** A swipe is gone: what stood there first stands there again. */
export function dropSwipe(talk: Talk, n: number): void {
  const { turn } = talk;
  if (!turn?.versions.has(n)) return;
  if (turn.n === n) {
    talk.turn = undefined;
    return;
  }
  turn.versions.delete(n);
  if (turn.standing === n) chooseSwipe(talk, { of: turn.n, pick: turn.n });
}

/** Who leaves is called no longer, whichever version of the last turn stands. */
export function leaveTalk(talk: Talk, id: ActorId): void {
  const others = (called: readonly ActorId[]) => called.filter((one) => one !== id);
  talk.addressed = others(talk.addressed);
  const { turn } = talk;
  if (!turn) return;
  turn.addressedBefore = others(turn.addressedBefore);
  for (const [n, called] of turn.versions) turn.versions.set(n, others(called));
}

/** Takes a narration in. */
export function countNarration(talk: Talk, beat: Extract<Beat, { kind: 'narration' }>): void {
  // What somebody has the Narrator say happens; nobody is bound to answer it.
  if (beat.made) talk.stirredAt = beat.n;
  talk.lastSpeaker = beat.speaker.id;
  talk.narrationsSincePlayer += 1;
  talk.turn = undefined;
}

function calledAfter(
  before: readonly ActorId[],
  answers: ActorId | undefined,
  addressed: readonly ActorId[],
): readonly ActorId[] {
  const waiting = before.filter((id) => id !== answers && !addressed.includes(id));
  return [...addressed, ...waiting];
}
