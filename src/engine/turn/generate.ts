import { withCue } from '../../format/action-cue.ts';
import type { Release } from '../../format/turn-parser.ts';
import { ModelError } from '../../model/chat-model.ts';
import { type Actor, type ActorId, cardIdOf, ENVIRONMENT, type PlaceId } from '../../scene/beat.ts';
import { charactersAwake } from '../../scene/presence.ts';
import { talkIn } from '../../scene/scene-state.ts';
import { say, type Text } from '../../words/text.ts';
import { meteredModels } from '../budget/metered-models.ts';
import { cardOf } from '../card-of.ts';
import type { DraftReport } from '../engine-api.ts';
import { type EngineRoom, inPlace, kindOf, tell } from '../engine-room.ts';
import { cuedTurn, cuesOf } from '../game/cues.ts';
import { draftsFor } from '../judging/best-of.ts';
import { type Choosing, chooseBest } from '../judging/choose-best.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { tellFolded } from '../memory/tell-folded.ts';
import { scriptOf } from '../script-of.ts';
import { chooseNext, type PlacedChoice } from './choose-next.ts';
import { type Deadline, inTime, startDeadline } from './deadline.ts';
import { letThrough, noteHeld } from './let-through.ts';
import type { MadeTurn, TurnOptions } from './made-turn.ts';
import { makeTurn } from './make-turn.ts';
import { understudied } from './scripted-turn.ts';

type Barred = ReadonlyMap<ActorId, Text>;

/** What became of a turn; nothing of it is in the log yet. */
export type Outcome =
  | { readonly type: 'rest' }
  | {
      readonly type: 'made';
      readonly actor: Actor;
      readonly made: MadeTurn;
      readonly reports: readonly DraftReport[];
      /** Where it was chosen among several drafts. */
      readonly choosing?: Choosing;
    }
  | { readonly type: 'failed'; readonly error?: ModelError };

/** Chooses who is next and makes that turn. Never throws: what went wrong is a failed turn. */
export async function generate(room: EngineRoom, live: LiveScene, making: Making): Promise<Outcome> {
  const { signal } = making.controller;
  const silence = new AbortController();
  const { deadlineMs } = live.record;
  const deadline = deadlineMs === undefined ? undefined : startDeadline(room.clock, making, deadlineMs);
  let considering: Promise<void> | undefined;
  try {
    const barred = await passedOver(room, live);
    const stop = await room.budgets.stopOf(live.record, making.payer);
    const choice = await choose(room, live, making, barred, stop !== undefined, deadline);
    const { place, why } = choice;
    const actor = choice.type === 'speak' ? actorOf(room, live, choice.actor, place) : undefined;
    if (choice.type === 'rest' || !actor) return { type: 'rest' };
    if (stop) {
      room.log.info('budget-stop', { scene: live.record.id, turn: making.turn, meter: stop.meter.name });
      // Who calls a turn by hand waits for it; all others were told once.
      const tells = !signal.aborted && (stop.first() || making.called !== undefined);
      if (tells) await tell(room, live, { kind: 'limit', text: stop.text, ...inPlace(place) });
      return { type: 'rest' };
    }
    // Whom a script or a person calls by name is told of, too.
    const refusal = barred.get(actor.id);
    if (refusal !== undefined) {
      if (making.called !== undefined) await tell(room, live, { kind: 'info', text: refusal });
      return { type: 'rest' };
    }
    signal.throwIfAborted();
    making.actor = actor;
    making.place = place;
    making.why = why;
    making.later = choice.later ?? [];
    // An answer to a whisper is for one pair of ears, and so is that it is being made.
    const whispered = talkIn(live.state, place).whispered.has(actor.id);
    making.quiet = whispered && !choice.scripted && making.instead === undefined;
    if (!making.quiet) {
      room.stage(live.record)?.typing(live.record, actor, place);
      // The room reads who is next, and why.
      room.stage(live.record)?.changed(live.record);
      considering = saySoWhenSlow(room, live, making, AbortSignal.any([signal, silence.signal]));
    }
    return await make(room, live, making, actor, choice, deadline);
  } catch (error) {
    if (signal.aborted) return { type: 'rest' };
    if (error instanceof ModelError) {
      const { failure, message } = error;
      room.log.warn('model-failed', { scene: live.record.id, turn: making.turn, failure, message });
      return { type: 'failed', error };
    }
    room.log.error('turn-broke', { scene: live.record.id, turn: making.turn, error: kindOf(error) });
    return { type: 'failed' };
  } finally {
    silence.abort();
    await deadline?.end();
    await considering;
  }
}

/**
 * Who is on stage and may not play here any more (the channel's age limit was changed): they are passed
 * over, and the room is told so once.
 */
async function passedOver(room: EngineRoom, live: LiveScene): Promise<Barred> {
  const barred = await room.guard.barred(live);
  for (const id of live.passedOver.keys()) if (!barred.has(id)) live.passedOver.delete(id);
  for (const [id, text] of barred) {
    if (live.passedOver.has(id)) continue;
    live.passedOver.add(id);
    await tell(room, live, { kind: 'info', text });
  }
  return barred;
}

