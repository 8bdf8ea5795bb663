import {
  type Actor,
  type ActorId,
  type Beat,
  isCharacterId,
  isPlayerId,
  MAIN_PLACE,
  type PlaceId,
} from './beat.ts';
import { chooseLore, dropLore, type LoreCalls, noLoreCalls, noteLore } from './lore-calls.ts';
import { applyPresence, type People, presentIn, replaceSetting, undoPresence } from './presence.ts';
import {
  addSwipe,
  chooseSwipe,
  countLine,
  countNarration,
  dropSwipe,
  emptyTalk,
  GREETING_CUE,
  leaveTalk,
  type Talk,
} from './talk.ts';

/**
 * The fold of a log: what is true of a scene after its beats so far. Each beat costs the same,
 * however long the log is. It holds no text but the setting and what is in force now.
 */
export type SceneState = {
  /** Length of the log, abandoned beats included. */
  beats: number;
  setting: string;
  /** What each setting beat says; one that is edited or deleted changes all that was taken from it. */
  readonly settings: Map<number, string>;
  /** What was there before the first words, beat `closedAt`; the part of every prompt that never changes. */
  readonly opening: { setting: string; readonly cast: Actor[]; closedAt: number | undefined };
  readonly people: People;
  /** Threads that are places of this scene, and what they are called. */
  readonly rooms: Map<PlaceId, string>;
  readonly talks: Map<PlaceId, Talk>;
  /** Where the last beat was that the cast goes on from. */
  place: PlaceId;
  /** Platform message id of what was heard -> beat. Also of abandoned beats: nothing is heard twice. */
  readonly sources: Map<string, number>;
  /** Beats that were edited -> the edits of each, whose words are stored as well. */
  readonly amends: Map<number, number[]>;
  /** The last beat that the cast goes on from, in any place. */
  stirredAt: number;
  /** Character turns in all (greetings do not count). */
  characterTurns: number;
  playerLines: number;
  /** Beat of each one's last line. */
  readonly lastSpoke: Map<ActorId, number>;
  /** Where the understudy is in its script, and where it has been. */
  cue: string | undefined;
  readonly cues: Set<string>;
  /** Character turns that were granted by hand and not taken yet. */
  granted: number;
  /** What the director and the Environment keep in mind, for so many more turns. */
  steer: Lasting | undefined;
  /** Thoughts that the scene's owner gave to characters. */
  readonly plants: Map<ActorId, readonly Lasting[]>;
  /** Private objectives of players. */
  readonly secrets: Map<ActorId, string>;
  /** Lines of which another version was chosen -> that version's beat. */
  readonly standing: Map<number, number>;
  /** Beats that stay in mind. */
  readonly pins: Set<number>;
  /** When whose lines called up which lore. */
  readonly lore: LoreCalls;
  /** Who had more lore to know than there was room for, in a line that the room read; also an abandoned one. */
  readonly lackedLore: Set<ActorId>;
  /** Minutes of the story that went by, and the hour it is now (minutes since midnight of the first day). */
  elapsed: number;
  clock: number | undefined;
};

export type Lasting = { readonly text: string; readonly left: number };

/** The state of a log without beats. */
export function emptyScene(): SceneState {
  return {
    beats: 0,
    setting: '',
    settings: new Map(),
    opening: { setting: '', cast: [], closedAt: undefined },
    people: new Map(),
    rooms: new Map(),
    talks: new Map(),
    place: MAIN_PLACE,
    sources: new Map(),
    amends: new Map(),
    stirredAt: 0,
    characterTurns: 0,
    playerLines: 0,
    lastSpoke: new Map(),
    cue: undefined,
    cues: new Set(),
    granted: 0,
    steer: undefined,
    plants: new Map(),
    secrets: new Map(),
    standing: new Map(),
    pins: new Set(),
    lore: noLoreCalls(),
    lackedLore: new Set(),
    elapsed: 0,
    clock: undefined,
  };
}

/**
 * Takes a beat into `state`, in place. Beats come in order. Abandoned ones (after a rewind) are passed
 * over with `passOver`; nothing of them but their place and their source counts.
 */
