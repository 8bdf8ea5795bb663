import { cleanContent, type Message, MessageType } from 'discord.js';
import type { Engine } from '../../../engine/engine-api.ts';
import type { Player } from '../../../engine/player.ts';
import { PlayerError } from '../../../errors.ts';
import { sceneIdOf } from '../scene-place.ts';
import { createPersonas } from './personas.ts';
import type { Proxies } from './proxies.ts';

/** `later`: the scene waits for Discord and hears it when it goes on. */
export type Hearing = 'heard' | 'not heard' | 'later';

export type Ears = {
  /** A message that someone wrote where a scene plays. */
  hear(message: Message): Promise<Hearing>;
  /** A line that was heard reads differently now. */
  reword(message: Message): Promise<void>;
};

export type EarsOptions = {
  readonly engine: Engine;
  readonly proxies: Pick<Proxies, 'speaks' | 'originOf'>;
  /** Whether a scene is paused only because Discord was out of order. */
  readonly waits: (scene: string) => boolean;
  /** Someone answered a message, and Discord told us so without a word of it. */
  readonly withheld: (message: Message) => Promise<void>;
};

/**
 * Hands what people write to the engine, which decides who is heard. Bots, webhooks and Discord's
 * own messages are nobody, but for a proxy that speaks for a member; a text that Discord withholds is no text.
 */
export function createEars({ engine, proxies, waits, withheld }: EarsOptions): Ears {
  const personas = createPersonas(engine);

  /** Who says it, under which name, and what it answers. */
  async function speakerOf(
    scene: string,
    message: Message,
  ): Promise<{ readonly player: Player; readonly replyTo: string | undefined }> {
    const replyTo = message.reference?.messageId;
    if (message.webhookId === null) {
      const player = await playerOf(message);
      await personas.isThemselves(scene, player);
      return { player, replyTo };
    }
    const { username: name } = message.author;
    const origin = proxies.originOf(message);
    if (!origin) return { player: { id: `proxy:${name}`, name }, replyTo };
    const player = { id: origin.author, name };
    await personas.wears(scene, player);
    return { player, replyTo: origin.replyTo ?? replyTo };
  }

  async function isHeard(message: Message): Promise<boolean> {
    return isFromPerson(message) || (await proxies.speaks(message));
  }

  async function hear(scene: string, message: Message): Promise<Hearing> {
    const { player, replyTo } = await speakerOf(scene, message);
    // To mention the bot is to speak to the scene, also for one who has not joined.
    if (mentionsUs(message)) await engine.join(scene, player);
    const text = textOf(message);
    if (text === '') {
      if (message.content === '' && message.type === MessageType.Reply) await withheld(message);
      return 'not heard';
    }
    const heard = await engine.hear(scene, {
      player,
      text,
      source: message.id,
      ...(replyTo === undefined ? {} : { replyTo }),
    });
    if (heard.heard) return 'heard';
    if (heard.because === 'paused' && waits(scene)) return 'later';
    if (heard.because !== 'repeat') return 'not heard';
    // The bot ended before it had noted that, and it may have been edited since.
    if (message.editedTimestamp !== null) await engine.amend(scene, message.id, text);
    return 'heard';
  }

  return {
    async hear(message) {
      if (!(await isHeard(message))) return 'not heard';
      const scene = sceneIdOf(message.channelId);
      try {
        return await hear(scene, message);
      } catch (error) {
        // Paused or ended: nobody asked for an answer.
        if (error instanceof PlayerError) return waits(scene) ? 'later' : 'not heard';
        throw error;
      }
    },
    async reword(message) {
      const text = textOf(message);
      if (text === '' || !(await isHeard(message))) return;
      await engine.amend(sceneIdOf(message.channelId), message.id, text);
    },
  };
}

function isFromPerson(message: Message): boolean {
  return !message.author.bot && message.webhookId === null && !message.system;
}

async function playerOf(message: Message): Promise<Player> {
  const { author, guild } = message;
  // What is fetched from the past comes without its member; the name must be the same all the same.
  const member = message.member ?? (await guild?.members.fetch(author.id).catch(() => undefined));
  return { id: author.id, name: member?.displayName ?? author.displayName };
}

function mentionsUs(message: Message): boolean {
  return ourMention(message).test(message.content);
}

/** What was written, with names in the place of ids and without the call to the bot. */
function textOf(message: Message): string {
  const text = message.content.replaceAll(ourMention(message, 'g'), ' ');
  return cleanContent(text, message.channel).trim();
}

/** The bot by its user or by the role that Discord made for it. */
function ourMention(message: Message, flags = ''): RegExp {
  const role = message.guild?.members.me?.roles.botRole?.id;
  const ids = [`!?${message.client.user.id}`, ...(role === undefined ? [] : [`&${role}`])];
  return new RegExp(`<@(?:${ids.join('|')})>`, flags);
}
