import type { EngineRoom } from './engine-room.ts';
import { stopGathering } from './gather.ts';
import type { LiveScene } from './live-scene.ts';
import type { Registry } from './registry.ts';

/**
 * Before the engine closes, where no other turn begins any more (`room.finishing`): what is being made comes
 * to its end and is shown, unless that takes longer than `ms` milliseconds.
 */
export async function finishTurns(room: EngineRoom, registry: Registry, ms: number): Promise<void> {
  const { clock, log } = room;
  // What is being gathered is answered after the next start.
  for (const live of registry.live()) stopGathering(live);
  const finished = new AbortController();
  const late = clock.sleep(ms, finished.signal).then(
    () => {
      const turns = [...registry.live()].filter(({ making }) => making).length;
      log.warn('turns-broken-off', { turns });
    },
    () => undefined,
  );
  const settled = registry.settled().then(() => Promise.all([...registry.live()].map(restOf)));
  await Promise.race([settled, late]);
  finished.abort();
}

/** Resolves when nothing waits in the mailbox, and nothing is being generated or broken off. */
export async function restOf(live: LiveScene): Promise<void> {
  for (;;) {
    await live.mailbox.empty();
    if (live.generating.size === 0) return;
    await Promise.all(live.generating);
  }
}
