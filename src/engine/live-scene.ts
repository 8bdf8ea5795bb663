import type { Character } from '../cast/character.ts';
import type { Foresight } from '../director/foresight.ts';
import { DIRECTOR_WINDOW_CHARS, directorLine } from '../director/predict.ts';
import type { VisibleSegment } from '../format/segments.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { ActorPrompt } from '../performer/actor-prompt.ts';
import { ENVIRONMENT_WINDOW_CHARS } from '../performer/environment-prompt.ts';
import type { Actor, ActorId, Beat, NewBeat, PlaceId } from '../scene/beat.ts';
import { foldLog } from '../scene/fold-log.ts';
import { createMinds, type Minds } from '../scene/minds.ts';
import { applyBeat, emptyScene, type SceneState } from '../scene/scene-state.ts';
import type { StageBeat } from '../scene/stage-beat.ts';
import { createWindow, type Window } from '../scene/window.ts';
import type { SceneStore } from '../store/scene-store.ts';
import type { CharacterLore } from './lore/character-lore.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { Memory } from './memory/memory.ts';
import type { SceneRecord } from './scene-record.ts';

/** A generation in flight. Its result counts only while it is its scene's `making`. */
export type Making = {
  readonly turn: string;
  /** Length of the log when it began. */
  readonly since: number;
  readonly controller: AbortController;
  /** Who was called to take it, by hand. */
  readonly called: ActorId | 'anyone' | undefined;
  /** Known once the director has chosen: who, where, and why. */
  actor: Actor | undefined;
  place: PlaceId;
  why: string;
  /** It answers a whisper: that it is made is nobody's business but the whisperer's. */
  quiet: boolean;
  /** The player whose line it answers, or who called it: it counts to their budget. Stage user id. */
  payer: string | undefined;
  /** What the director foresaw when it decided the turn before. */
  readonly foresight?: Foresight | undefined;
  /** Whom it expects after this one. */
  later: readonly ActorId[];
  /** Of a swipe: the line that it is an alternative to. */
  readonly instead: number | undefined;
  /** Something of it was shown already: these pieces. */
  visible: boolean;
  shown: VisibleSegment[];
  /** Name of the model that makes it; known once it was asked. */
  by: string | undefined;
};

/**
 * A beat that is in the log and perhaps not on the surface. `tried`: it may stand there all the
 * same, because a process ended, or an answer was lost, between the post and the note of it.
 */
export type Unshown = { readonly beat: StageBeat; tried: boolean };

/** What a place's director and Environment read. */
export type PlaceWindows = { readonly director: Window; readonly environment: Window };

export type LaidOut = {
  readonly model: ChatModel;
  readonly character: Character;
  readonly prompt: ActorPrompt;
  /** What it remembered of earlier evenings when it was laid out. */
  readonly earlier: string;
  /** What it said of who may be watching. */
  readonly audience: string;
  /** What it may know here. */
  readonly lore: CharacterLore;
  readonly memory: Memory;
};

/** What a scene's log comes to; a rewind folds it anew. */
export type Story = {
  readonly state: SceneState;
  readonly minds: Minds;
  readonly windows: Map<PlaceId, PlaceWindows>;
  /** Prompts that grow with their views, each laid out for one model and one state of the card. */
  readonly prompts: Map<ActorId, LaidOut>;
};

/** A scene in memory: its record, the fold of its log, and the views that grow with it. */
export type LiveScene = Story & {
  record: SceneRecord;
  state: SceneState;
  minds: Minds;
  windows: Map<PlaceId, PlaceWindows>;
  prompts: Map<ActorId, LaidOut>;
  readonly mailbox: Mailbox;
  /** Its record is in storage. What happens before that is shown after it, so that no cut-off start leaves traces. */
  known: boolean;
  /** What the surface has yet to be shown, oldest first; undefined until storage was asked what is missing. */
  unshown: Unshown[] | undefined;
  making: Making | undefined;
  /** Generations that have not come to their end, those that were broken off included; they never reject. */
  readonly generating: Set<Promise<void>>;
  /** Generations begun, for turn ids. */
  generations: number;
  /** Player lines in a row that broke off a generation. */
  interruptions: number;
  /** Milliseconds since the epoch of the last beat that a person brought about. */
  activeAt: number;
  /** Whose turn failed last, for Retry. */
  failed: ActorId | undefined;
  /** Places that came to rest, and what had stirred them last: until something new does, nobody is asked again. */
  readonly rested: Map<PlaceId, number>;
  /** Lines of players are being gathered; the turn that answers them waits. */
  gathering: Gathering | undefined;
  /** Milliseconds since the epoch at which each player was last seen typing. */
  readonly typing: Map<string, number>;
  /** By character: up to which beat the room knows that its memory was folded. */
  readonly toldFolded: Map<ActorId, number>;
  /** Milliseconds since the epoch; undefined while the embeddings model has never failed here. */
  embedFailedAt: number | undefined;
  /** Who was told that they may not play here, and in which words. */
  readonly refused: Set<string>;
  /** Characters of whom the room knows that they may not play here any more. */
  readonly passedOver: Set<ActorId>;
};

