import type { Character } from '../cast/character.ts';
import { DIRECTOR_WINDOW_CHARS, directorLine } from '../director/predict.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { ActorPrompt } from '../performer/actor-prompt.ts';
import { ENVIRONMENT_WINDOW_CHARS } from '../performer/environment-prompt.ts';
import { type Actor, type ActorId, type Beat, isCharacterId, type NewBeat } from '../scene/beat.ts';
import { applyBeat, emptyScene, type SceneState } from '../scene/scene-state.ts';
import type { StageBeat } from '../scene/stage-beat.ts';
import { createView, type View } from '../scene/view.ts';
import { createWindow, type Window } from '../scene/window.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { SceneRecord } from './scene-record.ts';

/** A generation in flight. Its result counts only while it is its scene's `making`. */
export type Making = {
  readonly turn: string;
  readonly controller: AbortController;
  /** Who was called to take it, by hand. */
  readonly called: ActorId | 'anyone' | undefined;
  /** Known once the director has chosen. */
  actor: Actor | undefined;
  /** Something of it was shown already. */
  visible: boolean;
};

/**
 * A beat that is in the log and perhaps not on the surface. `tried`: it may stand there all the
 * same, because a process ended, or an answer was lost, between the post and the note of it.
 */
export type Unshown = { readonly beat: StageBeat; tried: boolean };

export type LaidOut = {
  readonly model: ChatModel;
  readonly character: Character;
  readonly prompt: ActorPrompt;
};

/** A scene in memory: its record, the fold of its log, and the views that grow with it. */
export type LiveScene = {
  record: SceneRecord;
  readonly mailbox: Mailbox;
  readonly state: SceneState;
  readonly views: {
    readonly director: View;
    readonly environment: View;
    /** From each character's first entrance on. */
    readonly characters: Map<ActorId, View>;
  };
  readonly windows: { readonly director: Window; readonly environment: Window };
  /** Prompts that grow with their views, each laid out for one model and one state of the card. */
  readonly prompts: Map<ActorId, LaidOut>;
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
  /** Whose turn failed last, for Retry. */
  failed: ActorId | undefined;
};

/** A scene without beats. */
export function emptyLiveScene(record: SceneRecord): LiveScene {
  const director = createView({ type: 'director' });
  const environment = createView({ type: 'environment' });
  return {
    record,
    mailbox: createMailbox(),
    state: emptyScene(),
    views: { director, environment, characters: new Map() },
    windows: {
      director: createWindow(director, DIRECTOR_WINDOW_CHARS, directorLine),
      environment: createWindow(environment, ENVIRONMENT_WINDOW_CHARS, directorLine),
    },
    prompts: new Map(),
    known: false,
    unshown: [],
    making: undefined,
    generating: new Set(),
    generations: 0,
    interruptions: 0,
    failed: undefined,
  };
}

/** Reads a stored scene's log into memory. */
export async function loadLiveScene(record: SceneRecord, store: SceneStore): Promise<LiveScene> {
  const live = emptyLiveScene(record);
  live.known = true;
  live.unshown = undefined;
  for await (const beat of store.read(record.log)) takeIn(live, beat);
  return live;
}

/**
 * Writes the next beat and takes it into memory; one write, whatever the length of the log.
 * @throws StoreError where it was not written; the scene is then as it was
 */
export async function append(live: LiveScene, store: SceneStore, beat: NewBeat): Promise<Beat> {
  const numbered: Beat = { ...beat, n: live.state.beats + 1 };
  await store.append(live.record.log, numbered);
  takeIn(live, numbered);
  return numbered;
}

function takeIn(live: LiveScene, beat: Beat): void {
  const { characters, director, environment } = live.views;
  if (beat.kind === 'entrance' && isCharacterId(beat.actor.id) && !characters.has(beat.actor.id)) {
    characters.set(beat.actor.id, createView({ type: 'character', id: beat.actor.id }));
  }
  applyBeat(live.state, beat);
  director.add(beat);
  environment.add(beat);
  for (const view of characters.values()) view.add(beat);
}
