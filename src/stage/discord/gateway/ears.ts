import { cleanContent, type GuildMember, type Message, MessageType } from 'discord.js';
import { TOO_MUCH } from '../../../engine/access/block-words.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { Player } from '../../../engine/player.ts';
import { PlayerError } from '../../../errors.ts';
import type { Text } from '../../../words/text.ts';
import { memberFacts } from '../member-facts.ts';
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
  /** Who runs the bot. */
  readonly owners: readonly string[];
  readonly proxies: Pick<Proxies, 'speaks' | 'originOf'>;
  /** Whether a scene is paused only because Discord was out of order. */
  readonly waits: (scene: string) => boolean;
  /** Someone answered a message, and Discord told us so without a word of it. */
  readonly withheld: (message: Message) => Promise<void>;
  /** To the one who wrote this message, alone where that can be. */
  readonly tell: (message: Message, text: Text) => Promise<void>;
};

/**
 * Hands what people write to the engine, which decides who is heard. Bots, webhooks and Discord's
 * own messages are nobody, but for a proxy that speaks for a member; a text that Discord withholds is no text.
 */
export function createEars({ engine, owners, proxies, waits, withheld, tell }: EarsOptions): Ears {
  const personas = createPersonas(engine, mayPlay);

  /**
   * Who says it, under which name, and what it answers. Undefined where nobody knows for whom a proxy
   * speaks: they may be blocked, or have opted out, and what was kept of them could never be erased for them.
   */
  async function speakerOf(
    scene: string,
    message: Message,
  ): Promise<{ readonly player: Player; readonly replyTo: string | undefined } | undefined> {
    const replyTo = message.reference?.messageId;
    if (message.webhookId === null) {
      const player = await playerOf(message, owners);
      await personas.isThemselves(scene, player);
      return { player, replyTo };
    }
    const { username: name } = message.author;
    const origin = proxies.originOf(message);
    if (!origin) return undefined;
    const member = await memberOf(message, origin.author);
    const player = { ...(member ? memberFacts(member, owners) : { id: origin.author }), name };
    await personas.wears(scene, player);
    return { player, replyTo: origin.replyTo ?? replyTo };
  }

  /** Whether the cast may hear them; else nothing of theirs gets into the story, not even other words for a line. */
  async function mayPlay(scene: string, player: Player): Promise<boolean> {
    const record = (await engine.info(scene))?.record;
    if (!record || (await engine.privacy.optedOut(player.id))) return false;
    return (await engine.access.standing({ ...record, scene: record.id }, player)).refusal === undefined;
  }

  async function isHeard(message: Message): Promise<boolean> {
    return isFromPerson(message) || (await proxies.speaks(message));
  }

  async function hear(scene: string, message: Message): Promise<Hearing> {
    const speaker = await speakerOf(scene, message);
    if (!speaker) return heardBefore(scene, message);
    const { player, replyTo } = speaker;
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
    if (heard.heard) {
      const counted = await engine.access.act(message.guildId ?? undefined, player, message.createdTimestamp);
      if (counted === 'warned') await tell(message, TOO_MUCH);
      return 'heard';
    }
    if (heard.because === 'paused' && waits(scene)) return 'later';
    if (heard.because !== 'repeat') return 'not heard';
    // The bot ended before it had noted that, and it may have been edited since.
    if (message.editedTimestamp !== null && (await mayPlay(scene, player)))
      await engine.amend(scene, message.id, text);
    return 'heard';
  }

  /** What was heard when it was posted, and is come upon again after an outage. */
  async function heardBefore(scene: string, message: Message): Promise<Hearing> {
    if ((await engine.past.beatOf(scene, message.id)) === undefined) return 'not heard';
    if (message.editedTimestamp !== null) await engine.amend(scene, message.id, textOf(message));
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
      const scene = sceneIdOf(message.channelId);
      if (!(await isHeard(message)) || !(await engine.info(scene))) return;
      // A picture may be left of it, or words that Discord withholds: what was heard is not said any more.
      if (text === '') return engine.retract(scene, message.id);
      // What they wrote before stands there no more, and what stands there now is not for us.
      if (await engine.privacy.optedOut(message.author.id)) return engine.retract(scene, message.id);
      if (message.webhookId === null && !(await mayPlay(scene, await playerOf(message, owners)))) return;
      await engine.amend(scene, message.id, text);
    },
  };
}

function isFromPerson(message: Message): boolean {
  return !message.author.bot && message.webhookId === null && !message.system;
}

async function playerOf(message: Message, owners: readonly string[]): Promise<Player> {
  const { author } = message;
  // What is fetched from the past comes without its member; the name must be the same all the same.
  const member = message.member ?? (await memberOf(message, author.id));
  if (!member) return { id: author.id, name: author.displayName, operator: owners.includes(author.id) };
  return { ...memberFacts(member, owners), name: member.displayName };
}

async function memberOf({ guild }: Message, id: string): Promise<GuildMember | undefined> {
  return guild?.members.fetch(id).catch(() => undefined);
}

function mentionsUs(message: Message): boolean {
  return mentionsSomebody(message) && ourMention(message).test(message.content);
}

/** What was written, with names in the place of ids and without the call to the bot. */
function textOf(message: Message): string {
  const { content } = message;
  const text = mentionsSomebody(message) ? content.replaceAll(ourMention(message, 'g'), ' ') : content;
  return cleanContent(text, message.channel).trim();
}

/** Most messages do not, and an expression is dear to make. */
function mentionsSomebody({ content }: Message): boolean {
  return content.includes('<@');
}

/** The bot by its user or by the role that Discord made for it. */
function ourMention(message: Message, flags = ''): RegExp {
  const role = message.guild?.members.me?.roles.botRole?.id;
  const ids = [`!?${message.client.user.id}`, ...(role === undefined ? [] : [`&${role}`])];
  return new RegExp(`<@(?:${ids.join('|')})>`, flags);
}
