import { type Actor, type ActorId, type Beat, type BeatOf, isCharacterId, isPlayerId } from './beat.ts';

/**
 * The fold of a log: what is true of a scene after its beats so far. Each beat costs the same,
 * however long the log is. It holds no text but the setting.
 */
export type SceneState = {
  /** Length of the log. */
  beats: number;
  setting: string;
  /** What was there before anything happened; the part of every prompt that never changes. */
  readonly opening: { setting: string; readonly cast: Actor[]; closed: boolean };
  /** Characters and players that were ever in the scene, in order of their first entrance. */
  readonly people: Map<ActorId, Presence>;
  /** Platform message id of what was heard -> beat. */
  readonly sources: Map<string, number>;
  /** Beats that were edited -> the edits of each, whose words are stored as well. */
  readonly amends: Map<number, number[]>;
  /** The last beat that the cast goes on from; what is merely noted (who left, what was edited) is none. */
  stirredAt: number;
  /** Character turns since a player's line (greetings do not count). */
  turnsSincePlayer: number;
  /** Character turns in all (greetings do not count). */
  characterTurns: number;
  playerLines: number;
  /** Narrations by the Environment since a player's line. */
  narrationsSincePlayer: number;
  /** Who was called and has not answered yet, first called first. */
  addressed: readonly ActorId[];
  /** The last player line was led to a place in the understudy's script. */
  led: boolean;
  /** Who spoke last, player, character or Environment. */
  lastSpeaker: ActorId | undefined;
  /** Beat of each one's last line. */
  readonly lastSpoke: Map<ActorId, number>;
  /** Where the understudy is in its script, and where it has been. */
  cue: string | undefined;
  readonly cues: Set<string>;
};

export type Presence = {
  actor: Actor;
  present: boolean;
  /** Where the scene was when they first came in, and whom they found there. */
  readonly setting: string;
  readonly met: readonly ActorId[];
};

/** Marks a line that is a card's greeting: it came with an entrance, nobody decided it. */
export const GREETING_CUE = 'greeting';

/** The state of a log without beats. */
export function emptyScene(): SceneState {
  return {
    beats: 0,
    setting: '',
    opening: { setting: '', cast: [], closed: false },
    people: new Map(),
    sources: new Map(),
    amends: new Map(),
    stirredAt: 0,
    turnsSincePlayer: 0,
    characterTurns: 0,
    playerLines: 0,
    narrationsSincePlayer: 0,
    addressed: [],
    led: false,
    lastSpeaker: undefined,
    lastSpoke: new Map(),
    cue: undefined,
    cues: new Set(),
  };
}

/** Takes the next beat of the log into `state`, in place. Beats must come in order, without gaps. */
export function applyBeat(state: SceneState, beat: Beat): void {
  if (beat.n !== state.beats + 1) {
    throw new Error(`beat ${beat.n} cannot follow a log of ${state.beats}`);
  }
  state.beats = beat.n;
  if (beat.source !== undefined) state.sources.set(beat.source, beat.n);

  if (beat.kind === 'line' || beat.kind === 'narration' || beat.kind === 'whisper') {
    state.opening.closed = true;
  }

  switch (beat.kind) {
    case 'line':
      // A swipe stands beside a turn that was counted already.
      if (beat.alternativeTo === undefined) countLine(state, beat);
      break;
    case 'whisper':
      countLine(state, beat);
      break;
    case 'narration':
      // What somebody has the Narrator say happens; nobody is bound to answer it.
      if (beat.made) state.stirredAt = beat.n;
      state.lastSpeaker = beat.speaker.id;
      state.lastSpoke.set(beat.speaker.id, beat.n);
      state.narrationsSincePlayer += 1;
      takeCue(state, beat.cue);
      break;
    case 'entrance': {
      const known = state.people.get(beat.actor.id);
      state.people.set(beat.actor.id, {
        actor: beat.actor,
        present: true,
        setting: known?.setting ?? state.setting,
        met: known?.met ?? beat.witnesses.filter((id) => id !== beat.actor.id),
      });
      if (beat.quiet && !state.opening.closed) {
        state.stirredAt = beat.n;
        if (!known && isCharacterId(beat.actor.id)) state.opening.cast.push(beat.actor);
      }
      break;
    }
    case 'exit': {
      const known = state.people.get(beat.actor.id);
      if (known) known.present = false;
      state.addressed = state.addressed.filter((id) => id !== beat.actor.id);
      break;
    }
    case 'setting':
      state.setting = beat.text;
      if (!state.opening.closed) state.opening.setting = beat.text;
      break;
    case 'amend':
      state.amends.set(beat.of, [...(state.amends.get(beat.of) ?? []), beat.n]);
      break;
    case 'time':
    case 'retract':
    case 'choose':
      break;
  }
}

function countLine(state: SceneState, beat: BeatOf<'line' | 'whisper'>): void {
  const { cue, n } = beat;
  const speaker = beat.speaker.id;
  const addressed = beat.addressed ?? [];
  state.lastSpeaker = speaker;
  state.lastSpoke.set(speaker, n);
  if (cue !== GREETING_CUE) state.stirredAt = n;
  takeCue(state, cue);
  if (isPlayerId(speaker)) {
    state.turnsSincePlayer = 0;
    state.narrationsSincePlayer = 0;
    state.playerLines += 1;
    state.addressed = addressed;
    state.led = cue !== undefined;
  } else if (isCharacterId(speaker) && cue !== GREETING_CUE) {
    state.turnsSincePlayer += 1;
    state.characterTurns += 1;
    const waiting = state.addressed.filter((id) => id !== speaker && !addressed.includes(id));
    state.addressed = [...addressed, ...waiting];
  }
}

function takeCue(state: SceneState, cue: string | undefined): void {
  if (cue === undefined || cue === GREETING_CUE) return;
  state.cue = cue;
  state.cues.add(cue);
}

/** Characters that are in the scene now, in order of entrance. */
export function presentCharacters(state: SceneState): Actor[] {
  return present(state).filter((actor) => isCharacterId(actor.id));
}

/** Players that are in the scene now, in order of entrance. */
export function presentPlayers(state: SceneState): Actor[] {
  return present(state).filter((actor) => isPlayerId(actor.id));
}

/** Everyone who perceives what happens openly now: the witnesses of the next public beat. */
export function witnessesNow(state: SceneState): ActorId[] {
  return present(state).map((actor) => actor.id);
}

function present(state: SceneState): Actor[] {
  return [...state.people.values()].filter((person) => person.present).map((person) => person.actor);
}
