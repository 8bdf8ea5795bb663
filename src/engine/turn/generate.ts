import type { Release } from '../../format/turn-parser.ts';
import { ModelError } from '../../model/chat-model.ts';
import { type Actor, type ActorId, ENVIRONMENT } from '../../scene/beat.ts';
import { presentCharacters } from '../../scene/scene-state.ts';
import { serverTurnsLeft } from '../caps.ts';
import { cardOf } from '../card-of.ts';
import type { DraftReport } from '../engine-api.ts';
import { type EngineRoom, kindOf, tell } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { scriptOf } from '../script-of.ts';
import { chooseNext } from './choose-next.ts';
import type { MadeTurn } from './made-turn.ts';
import { makeTurn } from './make-turn.ts';
import type { Choice } from './scripted-choice.ts';

/** What became of a turn; nothing of it is in the log yet. */
export type Outcome =
  | { readonly type: 'rest' }
  | { readonly type: 'made'; readonly actor: Actor; readonly made: MadeTurn; readonly reports: DraftReport[] }
  | { readonly type: 'failed'; readonly error?: ModelError };

/** Chooses who is next and makes that turn. Never throws: what went wrong is a failed turn. */
export async function generate(room: EngineRoom, live: LiveScene, making: Making): Promise<Outcome> {
  const { signal } = making.controller;
  const silence = new AbortController();
  let considering: Promise<void> | undefined;
  try {
    const choice = await choose(room, live, making);
    const actor = choice.type === 'speak' ? actorOf(room, live, choice.actor) : undefined;
    if (choice.type === 'rest' || !actor) return { type: 'rest' };
    if ((await serverTurnsLeft(room, live.record)) <= 0) {
      if (!signal.aborted) await tell(room, live, { kind: 'limit', text: TURNS_SPENT });
      return { type: 'rest' };
    }
    signal.throwIfAborted();
    making.actor = actor;
    room.stage(live.record)?.typing(live.record, actor);
    considering = saySoWhenSlow(room, live, actor, AbortSignal.any([signal, silence.signal]));
    return await make(room, live, making, actor, choice);
  } catch (error) {
    if (signal.aborted) return { type: 'rest' };
    if (error instanceof ModelError) {
      const { failure, message } = error;
      room.log.warn('model-failed', { scene: live.record.id, failure, message });
      return { type: 'failed', error };
    }
    room.log.error('turn-broke', { scene: live.record.id, error: kindOf(error) });
    return { type: 'failed' };
  } finally {
    silence.abort();
    await considering;
  }
}

const TURNS_SPENT =
  'The cast has had its turns for today in this server. A moderator can raise the limit; it starts anew at midnight UTC.';

async function choose(room: EngineRoom, live: LiveScene, { called, controller }: Making): Promise<Choice> {
  if (called !== undefined && called !== 'anyone') {
    return { type: 'speak', actor: called, why: 'called by hand' };
  }
  const { limits, log } = room;
  const { library } = room.options;
  const options = { library, models: room.models(), limits, log, script: scriptOf(library, live.record) };
  return chooseNext(live, { ...options, somebody: called === 'anyone' }, controller.signal);
}

async function make(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: Choice & { readonly type: 'speak' },
): Promise<Outcome> {
  const { library } = room.options;
  const reports: DraftReport[] = [];
  const made = await makeTurn(live, making, actor, choice, {
    library,
    models: room.models(),
    script: scriptOf(library, live.record),
    clock: room.clock,
    tracing: room.options.tracing ?? false,
    onRelease: (release) => showPiece(room, live, making, actor, release),
    onDraft: (report) => reports.push(report),
  });
  if (made) return { type: 'made', actor, made, reports };
  for (const report of reports) room.report(report);
  room.log.warn('turn-unusable', {
    scene: live.record.id,
    turn: making.turn,
    character: actor.id,
    faults: reports.flatMap((report) => report.faults).join(' '),
  });
  return { type: 'failed' };
}

function showPiece(room: EngineRoom, live: LiveScene, making: Making, actor: Actor, release: Release): void {
  if (live.making !== making) return;
  const stage = room.stage(live.record);
  if (!stage?.streams) return;
  if (release.type === 'segment') {
    making.visible = true;
    stage.partial(live.record, making.turn, actor, release.segment);
  } else {
    making.visible = false;
    stage.withdraw(live.record, making.turn);
  }
}

/** After long silence the room is told that someone is still at it. Ends when the turn does. */
async function saySoWhenSlow(
  room: EngineRoom,
  live: LiveScene,
  actor: Actor,
  signal: AbortSignal,
): Promise<void> {
  try {
    await room.clock.sleep(room.limits.consideringAfterMs, signal);
  } catch {
    return;
  }
  const name = actor.id === ENVIRONMENT.id ? 'The Narrator' : actor.name;
  await tell(room, live, { kind: 'considering', text: `*${name} considers…*` });
}

function actorOf({ options }: EngineRoom, { state }: LiveScene, id: ActorId): Actor | undefined {
  if (id === ENVIRONMENT.id) return ENVIRONMENT;
  return cardOf(options.library, id) && presentCharacters(state).find((actor) => actor.id === id);
}
