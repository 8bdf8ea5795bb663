import { startDiscordDouble } from '../../test/doubles/discord/discord-double.ts';
import { startOwnProcess } from '../measure/own-process.ts';

const SERVERS = 100;
const CHANNELS = 10;

/** A Discord with a thousand channels, and how a bot gets there. */
export type Discord = {
  readonly token: string;
  readonly restUrl: string;
  readonly cdnUrl: string;
  readonly channels: readonly Place[];
};

export type Place = { readonly server: string; readonly channel: string };

/** That Discord, in a process of its own: 100 servers of 10 channels each. */
export async function startDiscordProcess(): Promise<Discord & AsyncDisposable> {
  const own = await startOwnProcess(import.meta.url);
  return { ...(own.ready as Discord), [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

if (process.send) {
  const double = await startDiscordDouble({ rateLimits: false });
  const channels: Place[] = [];
  for (let n = 1; n <= SERVERS; n += 1) {
    const server = double.addServer({ name: `Server ${n}` });
    for (let channel = 1; channel <= CHANNELS; channel += 1) {
      const made = double.addChannel(server, { name: `channel-${channel}` });
      channels.push({ server: server.id, channel: made.id });
    }
  }
  process.once('disconnect', () => process.exit());
  const { token, restUrl, cdnUrl } = double;
  process.send({ token, restUrl, cdnUrl, channels } satisfies Discord);
}
