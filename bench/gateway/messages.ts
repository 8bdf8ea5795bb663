import { chance, pick } from '../../src/scene/chance.ts';
import type { Place } from '../measure/discord-process.ts';

/** What Discord’s gateway sends when somebody wrote something. */
export type Packet = {
  readonly op: 0;
  readonly t: 'MESSAGE_CREATE';
  readonly s: number;
  readonly d: Readonly<Record<string, unknown>> & { readonly channel_id: string };
};

/** Members of a server who write again and again. */
const KNOWN = 20;
/** Of all messages, those of somebody who writes once. */
const NEW = 0.1;
const REPLIES = 0.2;
const PICTURES = 0.1;
const LINKS = 0.07;
/** Between two messages of all servers together, by the time in their ids. */
const APART_MS = 20;
const DISCORD_EPOCH = 1_420_070_400_000n;

/**
 * Messages as people write them in busy servers: nine in ten by somebody who has written before, one in five a reply,
 * some with a picture or the preview of a link. No two have the same id; ids and the gateway’s sequence grow.
 */
export function createMessages(): (places: readonly Place[], count: number) => Packet[] {
  let made = 0;
  let now = BigInt(Date.now()) - DISCORD_EPOCH;

  function packet(places: readonly Place[]): Packet {
    made += 1;
    now += BigInt(APART_MS);
    const place = pick(places, 1, made);
    if (!place) throw new Error('There is no channel to write in.');
    const id = String((now << 22n) + BigInt(made % 4096));
    const at = new Date(Number(now + DISCORD_EPOCH)).toISOString();
    const isNew = chance(2, made) < NEW;
    const author = personOf(place, isNew ? KNOWN + made : Math.floor(chance(3, made) * KNOWN));
    const d = {
      ...messageOf({ id, at, channel: place.channel, author, seed: made }),
      ...(chance(5, made) < REPLIES ? replyTo(place, { at, seed: made }) : {}),
      guild_id: place.server,
      channel_type: 0,
      nonce: String(made),
      member: memberOf(place),
    };
    return { op: 0, t: 'MESSAGE_CREATE', s: made + 1000, d };
  }

  return (places, count) => Array.from({ length: count }, () => packet(places));
}

type Facts = {
  readonly id: string;
  readonly at: string;
  readonly channel: string;
  readonly author: object;
  readonly seed: number;
};

function messageOf({ id, at, channel, author, seed }: Facts) {
  return {
    id,
    channel_id: channel,
    type: 0,
    content: pick(TALK, 4, seed),
    timestamp: at,
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [] as object[],
    mention_roles: [],
    attachments: chance(6, seed) < PICTURES ? [picture(id, channel)] : [],
    embeds: chance(7, seed) < LINKS ? [PREVIEW] : [],
    components: [],
    pinned: false,
    flags: 0,
    author,
  };
}

/** A reply comes with what it replies to, and mentions whoever wrote that. */
function replyTo(place: Place, { at, seed }: { readonly at: string; readonly seed: number }) {
  const author = personOf(place, Math.floor(chance(8, seed) * KNOWN));
  const id = String(BigInt(place.channel) + BigInt(seed));
  const { channel, server } = place;
  return {
    type: 19,
    mentions: [{ ...author, member: memberOf(place) }],
    message_reference: { type: 0, message_id: id, channel_id: channel, guild_id: server },
    referenced_message: messageOf({ id, at, channel, author, seed: seed + 1 }),
  };
}

/** Nobody writes in two servers: that is what the library has to keep in mind at most. */
function personOf({ server }: Place, which: number) {
  const id = String(BigInt(server) + BigInt(which + 1));
  return {
    id,
    username: `person_${which}`,
    discriminator: '0',
    global_name: `Person ${which}`,
    avatar: '5d41402abc4b2a76b9719d911017c592',
    avatar_decoration_data: null,
    collectibles: null,
    clan: null,
    primary_guild: null,
    public_flags: 0,
  };
}

function memberOf({ server }: Place) {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: [server],
    joined_at: '2024-03-01T12:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

function picture(message: string, channel: string) {
  const file = `attachments/${channel}/${message}/picture.png`;
  return {
    id: message,
    filename: 'picture.png',
    size: 183_204,
    url: `https://cdn.discordapp.com/${file}`,
    proxy_url: `https://media.discordapp.net/${file}`,
    width: 1280,
    height: 720,
    content_type: 'image/png',
  };
}

const PREVIEW = {
  type: 'article',
  url: 'https://example.com/watch?v=ab12cd34',
  title: 'How a lighthouse is kept',
  description: 'A day with the last keeper of the coast, from the first lamp to the morning fog.',
  provider: { name: 'Example' },
  thumbnail: {
    url: 'https://example.com/keeper.jpg',
    proxy_url: 'https://images-ext-1.discordapp.net/external/keeper.jpg',
    width: 640,
    height: 360,
  },
};

const TALK = [
  'lol',
  'anyone up for a round tonight?',
  'I will be there at nine, maybe a little later if the train is late again.',
  'did you see what they changed in the last update? half of my notes are out of date now',
  'thanks!',
  'No, that was last week. The one you mean is on Thursday, and you have to bring your own things this time, because the shop is closed.',
  'ok',
  'https://example.com/watch?v=ab12cd34 this one is worth your time',
  'that is not what I said :D',
  'Has anyone got a spare ticket? I would take two.',
] as const;
