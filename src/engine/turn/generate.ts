import type { Segment } from '../../format/segments.ts';
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
import { heldWords } from '../guard/held-words.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { tellFolded } from '../memory/tell-folded.ts';
import { scriptOf } from '../script-of.ts';
import { chooseNext, type PlacedChoice } from './choose-next.ts';
import type { MadeTurn } from './made-turn.ts';
import { makeTurn } from './make-turn.ts';
import { SCRIPT } from './scripted-turn.ts';

type Barred = ReadonlyMap<ActorId, Text>;

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
    const barred = await passedOver(room, live);
    const stop = await room.budgets.stopOf(live.record, making.payer);
    const choice = await choose(room, live, making, barred, stop !== undefined);
    const { place, why } = choice;
    const actor = choice.type === 'speak' ? actorOf(room, live, choice.actor, place) : undefined;
    if (choice.type === 'rest' || !actor) return { type: 'rest' };
    if (stop) {
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
  { called, place, controller }: Making,
  barred: Barred,
  stopped: boolean,
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
    script: scriptOf(library, live.record),
    barred,
    mayRead: async (reason: string) =>
      (await room.guard.input(live.record, reason, controller.signal)) === undefined,
  };
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
  const { store } = room.options;
  const library = room.libraryOf(live.record);
  const reports: DraftReport[] = [];
  const made = await makeTurn(live, making, actor, choice, {
    library,
    models: meteredModels(room, live, cardIdOf(actor.id)),
    rules: room.rulesFor(live.record, cardIdOf(actor.id)),
    script: scriptOf(library, live.record),
    clock: room.clock,
    log: room.log,
    store,
    audience: room.guard.audienceRule(live.record),
    tracing: room.options.tracing ?? false,
    onRelease: (release) => showPiece(room, live, making, actor, release),
    onDraft: (report) => reports.push(report),
  });
  const held =
    made &&
    (await room.guard.output(
      live.record,
      wordsOf(actor, made),
      making.controller.signal,
      made.made.by === SCRIPT,
    ));
  if (held) {
    const { record } = live;
    room.log.warn('turn-held-back', { scene: record.id, turn: making.turn, because: held.because });
    room.audit.note(record.server, {
      kind: 'held-back',
      text: say('A line of {{who}} was held back: {{why}}.', { who: actor.name, why: heldWords(held) }),
      scene: record.id,
    });
    return { type: 'failed' };
  }
  if (made) {
    if (!making.controller.signal.aborted) await tellFolded(room, live, actor, making.place);
    const segments = room.guard.tidy(live.record, made.turn.segments);
    return { type: 'made', actor, made: { ...made, turn: { ...made.turn, segments } }, reports };
  }
  for (const report of reports) room.report(report);
  room.audit.note(live.record.server, {
    kind: 'failed',
    text: say('A turn of {{who}} could not be used: the moment passed.', { who: actor.name }),
    scene: live.record.id,
  });
  room.log.warn('turn-unusable', {
    scene: live.record.id,
    turn: making.turn,
    character: actor.id,
    faults: reports.flatMap((report) => report.faults).join(' '),
  });
  return { type: 'failed' };
}

/** All words of a turn; of a narration also how it says that somebody comes or goes. */
function wordsOf(actor: Actor, { turn, changes = [] }: MadeTurn): Pick<Segment, 'kind' | 'text'>[] {
  if (actor.id !== ENVIRONMENT.id) return [...turn.segments];
  const told = [...turn.segments.map(({ text }) => text), ...changes.map(({ how }) => how ?? '')];
  return told.filter(Boolean).map((text) => ({ kind: 'speech', text }));
}

function showPiece(room: EngineRoom, live: LiveScene, making: Making, actor: Actor, release: Release): void {
  // What is for one pair of ears is shown to nobody else, not even in pieces.
  if (making.quiet) return;
  if (live.making !== making) return;
  const stage = room.stage(live.record);
  if (!stage?.streams || room.guard.looksAt(live.record)) return;
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