export function applyBeat(state: SceneState, beat: Beat): void {
  passOver(state, beat);
  if (beat.kind === 'line' || beat.kind === 'narration' || beat.kind === 'whisper') {
    state.opening.closedAt ??= beat.n;
  }
  const place = beat.place ?? MAIN_PLACE;
  const talk = talkIn(state, place);

  switch (beat.kind) {
    case 'line':
      noteLore(state.lore, beat);
      if (beat.alternativeTo !== undefined) {
        // A swipe stands beside a turn that was counted already.
        addSwipe(talk, beat);
        break;
      }
      takeLine(state, talk, beat);
      break;
    case 'whisper':
      noteLore(state.lore, beat);
      takeLine(state, talk, beat);
      break;
    case 'narration':
      countNarration(talk, beat);
      if (beat.made) stir(state, place, beat.n);
      state.lastSpoke.set(beat.speaker.id, beat.n);
      takeCue(state, beat.cue);
      break;
    case 'entrance': {
      const known = state.people.has(beat.actor.id);
      applyPresence(state.people, beat, state.setting);
      if (beat.quiet && state.opening.closedAt === undefined) {
        talk.stirredAt = beat.n;
        stir(state, place, beat.n);
        if (!known && isCharacterId(beat.actor.id)) state.opening.cast.push(beat.actor);
      }
      break;
    }
    case 'exit':
      applyPresence(state.people, beat, state.setting);
      leaveTalk(talk, beat.actor.id);
      break;
    case 'change':
      applyPresence(state.people, beat, state.setting);
      break;
    case 'undo':
      undoPresence(state.people, beat);
      break;
    case 'room':
      state.rooms.set(place, beat.name);
      break;
    case 'setting':
      // Without a word it was erased: it never was.
      if (beat.text === '') break;
      state.settings.set(beat.n, beat.text);
      state.setting = beat.text;
      if (state.opening.closedAt === undefined) state.opening.setting = beat.text;
      break;
    case 'time':
      state.elapsed += beat.minutes ?? 0;
      if (beat.clock !== undefined) state.clock = beat.clock;
      else if (state.clock !== undefined) state.clock += beat.minutes ?? 0;
      break;
    case 'grant':
      state.granted = beat.turns;
      break;
    case 'steer':
      state.steer = { text: beat.text, left: beat.turns };
      break;
    case 'plant': {
      const before = state.plants.get(beat.actor.id) ?? [];
      state.plants.set(beat.actor.id, [...before, { text: beat.text, left: beat.turns }]);
      break;
    }
    case 'secret':
      state.secrets.set(beat.actor.id, beat.text);
      break;
    case 'pin':
      if (beat.on) state.pins.add(beat.of);
      else state.pins.delete(beat.of);
      break;
    case 'choose':
      for (const one of state.talks.values()) chooseSwipe(one, beat);
      chooseLore(state.lore, beat);
      if (beat.pick === beat.of) state.standing.delete(beat.of);
      else state.standing.set(beat.of, beat.pick);
      break;
    case 'retract':
      for (const one of state.talks.values()) dropSwipe(one, beat.of);
      dropLore(state.lore, beat.of);
      state.standing.delete(beat.of);
      for (const [of, pick] of state.standing) if (pick === beat.of) state.standing.delete(of);
      resetSetting(state, beat.of, undefined);
      state.pins.delete(beat.of);
      break;
    case 'amend':
      resetSetting(state, beat.of, beat.segments.map(({ text }) => text).join(' '));
      break;
    case 'told':
    case 'event':
    case 'forget':
    case 'rewind':
      break;
  }
}

/**
 * Takes note of a beat that is in the log and not in the story: its number is taken, its message
 * was heard, what it reworded is stored, and what the room was told of it, it was told.
 */
export function passOver(state: SceneState, beat: Beat): void {
  if (beat.n !== state.beats + 1) {
    throw new Error(`beat ${beat.n} cannot follow a log of ${state.beats}`);
  }
  state.beats = beat.n;
  if (beat.source !== undefined) state.sources.set(beat.source, beat.n);
  if (beat.kind === 'line' && beat.made?.loreLeft) state.lackedLore.add(beat.speaker.id);
  if (beat.kind === 'amend') {
    state.amends.set(beat.of, [...(state.amends.get(beat.of) ?? []), beat.n]);
  }
}

/** How the talk in a place stands. */
export function talkIn(state: SceneState, place: PlaceId): Talk {
  const known = state.talks.get(place);
  if (known) return known;
  const talk = emptyTalk();
  state.talks.set(place, talk);
  return talk;
}

function takeLine(state: SceneState, talk: Talk, beat: Extract<Beat, { kind: 'line' | 'whisper' }>): void {
  const { id } = beat.speaker;
  const plants = state.plants.get(id) ?? [];
  countLine(
    talk,
    beat,
    plants.map(({ text }) => text),
  );
  state.lastSpoke.set(id, beat.n);
  takeCue(state, beat.cue);
  if (beat.cue === GREETING_CUE) return;
  stir(state, beat.place ?? MAIN_PLACE, beat.n);
  if (isPlayerId(id)) {
    state.playerLines += 1;
    state.granted = 0;
  } else if (isCharacterId(id)) {
    state.characterTurns += 1;
    state.granted = Math.max(0, state.granted - 1);
    state.steer = state.steer && fade([state.steer])[0];
    if (plants.length > 0) state.plants.set(id, fade(plants));
  }
}

/** The setting of a beat reads so, or was none: then what stood before it stands. */
function resetSetting(state: SceneState, n: number, text: string | undefined): void {
  const { settings, opening } = state;
  if (!settings.has(n)) return;
  if (text === undefined) settings.delete(n);
  else settings.set(n, text);
  const before = (end: number) => [...settings].findLast(([earlier]) => earlier < end)?.[1] ?? '';
  state.setting = before(Number.POSITIVE_INFINITY);
  opening.setting = before(opening.closedAt ?? Number.POSITIVE_INFINITY);
  replaceSetting(state.people, before);
}

function stir(state: SceneState, place: PlaceId, n: number): void {
  state.stirredAt = n;
  state.place = place;
}

function fade(lasting: readonly Lasting[]): Lasting[] {
  return lasting.map(({ text, left }) => ({ text, left: left - 1 })).filter(({ left }) => left > 0);
}

function takeCue(state: SceneState, cue: string | undefined): void {
  if (cue === undefined || cue === GREETING_CUE) return;
  state.cue = cue;
  state.cues.add(cue);
}

/** Characters that are in the scene now, in order of entrance; in any place, or in that one. */
export function presentCharacters(state: SceneState, place?: PlaceId): Actor[] {
  return presentActors(state, place).filter((actor) => isCharacterId(actor.id));
}

/** Players that are in the scene now, in order of entrance; in any place, or in that one. */
export function presentPlayers(state: SceneState, place?: PlaceId): Actor[] {
  return presentActors(state, place).filter((actor) => isPlayerId(actor.id));
}

/** Where someone is; the main place for who is in none. */
export function placeOf(state: SceneState, id: ActorId): PlaceId {
  return state.people.get(id)?.place ?? MAIN_PLACE;
}

function presentActors(state: SceneState, place: PlaceId | undefined): Actor[] {
  return presentIn(state.people, place).map((person) => person.actor);
}
