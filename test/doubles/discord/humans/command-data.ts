import {
  type APIApplicationCommandOption,
  type ApplicationCommandType,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10';
import { storeFile } from '../messages/attachments.ts';
import { channelPayload } from '../payloads/channel-payload.ts';
import { rolePayload } from '../payloads/server-payload.ts';
import { authorPayload, partialMemberPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import type { Channel, Command } from '../world/entities.ts';
import { bitsOf, type PermissionName, permissionsIn } from '../world/permissions.ts';
import { idOf, type Ref } from '../world/snowflake.ts';
import { homeOf, type World } from '../world/world.ts';
import type { SentFile } from './people.ts';

type OptionValue = string | number | boolean | Ref | SentFile;
export type OptionValues = Readonly<Record<string, OptionValue>>;
export type Resolved = Record<
  'users' | 'members' | 'roles' | 'channels' | 'attachments',
  Record<string, object>
>;

type Sent = { name: string; type: number; value?: unknown; focused?: true; options?: Sent[] };

/** The registered command a person would be offered here, a server's own before the global one. */
export function findCommand(
  world: World,
  channel: Channel,
  userId: string,
  name: string,
  type: ApplicationCommandType,
): Command {
  const named = [...world.commands.values()].filter(
    (command) => command.name === name && command.type === type,
  );
  const command =
    named.find((one) => one.guild_id !== undefined && one.guild_id === channel.serverId) ??
    named.find((one) => one.guild_id === undefined);
  if (!command) throw new Error(`The bot has registered no command "${name}" that could be used here.`);
  const context = channel.serverId === null ? 1 : 0;
  if (command.contexts && !command.contexts.includes(context))
    throw new Error(`/${name} is not offered here.`);
  const needed = BigInt(command.default_member_permissions ?? 0);
  const held = permissionsIn(world, channel, userId);
  const isAdmin = (held & bitsOf(['Administrator'] satisfies PermissionName[])) !== 0n;
  if (channel.serverId !== null && !isAdmin) {
    const isHidden = command.default_member_permissions === '0' || (held & needed) !== needed;
    if (isHidden || !(held & bitsOf(['UseApplicationCommands']))) {
      throw new Error(`/${name} is not offered to this person.`);
    }
  }
  if (command.nsfw && !homeOf(world, channel).nsfw && channel.serverId !== null)
    throw new Error(`/${name} is for adults' channels.`);
  return command;
}

/**
 * Options as Discord sends them: nested by group and sub-command, typed, checked as its client checks them while
 * one types. With `focused` they are half-typed, and only what is there is sent.
 */
export function buildOptions(
  platform: Platform,
  channel: Channel,
  command: Command,
  path: readonly string[],
  values: OptionValues,
  focused?: string,
): { options: Sent[]; resolved: Partial<Resolved> } {
  const resolved: Partial<Resolved> = {};
  const title = [command.name, ...path].join(' ');

  function leaves(options: readonly APIApplicationCommandOption[]): Sent[] {
    for (const name of Object.keys(values)) {
      if (!options.some((option) => option.name === name))
        throw new Error(`/${title} has no option "${name}".`);
    }
    return options.flatMap((option): Sent[] => {
      const value = values[option.name];
      if (value === undefined) {
        if (option.required && focused === undefined)
          throw new Error(`/${title} needs the option "${option.name}".`);
        return [];
      }
      const sent: Sent = { name: option.name, type: option.type, value: resolve(option, value) };
      return [option.name === focused ? { ...sent, focused: true } : sent];
    });
  }

  function resolve(option: APIApplicationCommandOption, value: OptionValue): unknown {
    const { world } = platform;
    switch (option.type) {
      case Kind.String:
      case Kind.Integer:
      case Kind.Number:
        if (option.name !== focused) checkScalar(title, option, value);
        return value;
      case Kind.User:
        return noteUser(platform, channel, resolved, idOf(value as Ref));
      case Kind.Channel: {
        const one = world.channels.get(idOf(value as Ref));
        if (one) resolved.channels = { ...resolved.channels, [one.id]: channelPayload(world, one) };
        return idOf(value as Ref);
      }
      case Kind.Role:
        return noteRole(platform, channel, resolved, idOf(value as Ref));
      case Kind.Attachment: {
        const { name, data, contentType = 'application/octet-stream' } = value as SentFile;
        const file = storeFile(platform, channel.id, { name, data: Buffer.from(data), contentType }, null);
        resolved.attachments = { ...resolved.attachments, [file.id]: { ...file, ephemeral: true } };
        return file.id;
      }
      default:
        return value;
    }
  }

  function nest(options: readonly APIApplicationCommandOption[], rest: readonly string[]): Sent[] {
    const [head, ...tail] = rest;
    if (head === undefined) {
      const hasChildren = options.some(
        (one) => one.type === Kind.Subcommand || one.type === Kind.SubcommandGroup,
      );
      if (hasChildren) throw new Error(`/${title} cannot be used bare: it has sub-commands.`);
      return leaves(options);
    }
    const option = options.find((one) => one.name === head);
    if (!option || !('options' in option || option.type === Kind.Subcommand)) {
      throw new Error(`/${title} does not exist.`);
    }
    const children = (option as { options?: APIApplicationCommandOption[] }).options ?? [];
    return [{ name: head, type: option.type, options: nest(children, tail) }];
  }

  return { options: nest(command.options ?? [], path), resolved };
}

/** Adds an account, and its membership here, to what an interaction resolves. */
export function noteUser(
  { world }: Platform,
  channel: Channel,
  resolved: Partial<Resolved>,
  id: string,
): string {
  resolved.users = { ...resolved.users, [id]: authorPayload(world, { kind: 'user', id }) };
  const member = channel.serverId === null ? undefined : world.servers.get(channel.serverId)?.members.get(id);
  if (member) {
    const payload = {
      ...partialMemberPayload(member),
      permissions: String(permissionsIn(world, channel, id)),
    };
    resolved.members = { ...resolved.members, [id]: payload };
  }
  return id;
}

/** Adds a channel to what an interaction resolves. */
export function noteChannel({ world }: Platform, resolved: Partial<Resolved>, id: string): void {
  const channel = world.channels.get(id);
  if (channel) resolved.channels = { ...resolved.channels, [id]: channelPayload(world, channel) };
}

/** Adds a role to what an interaction resolves. */
export function noteRole(
  { world }: Platform,
  channel: Channel,
  resolved: Partial<Resolved>,
  id: string,
): string {
  const role = world.servers.get(channel.serverId ?? '')?.roles.get(id);
  if (role) resolved.roles = { ...resolved.roles, [id]: rolePayload(role) };
  return id;
}

type Limits = {
  choices?: { value: unknown }[];
  autocomplete?: boolean;
  min_length?: number;
  max_length?: number;
  min_value?: number;
  max_value?: number;
};

function checkScalar(title: string, option: APIApplicationCommandOption, value: OptionValue): void {
  const limits = option as Limits;
  const isText = option.type === Kind.String;
  if (typeof value !== (isText ? 'string' : 'number'))
    throw new Error(`/${title}: "${option.name}" has the wrong type.`);
  if (limits.choices?.length && !limits.choices.some((choice) => choice.value === value)) {
    throw new Error(`/${title}: "${String(value)}" is not among the choices of "${option.name}".`);
  }
  const size = isText ? String(value).length : Number(value);
  const min = (isText ? limits.min_length : limits.min_value) ?? Number.NEGATIVE_INFINITY;
  const max = (isText ? (limits.max_length ?? 6000) : limits.max_value) ?? Number.POSITIVE_INFINITY;
  if (size < min || size > max)
    throw new Error(`/${title}: "${option.name}" must be between ${min} and ${max}.`);
}
