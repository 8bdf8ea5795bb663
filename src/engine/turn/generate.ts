import type { Release } from '../../format/turn-parser.ts';
import { ModelError } from '../../model/chat-model.ts';
import { type Actor, type ActorId, ENVIRONMENT, type PlaceId } from '../../scene/beat.ts';
import { charactersAwake } from '../../scene/presence.ts';
import { talkIn } from '../../scene/scene-state.ts';
import { serverTurnsLeft } from '../caps.ts';
import { cardOf } from '../card-of.ts';
import type { DraftReport } from '../engine-api.ts';
import { type EngineRoom, inPlace, kindOf, tell } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { tellFolded } from '../memory/tell-folded.ts';
import { scriptOf } from '../script-of.ts';
import { chooseNext, type PlacedChoice } from './choose-next.ts';
import type { MadeTurn } from './made-turn.ts';
import { makeTurn } from './make-turn.ts';

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
    const { place, why } = choice;
    const actor = choice.type === 'speak' ? actorOf(room, live, choice.actor, place) : undefined;
    if (choice.type === 'rest' || !actor) return { type: 'rest' };
    if ((await serverTurnsLeft(room, live.record)) <= 0) {
      if (!signal.aborted) await tell(room, live, { kind: 'limit', text: TURNS_SPENT, ...inPlace(place) });
      return { type: 'rest' };
    }
    signal.throwIfAborted();
    making.actor = actor;
    making.place = place;
    making.why = why;
    // An answer to a whisper is for one pair of ears, and so is that it is being made.
    const whispered = talkIn(live.state, place).whispered.has(actor.id);
    making.quiet = whispered && !choice.scripted && making.instead === undefined;
    if (!making.quiet) {
      room.stage(live.record)?.typing(live.record, actor, place);
      // The room reads who is next, and why.
      room.stage(live.record)?.changed(live.record);
      considering = saySoWhenSlow(room, live, making, AbortSignal.any([signal, silence.signal]));
    }
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

async function choose(
  room: EngineRoom,
  live: LiveScene,
  { called, place, controller }: Making,
): Promise<PlacedChoice> {
  if (called !== undefined && called !== 'anyone') {
    return { type: 'speak', actor: called, why: 'called by hand', place };
  }
  const { log } = room;
  const { library } = room.options;
  const limits = room.limitsFor(live.record);
  const options = { library, models: room.models(), limits, log, script: scriptOf(library, live.record) };
  if (called === undefined) return chooseNext(live, options, controller.signal);
  return chooseNext(live, { ...options, somebody: true }, controller.signal, place);
}

async function make(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: PlacedChoice & { readonly type: 'speak' },
): Promise<Outcome> {
  const { library, store } = room.options;
  const reports: DraftReport[] = [];
  const made = await makeTurn(live, making, actor, choice, {
    library,
    models: room.models(),
    script: scriptOf(library, live.record),
    clock: room.clock,
    log: room.log,
    store,
    tracing: room.options.tracing ?? false,
    onRelease: (release) => showPiece(room, live, making, actor, release),
    onDraft: (report) => reports.push(report),
  });
  if (made) {
    if (!making.controller.signal.aborted) await tellFolded(room, live, actor, making.place);
    return { type: 'made', actor, made, reports };
  }
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
  // What is for one pair of ears is shown to nobody else, not even in pieces.
  if (making.quiet) return;
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
  { actor, place }: Making,
  signal: AbortSignal,
): Promise<void> {
  try {
    await room.clock.sleep(room.limitsFor(live.record).consideringAfterMs, signal);
  } catch {
    return;
  }
  const name = actor?.id === ENVIRONMENT.id ? 'The Narrator' : (actor?.name ?? 'Someone');
  await tell(room, live, { kind: 'considering', text: `*${name} considers…*`, ...inPlace(place) });
}

function actorOf(
  { options }: EngineRoom,
  { state }: LiveScene,
  id: ActorId,
  place: PlaceId,
): Actor | undefined {
  if (id === ENVIRONMENT.id) return ENVIRONMENT;
  return cardOf(options.library, id) && charactersAwake(state.people, place).find((actor) => actor.id === id);
}
