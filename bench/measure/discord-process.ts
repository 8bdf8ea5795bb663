import { startDiscordDouble } from '../../test/doubles/discord/discord-double.ts';
import { startOwnProcess } from './own-process.ts';

/** A Discord, how a bot gets there, and its channels. */
export type Discord = {
  readonly token: string;
  readonly restUrl: string;
  readonly cdnUrl: string;
  readonly places: readonly Place[];
};

export type Place = { readonly server: string; readonly channel: string };

/** That Discord, in a process of its own. It has no limits: whoever measures keeps to what it says of pace. */
export async function startDiscordProcess(
  servers: number,
  channelsEach: number,
): Promise<Discord & AsyncDisposable> {
  const own = await startOwnProcess(import.meta.url, { args: [servers, channelsEach].map(String) });
  return { ...(own.ready as Discord), [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

if (process.send) {
  const [servers = 0, channelsEach = 0] = process.argv.slice(2).map(Number);
  const double = await startDiscordDouble({ rateLimits: false });
  const places: Place[] = [];
  for (let n = 1; n <= servers; n += 1) {
    const server = double.addServer({ name: `Server ${n}` });
    for (let channel = 1; channel <= channelsEach; channel += 1) {
      places.push({
        server: server.id,
        channel: double.addChannel(server, { name: `channel-${channel}` }).id,
      });
    }
  }
  process.once('disconnect', () => process.exit());
  const { token, restUrl, cdnUrl } = double;
  process.send({ token, restUrl, cdnUrl, places } satisfies Discord);
}
