import { startDiscordDouble } from '../../test/doubles/discord/discord-double.ts';
import { startOwnProcess } from '../measure/own-process.ts';

const CHANNELS_A_SERVER = 10;

/** A Discord, and the channels in which scenes are played. */
export type Discord = {
  readonly token: string;
  readonly restUrl: string;
  readonly cdnUrl: string;
  readonly places: readonly { readonly server: string; readonly channel: string }[];
};

/** That Discord, in a process of its own. */
export async function startDiscordProcess(channels: number): Promise<Discord & AsyncDisposable> {
  const own = await startOwnProcess(import.meta.url, { args: [String(channels)] });
  return { ...(own.ready as Discord), [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

if (process.send) {
  // Its own limits would be the pace of the test; ours is kept.
  const double = await startDiscordDouble({ rateLimits: false });
  const places = [];
  for (let n = Number(process.argv[2]); n > 0; n -= CHANNELS_A_SERVER) {
    const server = double.addServer({ name: `Server ${n}` });
    for (let one = 0; one < Math.min(n, CHANNELS_A_SERVER); one += 1) {
      places.push({ server: server.id, channel: double.addChannel(server, { name: `channel-${one}` }).id });
    }
  }
  process.once('disconnect', () => process.exit());
  const { token, restUrl, cdnUrl } = double;
  process.send({ token, restUrl, cdnUrl, places } satisfies Discord);
}
