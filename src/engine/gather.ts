import { playerActorId } from '../scene/beat.ts';
import { steadyOf } from './clock.ts';
import { type EngineRoom, kindOf } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { advance } from './turn/turn-loop.ts';

/** Discord tells of someone who goes on typing about every eight seconds, and shows it for ten. */
const TYPING_MS = 10_000;

/**
 * Lines that come in a burst are answered once: the cast waits a moment after each, longer while
 * somebody is typing, and never longer than the cap. Only where lines are typed into a shared room;
 * at a local stage who presses Enter has said it.
 */
export function answerSoon(room: EngineRoom, live: LiveScene): void {
  const { gatherMs } = room.rulesFor(live.record);
  if (live.record.stage !== 'discord' || gatherMs === 0) {
    advance(room, live);
    return;
  }
  const since = live.gathering?.since ?? steadyOf(room.clock);
  stopGathering(live);
  const gathering = { since, controller: new AbortController() };
  live.gathering = gathering;
  const gathered = waitForMore(room, live, since, gathering.controller.signal)
    .then(() =>
      live.mailbox.post(async () => {
        if (live.gathering !== gathering) return;
        live.gathering = undefined;
        // Whoever wrote that is there, also where the time was set on meanwhile.
        live.activeAt = room.clock.now();
        advance(room, live);
      }),
    )
    .catch((error: unknown) => {
      // Broken off: another line came, somebody called a turn, or the engine closes.
      if (gathering.controller.signal.aborted || room.closing.aborted) return;
      room.log.error('gathering-broke', { scene: live.record.id, error: kindOf(error) });
    })
    .finally(() => live.generating.delete(gathered));
  live.generating.add(gathered);
}

/** What was gathered is answered now, or by somebody's call. Whether anything was being gathered. */
export function stopGathering(live: LiveScene): boolean {
  const { gathering } = live;
  live.gathering = undefined;
  gathering?.controller.abort();
  return gathering !== undefined;
}

/** A player is typing. Players who are not in the scene are nobody. */
export function noteTyping(room: EngineRoom, live: LiveScene, playerId: string): void {
  if (live.state.people.get(playerActorId(playerId))?.present)
    live.typing.set(playerId, steadyOf(room.clock));
}

/** What a player was typing has come. */
export function doneTyping(live: LiveScene, playerId: string): void {
  live.typing.delete(playerId);
}

async function waitForMore(
  room: EngineRoom,
  live: LiveScene,
  since: number,
  signal: AbortSignal,
): Promise<void> {
  const { gatherMs, gatherCapMs } = room.rulesFor(live.record);
  const either = AbortSignal.any([signal, room.closing]);
  const latest = since + gatherCapMs;
  let until = Math.min(steadyOf(room.clock) + gatherMs, latest);
  for (let now = steadyOf(room.clock); now < until; now = steadyOf(room.clock)) {
    await room.clock.sleep(until - now, either);
    const typed = Math.max(0, ...live.typing.values());
    until = Math.min(Math.max(until, typed + TYPING_MS), latest);
  }
}
