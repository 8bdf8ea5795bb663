import { namesOf } from '../../cast/name-parts.ts';
import { findAddressed } from '../../director/address.ts';
import type { Release } from '../../format/turn-parser.ts';
import { ModelError } from '../../model/chat-model.ts';
import { type Actor, type ActorId, ENVIRONMENT } from '../../scene/beat.ts';
import { presentCharacters, witnessesNow } from '../../scene/scene-state.ts';
import { countServerTurn, serverTurnsLeft } from '../caps.ts';
import { cardOf } from '../card-of.ts';
import type { DraftReport } from '../engine-api.ts';
import { type EngineRoom, nowBefore, recordAndShow, saveRecord } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { type Choice, chooseNext } from './choose-next.ts';
import type { MadeTurn } from './made-turn.ts';
import { makeTurn } from './make-turn.ts';

type Outcome =
  | { readonly type: 'rest' }
  | { readonly type: 'made'; readonly actor: Actor; readonly made: MadeTurn; readonly reports: DraftReport[] }
  | { readonly type: 'failed'; readonly actor: Actor | undefined; readonly error?: ModelError }
  | { readonly type: 'broken'; readonly error: unknown };

/**
 * Begins the next turn of a scene, where one is due: in the scene's mailbox, with nothing being
 * made. The generation runs beside the mailbox and posts its result there.
 *
 * @param forced whose turn it is, whatever the director would say
 */
export function advance(room: EngineRoom, live: LiveScene, forced?: ActorId): void {
  if (live.making || live.record.status !== 'playing' || room.closing.aborted) return;
  if (!room.stage(live.record)) return;
  const making: Making = {
    turn: `${live.state.beats + 1}.${++live.generations}`,
    controller: new AbortController(),
    actor: undefined,
    visible: false,
    settled: Promise.resolve(),
  };
  live.making = making;
  making.settled = generate(room, live, making, forced)
    .then((outcome) => live.mailbox.post(() => finish(room, live, making, outcome)))
    .catch((error: unknown) => {
      room.log.error('turn-broke', { scene: live.record.id, error: String(error) });
    });
}

/** Breaks off what is being made; its result, should it come all the same, is stale and dropped. */
export function cancel(room: EngineRoom, live: LiveScene): boolean {
  const { making } = live;
  if (!making) return false;
  live.making = undefined;
  making.controller.abort();
  const stage = room.stage(live.record);
  stage?.typing(live.record, undefined);
  if (making.visible) stage?.withdraw(live.record, making.turn);
  return true;
}