/** @param stopped nothing may be spent any more: the rules choose */
async function choose(
  room: EngineRoom,
  live: LiveScene,
  { turn, called, place, foresight, controller }: Making,
  barred: Barred,
  stopped: boolean,
  deadline: Deadline | undefined,
): Promise<PlacedChoice> {
  if (called !== undefined && called !== 'anyone') {
    return { type: 'speak', actor: called, why: 'called by hand', place };
  }
  const { log } = room;
  const library = room.libraryOf(live.record);
  const rules = room.rulesFor(live.record);
  const { director, ...others } = meteredModels(room, live);
  const options = {
    library,
    models: { ...others, ...(director && !stopped ? { director } : {}) },
    rules,
    log,
    turn,
    script: scriptOf(library, live.record),
    barred,
    foresight,
    mayRead: async (reason: string) =>
      (await room.guard.input(live.record, reason, controller.signal)) === undefined,
  };
  const choosing = (from: typeof options, signal: AbortSignal) =>
    called === undefined
      ? chooseNext(live, from, signal)
      : chooseNext(live, { ...from, somebody: true }, signal, place);
  const { signal } = controller;
  if (!deadline) return choosing(options, signal);
  try {
    return await choosing(options, AbortSignal.any([signal, deadline.half]));
  } catch (error) {
    if (signal.aborted || !deadline.half.aborted) throw error;
    return choosing({ ...options, models: others }, signal);
  }
}

async function make(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: PlacedChoice & { readonly type: 'speak' },
  deadline: Deadline | undefined,
): Promise<Outcome> {
  const library = room.libraryOf(live.record);
  const models = meteredModels(room, live, cardIdOf(actor.id));
  const rules = room.rulesFor(live.record, cardIdOf(actor.id));
  making.by = models.actor?.name;
  // To wait for several, and for a judge, is no way to be in time.
  const alone = choice.scripted !== undefined || actor.id === ENVIRONMENT.id || deadline !== undefined;
  const drafts = alone ? 1 : await draftsFor(room, live, making, rules, models);
  const reports: DraftReport[] = [];
  const options: TurnOptions = {
    library,
    models,
    rules,
    script: scriptOf(library, live.record),
    clock: room.clock,
    log: room.log,
    store: room.options.store,
    audience: room.guard.audienceRule(live.record),
    tracing: room.options.tracing ?? false,
    drafts,
    onRelease: (release) => showPiece(room, live, making, actor, release),
    onDraft: (report) => reports.push(report),
  };
  const drafted = deadline
    ? await inTime(
        deadline,
        making,
        (hurried) => makeTurn(live, hurried, actor, choice, options),
        () => understudied(live, making, actor, choice, options),
      )
    : await makeTurn(live, making, actor, choice, options);
  if (drafted.turns.length === 0) return unusable(room, live, making, actor, reports);
  const { passed: shown, held } = await letThrough(room, live, making, actor, drafted.turns);
  const passed = shown.map((made) => cuedTurn(live.record, actor, made));
  const [first] = passed;
  if (!first) {
    if (held) noteHeld(room, live, actor, held);
    return { type: 'failed' };
  }
  if (!making.controller.signal.aborted) await tellFolded(room, live, actor, making.place);
  if (drafts === 1 || !models.judge) return { type: 'made', actor, made: first, reports };
  const candidates = { turns: passed, waitedMs: drafted.waitedMs };
  const { made = first, choosing } = await chooseBest(room, live, making, actor, models.judge, candidates);
  return { type: 'made', actor, made, reports, choosing };
}

function unusable(
  room: EngineRoom,
  live: LiveScene,
  { turn }: Making,
  actor: Actor,
  reports: readonly DraftReport[],
): Outcome {
  for (const report of reports) room.report(report);
  room.audit.note(live.record.server, {
    kind: 'failed',
    text: say('A turn of {{who}} could not be used: the moment passed.', { who: actor.name }),
    scene: live.record.id,
  });
  room.log.warn('turn-unusable', {
    scene: live.record.id,
    turn,
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
  if (!stage?.streams || room.guard.looksAt(live.record)) return;
  if (release.type === 'segment') {
    const segment = withCue(release.segment, cuesOf(live.record, actor.id));
    making.visible = true;
    making.shown.push(segment);
    stage.partial(live.record, making.turn, actor, segment);
  } else {
    making.visible = false;
    making.shown = [];
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
    await room.clock.sleep(room.rulesFor(live.record).consideringAfterMs, signal);
  } catch {
    return;
  }
  const name = actor?.id === ENVIRONMENT.id ? say('The Narrator') : (actor?.name ?? say('Someone'));
  await tell(room, live, {
    kind: 'considering',
    text: say('*{{name}} considers…*', { name }),
    ...inPlace(place),
  });
}

function actorOf(
  room: EngineRoom,
  { record, state }: LiveScene,
  id: ActorId,
  place: PlaceId,
): Actor | undefined {
  if (id === ENVIRONMENT.id) return ENVIRONMENT;
  return (
    cardOf(room.libraryOf(record), id) &&
    charactersAwake(state.people, place).find((actor) => actor.id === id)
  );
}
