import type { Library } from '../cast/library/library-api.ts';
import type { Rules } from '../config/room-settings.ts';
import type { Log } from '../log.ts';
import { type ActorId, type Beat, MAIN_PLACE, type NewBeat, type PlaceId } from '../scene/beat.ts';
import { perceiversIn } from '../scene/presence.ts';
import { StoreError } from '../store/scene-store.ts';
import { type Locale, localeFor } from '../words/locales.ts';
import { render } from '../words/render.ts';
import type { Text } from '../words/text.ts';
import type { Access } from './access/access-api.ts';
import type { Audit } from './audit/audit-api.ts';
import type { Budgets } from './budget/budget-api.ts';
import type { Cards } from './cards/cards-api.ts';
import type { Choices } from './choices/choices-api.ts';
import type { DraftReport, Servers } from './engine-api.ts';
import type { Clock, EngineOptions } from './engine-options.ts';
import type { Guard } from './guard/guard-api.ts';
import type { JudgeReport } from './judging/judge-report.ts';
import { append, type LiveScene } from './live-scene.ts';
import type { Mailbox } from './mailbox.ts';
import type { Models } from './models.ts';
import type { Principles } from './principles/principles-api.ts';
import type { Privacy } from './privacy/privacy-api.ts';
import type { SceneRecord } from './scene-record.ts';
import type { Settings } from './settings/settings-api.ts';
import { findUnshown, noteUnshown, showUnshown } from './show-beat.ts';
import { type Notice, type Stage, StageError } from './stage.ts';
import type { Traces } from './traces/traces.ts';

/** What the parts of the engine share; made once by `createEngine`. */
export type EngineRoom = {
  readonly options: EngineOptions;
  /** What holds in this scene now (for one of its cast), as it was set for it and around it. */
  rulesFor(record: SceneRecord, cardId?: string): Rules;
  /** Who plays in this scene (that character): the operator's models, or those that its server chose. */
  modelsFor(record: SceneRecord, cardId?: string): Models;
  /** Whom that scene's server may play with. Known once the scene is open. */
  libraryOf(record: { readonly server?: string | undefined }): Library;
  /** Reads what holds in a place (settings, models, library) where no scene was opened there. */
  readAround(record: SceneRecord): Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Counters are read and written one at a time, whatever scene counts. */
  readonly counting: Mailbox;
  /** Turns that are being made come to their end, and no other begins: the engine is about to close. */
  readonly finishing: boolean;
  /** Ends when the engine closes. */
  readonly closing: AbortSignal;
  readonly settings: Settings;
  readonly access: Access;
  readonly audit: Audit;
  readonly budgets: Budgets;
  readonly cards: Cards;
  readonly choices: Choices;
  readonly guard: Guard;
  readonly principles: Principles;
  readonly privacy: Privacy;
  readonly servers: Servers;
  readonly traces: Traces;
  stage(record: Pick<SceneRecord, 'stage'>): Stage | undefined;
  /** Does something in the mailbox of a scene that began with another's story, also where it has ended. */
  inBranch(
    branch: { readonly scene: string; readonly log: string },
    task: (live: LiveScene) => Promise<void>,
  ): Promise<void>;
  /** Somebody follows drafts (x-ray): what is worked out for them alone is not wasted. */
  readonly followed: boolean;
  /** Never throws, whatever its listeners do. */
  report(draft: DraftReport): void;
  /** The same of how a turn was chosen. */
  reportJudged(report: JudgeReport): void;
};

/**
 * Fields that every beat has, for what happens openly in a place now: before all who are there and
 * awake. Whoever does it perceives it all, in whatever state they are.
 */
export function openly(room: EngineRoom, live: LiveScene, place: PlaceId, doer?: ActorId) {
  const { witnesses, seen } = perceiversIn(live.state.people, place);
  const all = doer === undefined ? witnesses : [...new Set([...witnesses, doer])];
  const only = seen.filter((id) => id !== doer);
  return {
    ...nowBefore(room, live, all),
    ...(only.length > 0 ? { seen: only } : {}),
    ...inPlace(place),
  };
}

/** A beat's place; the main one is not written down. */
export function inPlace(place: PlaceId): { place?: PlaceId } {
  return place === MAIN_PLACE ? {} : { place };
}

/** Fields that every beat has, for a beat that happens now before these witnesses. */
export function nowBefore(
  room: EngineRoom,
  live: LiveScene,
  witnesses: readonly string[],
): { at: number; origin: SceneRecord['origin']; witnesses: string[] } {
  return { at: room.clock.now(), origin: live.record.origin, witnesses: [...witnesses] };
}

/**
 * Records a beat and then shows it; never the other way round.
 * @throws StoreError where it could not be recorded; nothing has happened then
 */
export async function recordAndShow(room: EngineRoom, live: LiveScene, beat: NewBeat): Promise<Beat> {
  const { store } = room.options;
  const stage = room.stage(live.record);
  if (stage) live.unshown ??= await findUnshown(live, stage, store);
  const recorded = await append(live, store, beat);
  noteUnshown(live, recorded);
  await showOrPause(room, live);
  return recorded;
}

/**
 * Shows what the room has not seen yet. Where the surface cannot take it, the scene pauses with its
 * log intact, and goes on from there when someone continues it. Where it was storage that failed,
 * what is unshown (or only not known to be shown) waits for the next beat.
 */
export async function showOrPause(room: EngineRoom, live: LiveScene): Promise<void> {
  const stage = room.stage(live.record);
  if (!stage || !live.known) return;
  try {
    await showUnshown(live, stage, room.options.store, room.closing);
  } catch (error) {
    // The engine or the surface closes; after the next start it is shown.
    if (room.closing.aborted || (error instanceof Error && error.name === 'AbortError')) throw error;
    const reason = error instanceof StageError ? error.reason : kindOf(error);
    room.log.warn('beat-refused', { scene: live.record.id, beat: live.unshown?.[0]?.beat.n, reason });
    if (error instanceof StoreError || live.record.status !== 'playing') return;
    await saveRecord(room, live, { status: 'paused' });
    stage.changed(live.record);
  }
}

/** A neutral line outside the story. One that cannot be shown stops nothing. */
export async function tell(
  room: EngineRoom,
  live: Pick<LiveScene, 'record'>,
  notice: Omit<Notice, 'text'> & { readonly text: Text },
): Promise<void> {
  try {
    const text = render(notice.text, localeOf(room, live.record));
    await room.stage(live.record)?.notice(live.record, { ...notice, text });
  } catch (error) {
    room.log.warn('notice-failed', { scene: live.record.id, error: kindOf(error) });
  }
}

/** The language in which the bot speaks to a room: as it was set, else as its server's. */
export function localeOf(room: EngineRoom, record: SceneRecord): Locale {
  const { language } = room.rulesFor(record);
  return language === 'auto' ? localeFor(room.stage(record)?.language?.(record)) : language;
}

/**
 * Changes what is known of a scene outside its log.
 * @throws StoreError where it was not written; nothing has changed then
 */
export async function saveRecord(
  room: EngineRoom,
  live: LiveScene,
  change: Partial<SceneRecord>,
): Promise<void> {
  const changed = { ...live.record, ...change };
  await room.options.store.put('scene', changed.id, changed);
  live.record = changed;
}

/** An error's kind and place for the log; its message may quote what was being processed. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  return `${error.name} ${place?.trim() ?? ''}`.trim();
}