export type Gathering = { readonly since: number; readonly controller: AbortController };

/** A scene without beats. */
export function emptyLiveScene(record: SceneRecord): LiveScene {
  return {
    ...storyOf(emptyScene(), createMinds()),
    record,
    mailbox: createMailbox(),
    known: false,
    unshown: [],
    making: undefined,
    generating: new Set(),
    generations: 0,
    interruptions: 0,
    activeAt: 0,
    failed: undefined,
    rested: new Map(),
    gathering: undefined,
    typing: new Map(),
    toldFolded: new Map(),
    embedFailedAt: undefined,
    refused: new Set(),
    passedOver: new Set(),
  };
}

/** Reads a stored scene's log into memory. */
export async function loadLiveScene(record: SceneRecord, store: SceneStore): Promise<LiveScene> {
  const live = emptyLiveScene(record);
  live.known = true;
  live.unshown = undefined;
  for await (const beat of store.read(record.log)) {
    // What a rewind left behind is known only at its end.
    if (beat.kind === 'rewind') {
      await foldAnew(live, store);
      break;
    }
    takeIn(live, beat);
  }
  return live;
}

/** Folds the whole log again: after a rewind the story is another. */
export async function foldAnew(live: LiveScene, store: SceneStore): Promise<void> {
  const beats = await Array.fromAsync(store.read(live.record.log));
  const { state, minds } = foldLog(beats);
  Object.assign(live, storyOf(state, minds));
  live.activeAt = beats.findLast(isByPerson)?.at ?? 0;
  live.rested.clear();
}

/**
 * Writes the next beat and takes it into memory; one write, whatever the length of the log.
 * @throws StoreError where it was not written; the scene is then as it was
 */
export async function append(live: LiveScene, store: SceneStore, beat: NewBeat): Promise<Beat> {
  // A copy: its texts are pieces of a draft, and each would keep the whole draft in memory, the plan included.
  const numbered: Beat = structuredClone({ ...beat, n: live.state.beats + 1 });
  await store.append(live.record.log, numbered);
  takeIn(live, numbered);
  return numbered;
}

/** What is written down of a scene that comes to rest. */
export function atRest({ state: { beats }, unshown }: LiveScene): Partial<SceneRecord> {
  return { restedAt: beats, ...(unshown?.length === 0 ? { settledAt: beats } : {}) };
}

/** What the director and the Environment read in a place. */
export function windowsIn({ minds, windows }: Story, place: PlaceId): PlaceWindows {
  const known = windows.get(place);
  if (known) return known;
  const { director, environment } = minds.place(place);
  const made = {
    director: createWindow(director, DIRECTOR_WINDOW_CHARS, directorLine),
    environment: createWindow(environment, ENVIRONMENT_WINDOW_CHARS, directorLine),
  };
  windows.set(place, made);
  return made;
}

function storyOf(state: SceneState, minds: Minds): Story {
  return { state, minds, windows: new Map(), prompts: new Map() };
}

function takeIn(live: LiveScene, beat: Beat): void {
  applyBeat(live.state, beat);
  live.minds.add(beat);
  if (isByPerson(beat)) live.activeAt = beat.at;
}

/** Whether a person brought it about, rather than a turn that was made. */
function isByPerson(beat: Beat): boolean {
  return !('made' in beat && beat.made) && !('inferred' in beat && beat.inferred);
}
