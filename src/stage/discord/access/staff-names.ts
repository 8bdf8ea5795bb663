import { type APIGuildMember, type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { Stage } from '../../../engine/stage.ts';
import { fold } from '../../../format/fold.ts';
import type { Log } from '../../../log.ts';
import { lookAlikeOf } from '../../../safety/look-alike.ts';
import { nameOf } from '../gateway/background.ts';

/** What whoever runs a server may do in it, one of them at least. */
const RUNS_IT = [
  PermissionFlagsBits.Administrator,
  PermissionFlagsBits.ManageGuild,
  PermissionFlagsBits.ManageMessages,
  PermissionFlagsBits.KickMembers,
  PermissionFlagsBits.BanMembers,
  PermissionFlagsBits.ModerateMembers,
].reduce((all, one) => all | one);

/** The longest name of an account or a member. */
const LONGEST = 32;
const MOST_FOUND = 100;
const PATIENCE_MS = 5000;

export type StaffNamesOptions = {
  readonly rest: REST;
  readonly guild: (server: string) => Guild | undefined;
  /** Roles that moderate scenes there. */
  readonly moderatorRoles: (server: string) => Promise<readonly string[]>;
  readonly signal: AbortSignal;
  readonly log: Log;
};

type Known = { readonly id: string; readonly names: readonly string[]; readonly roles: readonly string[] };

/**
 * Tells whether a name looks like that of somebody who runs a server, or like the bot's own. Discord tells
 * nobody all members without an intent of its own, but finds those whose name begins in a certain way;
 * whoever wrote or did something of late is known as well, and so is the owner. Where Discord does not
 * answer, those are all.
 */
export function createStaffNames(options: StaffNamesOptions): NonNullable<Stage['staffNamed']> {
  const { rest, log } = options;

  /** Ids of those who run the server under such a name. */
  async function bearersOf(guild: Guild, name: string): Promise<ReadonlySet<string>> {
    const moderates = new Set(await options.moderatorRoles(guild.id));
    const runsIt = ({ id, roles }: Known): boolean =>
      id === guild.ownerId ||
      roles.some((role) => moderates.has(role) || guild.roles.cache.get(role)?.permissions.any(RUNS_IT));
    const found = [...cached(guild), ...(await ownerOf(guild)), ...(await search(guild, name))];
    const bearers = found.filter((one) => lookAlikeOf(name, one.names) !== undefined);
    return new Set(bearers.filter(runsIt).map(({ id }) => id));
  }

  async function ownerOf(guild: Guild): Promise<Known[]> {
    if (guild.members.cache.has(guild.ownerId)) return [];
    const path = Routes.guildMember(guild.id, guild.ownerId);
    const owner = await ask<APIGuildMember>(guild, path, new URLSearchParams());
    return owner ? [asKnown(owner)] : [];
  }

  async function search(guild: Guild, name: string): Promise<Known[]> {
    const plain = fold(name).trim();
    // As it is written; its first word; and as an account is called, which has no spaces.
    const beginnings = [name.trim(), plain.split(/\s+/u)[0] ?? '', plain.replace(/\s+/gu, '')];
    const queries = new Set(beginnings.map((one) => one.slice(0, LONGEST)).filter(Boolean));
    const answers = await Promise.all(
      [...queries].map((query) =>
        ask<APIGuildMember[]>(
          guild,
          Routes.guildMembersSearch(guild.id),
          new URLSearchParams({ query, limit: String(MOST_FOUND) }),
        ),
      ),
    );
    return answers.flatMap((members) => members?.map(asKnown) ?? []);
  }

  async function ask<T>(guild: Guild, path: `/${string}`, query: URLSearchParams): Promise<T | undefined> {
    try {
      const signal = AbortSignal.any([options.signal, AbortSignal.timeout(PATIENCE_MS)]);
      return (await rest.get(path, { query, signal })) as T;
    } catch (error) {
      if (!options.signal.aborted) log.debug('staff-unknown', { server: guild.id, error: nameOf(error) });
      return undefined;
    }
  }

  return async (server, name, except) => {
    const guild = options.guild(server);
    if (!guild) return false;
    if (lookAlikeOf(name, ownNames(guild)) !== undefined) return true;
    try {
      return [...(await bearersOf(guild, name))].some((id) => id !== except);
    } catch (error) {
      log.warn('staff-unknown', { server, error: nameOf(error) });
      return false;
    }
  };
}

function ownNames({ client, members }: Guild): string[] {
  const { username, displayName } = client.user ?? {};
  return [username, displayName, members.me?.displayName].filter((name) => name !== undefined);
}

function cached({ id, members }: Guild): Known[] {
  return [...members.cache.values()].map(({ user, nickname, roles }) => ({
    id: user.id,
    names: namesOf(user.username, user.globalName, nickname),
    // Everyone has the role that is called like the server.
    roles: [...roles.cache.keys()].filter((role) => role !== id),
  }));
}

function asKnown({ user, nick, roles }: APIGuildMember): Known {
  return { id: user.id, names: namesOf(user.username, user.global_name, nick), roles };
}

function namesOf(...names: readonly (string | null | undefined)[]): string[] {
  return names.filter((name): name is string => typeof name === 'string' && name !== '');
}
