import {
  type APIDMChannel,
  type Client,
  type Guild,
  MessageFlags,
  type MessageReaction,
  type PartialMessageReaction,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import { checkRank, type Place, type Rank, type Who } from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import { playerActorId } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { render } from '../../../words/render.ts';
import type { Documents } from '../documents.ts';
import { nameOf } from '../gateway/background.ts';
import { placeIn, whoIn } from './reaction-facts.ts';
import { whoIsThis } from './who-is-this.ts';

export type ReactionOptions = {
  readonly engine: Engine;
  readonly documents: Pick<Documents, 'posted'>;
  readonly rest: REST;
  readonly owners: readonly string[];
  readonly client: () => Client<true>;
  readonly log: Log;
};

const ASK: ReadonlySet<string> = new Set(['❓', '❔']);
const DELETE = '❌';

/** One reaction to one line. */
type Mark = {
  readonly emoji: string;
  readonly channel: string;
  readonly message: string;
  readonly guild: Guild;
  readonly place: Place;
  readonly who: Who;
};

/**
 * ❓ and ❌ on a line, as they are known from proxy bots: who is this, and delete it. Who may not is
 * told nothing; the reaction goes where we may take it away. Thumbs are votes (`createVotes`); anything else is none of ours.
 */
export function createReactions(
  options: ReactionOptions,
): (
  reaction: MessageReaction | PartialMessageReaction,
  user: { readonly id: string; readonly bot: boolean | null },
) => Promise<void> {
  const { engine, documents, rest, owners, client, log } = options;

  return async ({ emoji, message }, user) => {
    const name = emoji.name ?? '';
    const guild = client().guilds.cache.get(message.guildId ?? '');
    if (!guild || user.bot || !(ASK.has(name) || name === DELETE)) return;
    const posted = await documents.posted(message.id);
    if (!posted) return;
    const member = await guild.members.fetch(user.id);
    const place = placeIn(guild, message.channelId);
    const who = whoIn(member, owners);
    if ((await engine.access.act(guild.id, who)) !== 'fine') return;
    const mark = { emoji: name, channel: message.channelId, message: message.id, guild, place, who };
    const info = await engine.info(place.scene);
    // Its channel hosts another scene by now.
    const beat = info?.record.log === posted.log ? await beatAt(place, posted.n) : undefined;
    const gone = beat !== undefined && (await answer(mark, beat));
    if (!gone) await takeReaction(mark);
  };

  async function beatAt({ scene }: Place, n: number): Promise<StageBeat | undefined> {
    return (await engine.replay(scene, n)).find((beat) => beat.n === n);
  }

  /** Returns whether the line is gone, and every reaction with it. */
  async function answer(mark: Mark, beat: StageBeat): Promise<boolean> {
    if (mark.emoji === DELETE) return deleteLine(mark, beat);
    if (await may('anyone', mark)) await tellWho(mark, beat);
    return false;
  }

  async function deleteLine(mark: Mark, beat: StageBeat): Promise<boolean> {
    const { place, message, who } = mark;
    const own = beat.speaker?.id === playerActorId(who.id);
    if (!(await may(own ? 'anyone' : 'owner', mark))) return false;
    await engine.retract(place.scene, message, who.id);
    return true;
  }

  async function may(rank: Rank, { place, who }: Mark): Promise<boolean> {
    try {
      await checkRank(rank, { engine, place, who });
      return true;
    } catch (error) {
      if (error instanceof PlayerError) return false;
      throw error;
    }
  }

  /** In a direct message: what they asked is nobody else's business. Many have those closed. */
  async function tellWho({ place, guild, channel, message, who }: Mark, beat: StageBeat): Promise<void> {
    const info = await engine.info(place.scene);
    if (!info) return;
    const link = `https://discord.com/channels/${guild.id}/${channel}/${message}`;
    const library = await engine.cards.library(place.server);
    const content = render(whoIsThis(beat, info, library, link), who.locale);
    try {
      const body = { recipient_id: who.id };
      const direct = (await rest.post(Routes.userChannels(), { body })) as APIDMChannel;
      await rest.post(Routes.channelMessages(direct.id), {
        body: { content, allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressEmbeds },
      });
    } catch (error) {
      log.info('reaction-unanswered', { error: nameOf(error) });
    }
  }

  /** Others' reactions are taken away with Manage Messages alone. */
  async function takeReaction({ guild, channel, message, emoji, who }: Mark): Promise<void> {
    const there = guild.channels.cache.get(channel);
    const me = guild.members.me;
    if (!there || !me || !there.permissionsFor(me).has(PermissionFlagsBits.ManageMessages)) return;
    try {
      const route = Routes.channelMessageUserReaction(channel, message, encodeURIComponent(emoji), who.id);
      await rest.delete(route);
    } catch (error) {
      log.info('reaction-stays', { error: nameOf(error) });
    }
  }
}
