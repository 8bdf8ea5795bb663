import type { Foresight } from '../../director/foresight.ts';
import { type Actor, type ActorId, isPlayerId, type PlaceId, playerActorId } from '../../scene/beat.ts';
import { asTyped } from '../../words/text.ts';
import { steadyOf } from '../clock.ts';
import { type EngineRoom, inPlace, kindOf, saveRecord, tell } from '../engine-room.ts';
import { atRest, type LiveScene, type Making } from '../live-scene.ts';
import { generate, type Outcome } from './generate.ts';
import { recordTurn } from './record-turn.ts';
import { reportTurn } from './report-turn.ts';

/**
 * Begins the next turn of a scene, where one is due: in the scene's mailbox, with nothing being
 * made and no lines being gathered. The generation runs beside the mailbox and posts its result there.
 *
 * @param called whose turn it is, or that somebody takes one, whatever the director would say
 * @param place where it is called
 */
export function advance(
  room: EngineRoom,
  live: LiveScene,
  called?: ActorId | 'anyone',
  place: PlaceId = live.state.place,
): void {
  if (called === undefined) goOn(room, live, place);
  else void begin(room, live, { called, place, instead: undefined });
}

/** @param foresight what is left of the prediction that decided the turn before */
function goOn(room: EngineRoom, live: LiveScene, place: PlaceId, foresight?: Foresight): void {
  if (live.gathering || isDeserted(room, live)) return;
  void begin(room, live, { called: undefined, place, instead: undefined, foresight });
}

/** Whether people have been away for so long that the cast does not go on by itself. */
function isDeserted(room: EngineRoom, live: LiveScene): boolean {
  return room.clock.now() - live.activeAt > room.rulesFor(live.record).restAfterMs;
}

/** Begins a turn and resolves when it has come to its end, whatever that is. Undefined where none can be made now. */
export function begin(
  room: EngineRoom,
  live: LiveScene,
  wanted: Pick<Making, 'called' | 'place' | 'instead' | 'foresight'>,
): Promise<void> | undefined {
  if (live.making || live.record.status !== 'playing' || room.finishing || room.closing.aborted)
    return undefined;
  if (!room.stage(live.record)) return undefined;
  const making: Making = {
    ...wanted,
    turn: `${live.state.beats + 1}.${++live.generations}`,
    since: live.state.beats,
    controller: new AbortController(),
    actor: undefined,
    payer: payerOf(live),
    why: '',
    later: [],
    quiet: false,
    visible: false,
    shown: [],
    by: undefined,
  };
  live.making = making;
  const began = steadyOf(room.clock);
  room.log.debug('turn-began', { scene: live.record.id, turn: making.turn });
  const settled = generate(room, live, making)
    .then((outcome) => {
      noteEnd(room, live, making, outcome, steadyOf(room.clock) - began);
      return live.mailbox.post(() => finish(room, live, making, outcome));
    })
    .catch((error: unknown) => {
      if (room.closing.aborted) return;
      room.log.error('turn-broke', { scene: live.record.id, turn: making.turn, error: kindOf(error) });
    })
    .finally(() => live.generating.delete(settled));
  live.generating.add(settled);
  return settled;
}

/** What became of a turn before it is recorded. Whose turn it was and who rested is the room's own business. */
function noteEnd(
  room: EngineRoom,
  live: LiveScene,
  { turn, controller }: Making,
  outcome: Outcome,
  ms: number,
): void {
  const made = outcome.type === 'made' ? outcome.made.made : undefined;
  room.log.info('turn-ended', {
    scene: live.record.id,
    turn,
    outcome: controller.signal.aborted ? 'broken-off' : outcome.type,
    ms,
    ...(made && { attempts: made.attempts, msToVisible: made.msToVisible }),
  });
}

/** Breaks off what is being made; its result, should it come all the same, is stale and dropped. */
export function cancel(room: EngineRoom, live: LiveScene): Making | undefined {
  const making = drop(room, live);
  if (making?.visible) room.stage(live.record)?.withdraw(live.record, making.turn);
  return making;
}

/** The same, and what was shown of it stays shown: it is the caller's to record or to withdraw. */
export function drop(room: EngineRoom, live: LiveScene): Making | undefined {
  const { making } = live;
  if (!making) return undefined;
  live.making = undefined;
  making.controller.abort();
  room.stage(live.record)?.typing(live.record, undefined, making.place);
  return making;
}

