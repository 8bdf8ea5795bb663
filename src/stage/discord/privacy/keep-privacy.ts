import type { Client } from 'discord.js';
import type { Engine } from '../../../engine/engine-api.ts';
import type { Clock } from '../../../engine/engine-options.ts';
import { keepSweeping } from '../../../engine/privacy/keep-sweeping.ts';
import type { Log } from '../../../log.ts';

/**
 * Deletes what is due as long as the bot runs, once it is noted which servers it is in: one may have
 * removed it, or taken it back, while it did not run. A server that is only out of order is among
 * those that Discord names, all the same.
 */
export async function keepPrivacy(
  client: Client<true>,
  {
    engine,
    ...options
  }: { readonly engine: Engine; readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  await engine.privacy.serversAre(new Set(client.guilds.cache.keys()));
  await keepSweeping(engine.privacy, options);
}
