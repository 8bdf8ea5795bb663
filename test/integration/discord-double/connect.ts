import { once } from 'node:events';
import { Client, type ClientOptions, GatewayIntentBits, Partials } from 'discord.js';
import type { DiscordDouble } from '../../doubles/discord/discord-double.ts';

/** The intents of a bot that reads what people write and minds its webhooks. */
export const usualIntents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageTyping,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildWebhooks,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** A real client of the double, ready. Only `rest.api` differs from one that talks to Discord. */
export async function connect(
  double: DiscordDouble,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = createClient(double, options);
  const ready = once(client, 'clientReady');
  await client.login(double.token);
  await ready;
  return client as Client<true>;
}

/** The same, not yet logged in. */
export function createClient(double: DiscordDouble, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: usualIntents,
    partials: [Partials.Channel],
    // The client's own pause of five seconds between IDENTIFYs is not what is tested here.
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
    ...options,
    rest: { ...options.rest, api: double.restUrl },
  });
}

/** The next event of a client that fits, as its first argument. Listening begins at once. */
export function nextEvent<T>(
  client: Client,
  event: string,
  fits: (subject: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const listen = (subject: T) => {
      if (!fits(subject)) return;
      client.off(event, listen);
      resolve(subject);
    };
    client.on(event, listen);
  });
}
