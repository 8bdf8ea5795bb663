import type { Client, MessageReaction, PartialMessageReaction } from 'discord.js';
import type { Thumb } from '../../../engine/choices/choices-api.ts';
import { askerOf } from '../../../engine/command/asker.ts';
import { checkRank } from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { createMailbox } from '../../../engine/mailbox.ts';
import { PlayerError } from '../../../errors.ts';
import type { Documents } from '../documents.ts';
import { sceneIdOf } from '../scene-place.ts';
import { placeIn, whoIn } from './reaction-facts.ts';

export type VoteOptions = {
  readonly engine: Engine;
  readonly documents: Pick<Documents, 'posted'>;
  readonly owners: readonly string[];
  readonly client: () => Client<true>;
};

type Reaction = MessageReaction | PartialMessageReaction;
type Reactor = { readonly id: string; readonly bot: boolean | null };

/** 👍 and 👎 on a character's line, of people who let their choices be counted. */
export type Votes = {
  given(reaction: Reaction, user: Reactor): Promise<void>;
  /** Whoever takes a reaction away takes the vote back, whether they may still play or not. */
  taken(reaction: Reaction, user: Reactor): Promise<void>;
};

const THUMBS: ReadonlyMap<string, Thumb> = new Map([
  ['👍', 'up'],
  ['👎', 'down'],
]);

/**
 * Votes by reaction. The reactions stay where they are: they are people's own. Of whoever did not opt in
 * nothing is looked up, and nobody is told anything.
 */
export function createVotes({ engine, documents, owners, client }: VoteOptions): Votes {
  // A reaction may be gone before it was looked into who gave it.
  const inTurn = createMailbox();

  async function give({ message }: Reaction, user: Reactor, thumb: Thumb): Promise<void> {
    const guild = client().guilds.cache.get(message.guildId ?? '');
    if (!guild || !(await engine.privacy.countsChoices(user.id))) return;
    const posted = await documents.posted(message.id);
    if (!posted) return;
    const who = whoIn(await guild.members.fetch(user.id), owners);
    if ((await engine.access.act(guild.id, who)) !== 'fine') return;
    const place = placeIn(guild, message.channelId);
    const { scene } = place;
    // Who may not play here does not vote either.
    await checkRank('anyone', { engine, place, who });
    // Its channel hosts another scene by now.
    if ((await engine.info(scene))?.record.log !== posted.log) return;
    await engine.choices.vote(scene, posted.n, thumb, askerOf(who));
  }

  async function takeBack({ message }: Reaction, user: Reactor, thumb: Thumb): Promise<void> {
    // Of nobody else is there a vote.
    if (!(await engine.privacy.countsChoices(user.id))) return;
    const posted = await documents.posted(message.id);
    if (!posted) return;
    const here = sceneIdOf(message.channelId);
    const hosted = (await engine.info(here))?.record.log === posted.log;
    await engine.choices.takeBack(hosted ? here : posted.log, posted.n, thumb, user);
  }

  function quietly(user: Reactor, { emoji }: Reaction, task: (thumb: Thumb) => Promise<void>): Promise<void> {
    const thumb = thumbOf(emoji);
    if (user.bot || !thumb) return Promise.resolve();
    return inTurn.post(() => task(thumb)).catch(unlessRefused);
  }

  return {
    given: (reaction, user) => quietly(user, reaction, (thumb) => give(reaction, user, thumb)),
    taken: (reaction, user) => quietly(user, reaction, (thumb) => takeBack(reaction, user, thumb)),
  };
}

/** In whatever colour of skin; a server's own emoji may be called anything, and is none. */
function thumbOf({ id, name }: Reaction['emoji']): Thumb | undefined {
  return id === null ? THUMBS.get((name ?? '').replace(/\p{Emoji_Modifier}/gu, '')) : undefined;
}

/** Of who may not play here, to a line of a player, or to one that they were not there for: a reaction like any other. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof PlayerError)) throw error;
}