/**
 * Something happened that the turn in the making does not know of: it is broken off, unless some of
 * it stands already or too many were before it. Whoever calls this goes on with `advance`.
 */
export function breakIn(room: EngineRoom, live: LiveScene): Making | undefined {
  // A player may break in, but a lively table must not keep the cast from ever answering.
  const { interruptions } = room.rulesFor(live.record);
  if (!live.making || live.making.visible || live.interruptions >= interruptions) return undefined;
  live.interruptions += 1;
  return cancel(room, live);
}

/** The scene waits. Written down, so that a restart does not make it go on by itself. */
export async function rest(room: EngineRoom, live: LiveScene): Promise<void> {
  if (live.record.restedAt < live.state.stirredAt) {
    await saveRecord(room, live, atRest(live));
  }
  room.stage(live.record)?.changed(live.record);
}

/** In the scene's mailbox: takes a result into the log, or drops it where it is stale. */
async function finish(room: EngineRoom, live: LiveScene, making: Making, outcome: Outcome): Promise<void> {
  if (live.making !== making) return;
  live.interruptions = 0;
  room.stage(live.record)?.typing(live.record, undefined, making.place);
  const onward = await conclude(room, live, making, outcome);
  // Whoever stopped it while its beat was being shown wants no other to follow.
  const stopped = live.making !== making;
  live.making = undefined;
  if (onward && !stopped && room.finishing) {
    // Not noted as at rest: after the next start it goes on.
    room.stage(live.record)?.changed(live.record);
    return;
  }
  if (onward && !stopped) goOn(room, live, live.state.place, onward.foresight);
  if (!live.making) await rest(room, live);
}

/** The scene goes on; where its turn was played as the director foresaw, with what it foresaw. */
type Onward = { readonly foresight: Foresight | undefined };

/** Takes the result in. Undefined where the scene does not go on; throws only where the engine closes. */
async function conclude(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  outcome: Outcome,
): Promise<Onward | undefined> {
  switch (outcome.type) {
    case 'rest':
      return undefined;
    case 'failed':
      await letPass(room, live, making);
      if (outcome.error && live.record.stage !== 'discord') {
        // Whoever sits at a local stage is the one who can mend it.
        await tell(room, live, { kind: 'info', text: asTyped(outcome.error.message) });
      }
      return undefined;
    case 'made':
      try {
        const beats = await recordTurn(room, live, making, outcome.actor, outcome.made);
        const { turn } = making;
        room.log.debug('turn-recorded', { scene: live.record.id, turn, beat: beats[0] });
        await reportTurn(room, live, outcome, beats);
        live.failed = undefined;
        // Another version of a line is no new line; whoever asked for it reads it first.
        return making.instead === undefined
          ? { foresight: foresightAfter(live, making, outcome.actor, beats) }
          : undefined;
      } catch (error) {
        if (room.closing.aborted) throw error;
        room.log.error('turn-not-recorded', {
          scene: live.record.id,
          turn: making.turn,
          error: kindOf(error),
        });
        await letPass(room, live, making);
        return undefined;
      }
  }
}

/**
 * What was foreseen beyond this turn; nothing where the log holds more than its beats since it began.
 * Of an answer to a whisper the director knows nothing.
 */
function foresightAfter(
  { state }: LiveScene,
  { place, quiet, since, later }: Making,
  actor: Actor,
  beats: readonly number[],
): Foresight | undefined {
  if (quiet || later.length === 0 || state.beats !== since + beats.length) return undefined;
  return { place, after: actor, later, beats: state.beats };
}

/** One neutral line for a turn that came to nothing; it can be tried again. */
async function letPass(room: EngineRoom, live: LiveScene, making: Making): Promise<void> {
  live.failed = making.actor?.id;
  if (making.visible) room.stage(live.record)?.withdraw(live.record, making.turn);
  // What was there instead of a swipe that failed still is.
  if (making.instead !== undefined) return;
  await tell(room, live, {
    kind: 'moment-passes',
    text: '*the moment passes*',
    retry: true,
    ...inPlace(making.place),
  });
}

/** Who spoke last: their line is what is being answered. */
function payerOf({ state }: LiveScene): string | undefined {
  let last: { readonly id: ActorId; readonly n: number } | undefined;
  for (const [id, n] of state.lastSpoke) if (isPlayerId(id) && n > (last?.n ?? 0)) last = { id, n };
  return last?.id.slice(playerActorId('').length);
}
