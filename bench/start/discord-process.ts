import { startDiscordDouble } from '../../test/doubles/discord/discord-double.ts';
import { startOwnProcess } from '../measure/own-process.ts';

/** How a bot gets to a Discord of one's own, with ten servers of ten channels each. */
export type DiscordAddress = { readonly token: string; readonly restUrl: string; readonly cdnUrl: string };

/** That Discord, in a process of its own. */
export async function startDiscordProcess() {
  const own = await startOwnProcess(import.meta.url);
  return {
    address: own.ready as DiscordAddress,
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

if (process.send) {
  const double = await startDiscordDouble();
  for (let server = 1; server <= 10; server += 1) {
    const made = double.addServer({ name: `Server ${server}` });
    for (let channel = 1; channel <= 10; channel += 1)
      double.addChannel(made, { name: `channel-${channel}` });
  }
  process.once('disconnect', () => process.exit());
  const { token, restUrl, cdnUrl } = double;
  process.send({ token, restUrl, cdnUrl });
}