async function generate(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  forced: ActorId | undefined,
): Promise<Outcome> {
  const { signal } = making.controller;
  const { library } = room.options;
  const stage = room.stage(live.record);
  const script = live.record.script === undefined ? undefined : library.scene(live.record.script);
  const models = room.models();
  const reports: DraftReport[] = [];
  const silence = new AbortController();
  let considering: Promise<void> | undefined;
  try {
    const choice: Choice = forced
      ? { type: 'speak', actor: forced, why: 'called by hand' }
      : await chooseNext(live, { library, models, limits: room.limits, log: room.log, script }, signal);
    if (choice.type === 'rest') return { type: 'rest' };
    if ((await serverTurnsLeft(room, live.record)) <= 0) {
      await stage?.notice(live.record, {
        kind: 'limit',
        text: 'The cast has had its turns for today in this server. A moderator can raise the limit; it starts anew at midnight UTC.',
      });
      return { type: 'rest' };
    }
    const actor = actorOf(live, choice.actor);
    if (!actor) return { type: 'rest' };
    making.actor = actor;
    stage?.typing(live.record, actor);
    considering = saySoWhenSlow(room, live, actor, AbortSignal.any([signal, silence.signal]));
    const made = await makeTurn(live, making, actor, choice, {
      library,
      models,
      script,
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
    return { type: 'failed', actor };
  } catch (error) {
    if (signal.aborted) return { type: 'rest' };
    if (error instanceof ModelError) {
      room.log.warn('model-failed', {
        scene: live.record.id,
        failure: error.failure,
        message: error.message,
      });
      return { type: 'failed', actor: making.actor, error };
    }
    return { type: 'broken', error };
  } finally {
    silence.abort();
    await considering;
  }
}

/** In the scene's mailbox: takes a result into the log, or drops it where it is stale. */
async function finish(room: EngineRoom, live: LiveScene, making: Making, outcome: Outcome): Promise<void> {
  if (live.making !== making) return;
  live.making = undefined;
  live.interruptions = 0;
  const stage = room.stage(live.record);
  stage?.typing(live.record, undefined);
  switch (outcome.type) {
    case 'made': {
      const beat = await recordTurn(room, live, making, outcome.actor, outcome.made);
      for (const report of outcome.reports) {
        const last = report === outcome.reports.at(-1);
        room.report(last ? { ...report, beat } : report);
      }
      live.failed = undefined;
      advance(room, live);
      return;
    }
    case 'rest':
      await rest(room, live);
      return;
    case 'failed':
      live.failed = outcome.actor?.id;
      await stage?.notice(live.record, { kind: 'moment-passes', text: '*the moment passes*', retry: true });
      if (outcome.error && live.record.stage !== 'discord') {
        // Whoever sits at a local stage is the one who can mend it.
        await stage?.notice(live.record, { kind: 'info', text: outcome.error.message });
      }
      await rest(room, live);
      return;
    case 'broken':
      room.log.error('turn-broke', { scene: live.record.id, error: describe(outcome.error) });
      live.failed = making.actor?.id;
      await stage?.notice(live.record, { kind: 'moment-passes', text: '*the moment passes*', retry: true });
      await rest(room, live);
  }
}

/** The scene waits. Written down, so that a restart does not make it go on by itself. */
export async function rest(room: EngineRoom, live: LiveScene): Promise<void> {
  if (live.record.restedAt !== live.state.beats) {
    await saveRecord(room, live, { restedAt: live.state.beats });
  }
  room.stage(live.record)?.changed(live.record);
}

async function recordTurn(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  { turn, made, cue, called }: MadeTurn,
): Promise<number> {
  const common = {
    ...nowBefore(room, live, witnessesNow(live.state)),
    made,
    ...(cue === undefined ? {} : { cue }),
  };
  await countServerTurn(room, live.record);
  room.log.info('turn-finished', {
    scene: live.record.id,
    turn: making.turn,
    character: actor.id,
    model: made.by,
  });
  if (actor.id === ENVIRONMENT.id) {
    const text = turn.segments
      .filter((segment) => segment.kind !== 'thought')
      .map((segment) => segment.text)
      .join(' ');
    return (await recordAndShow(room, live, { ...common, kind: 'narration', speaker: actor, text })).n;
  }
  const others = presentCharacters(live.state).filter((other) => other.id !== actor.id);
  const addressees = others.map((other) => {
    const card = cardOf(room.options.library, other.id);
    return { id: other.id, names: card ? namesOf(card) : [other.name] };
  });
  const addressed = called === undefined ? [] : findAddressed(called, addressees);
  const beat = await recordAndShow(room, live, {
    ...common,
    kind: 'line',
    speaker: actor,
    turn: making.turn,
    segments: [...turn.segments],
    ...(addressed.length > 0 ? { addressed } : {}),
  });
  return beat.n;
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
    const name = actor.id === ENVIRONMENT.id ? 'The Narrator' : actor.name;
    await room.stage(live.record)?.notice(live.record, { kind: 'considering', text: `*${name} considers…*` });
  } catch (error) {
    if (!signal.aborted) room.log.warn('notice-failed', { scene: live.record.id, error: describe(error) });
  }
}

function actorOf(live: LiveScene, id: ActorId): Actor | undefined {
  if (id === ENVIRONMENT.id) return ENVIRONMENT;
  return presentCharacters(live.state).find((actor) => actor.id === id);
}

/** An error's kind and place for the log; its message may quote what was being processed. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return `${error.name} ${error.stack?.split('\n')[1]?.trim() ?? ''}`;
}
