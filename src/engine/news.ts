import type { Change } from '../store/scene-store.ts';
import type { EngineRoom } from './engine-room.ts';
import { kindOf } from './engine-room.ts';
import { createMailbox } from './mailbox.ts';
import type { Registry } from './registry.ts';
import { haltServer } from './scene-status.ts';
import { serves } from './territory.ts';

/** What other processes change of what this one keeps in memory, or has to act on. */
export type News = {
  /** Resolves when all that was heard so far was taken in. */
  settled(): Promise<void>;
};

/**
 * Takes in what other processes write into the shared store: wishes and erasures of people, who may be
 * anywhere; servers that an operator halted from another one; what the machine's owner asks of lines.
 * All else that is kept in memory belongs to a server, which only one process serves.
 */
export function hearNews(room: EngineRoom, registry: Registry): News {
  const taking = createMailbox();

  async function take(change: Change | 'everything'): Promise<void> {
    if (change === 'everything') {
      room.principles.forget();
      await room.privacy.changedElsewhere();
      const servers = new Set([...registry.live()].flatMap(({ record }) => record.server ?? []));
      for (const server of servers) await haltIfHalted(server);
      return;
    }
    const { kind, id } = change;
    if (kind === 'person') await room.privacy.changedElsewhere(id);
    if (kind === 'principle') room.principles.forget(id);
    const server = kind === 'server' ? /^standing\/(.+)$/su.exec(id)?.[1] : undefined;
    if (server !== undefined) await haltIfHalted(server);
  }

  async function haltIfHalted(server: string): Promise<void> {
    if (!serves(room.options, server) || !(await room.servers.halted(server))) return;
    await haltServer(room, registry, server);
  }

  const stop = room.options.store.watch((change) => {
    taking
      .post(async () => {
        if (!room.closing.aborted) await take(change);
      })
      .catch((error: unknown) => {
        if (!room.closing.aborted) room.log.error('news-not-taken', { error: kindOf(error) });
      });
  });
  room.closing.addEventListener('abort', stop, { once: true });
  return { settled: () => taking.empty() };
}
