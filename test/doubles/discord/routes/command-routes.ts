import { RESTJSONErrorCodes as Code, ApplicationCommandType as Type } from 'discord-api-types/v10';
import type { Platform } from '../platform.ts';
import { type CommandForm, commandForm, commandSet } from '../rules/command-rules.ts';
import { readForm } from '../rules/form.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type RestRequest, type Route } from '../wire/router.ts';
import type { Command } from '../world/entities.ts';
import { serversOfBot } from '../world/world.ts';

const allowedPerType: Readonly<Record<number, number>> = {
  [Type.ChatInput]: 100,
  [Type.User]: 15,
  [Type.Message]: 15,
};

/** Registration of commands, for everywhere and per server. */
export function commandRoutes(platform: Platform): Route[] {
  const { world, journal } = platform;
  const inScope = (serverId: string | null) =>
    [...world.commands.values()].filter((command) => (command.guild_id ?? null) === serverId);

  function scopeOf(request: RestRequest): string | null {
    if (param(request, 'application') !== world.bot.id) throw refusal(Code.UnknownApplication);
    const serverId = request.params['guild'] ?? null;
    if (serverId !== null && !serversOfBot(world).some((server) => server.id === serverId)) {
      throw refusal(Code.MissingAccess);
    }
    return serverId;
  }

  function find(request: RestRequest): Command {
    const command = world.commands.get(param(request, 'command'));
    if (!command || (command.guild_id ?? null) !== scopeOf(request))
      throw refusal(Code.UnknownApplicationCommand);
    return command;
  }

  /** A name registered before keeps its id, as on Discord. */
  function store(form: CommandForm, serverId: string | null, before: readonly Command[]): Command {
    const same = before.find((command) => command.name === form.name && command.type === form.type);
    const command = {
      description: '',
      default_member_permissions: null,
      nsfw: false,
      ...form,
      id: same?.id ?? world.nextId(),
      application_id: world.bot.id,
      version: world.nextId(),
      ...(serverId !== null && { guild_id: serverId }),
      // Checked by its schema, which keeps what it does not know.
    } as unknown as Command;
    world.commands.set(command.id, command);
    return command;
  }

  function finish(serverId: string | null): void {
    const commands = inScope(serverId);
    for (const [type, most] of Object.entries(allowedPerType)) {
      if (commands.filter((command) => command.type === Number(type)).length > most) {
        throw refusal(Code.MaximumNumberOfApplicationCommandsReached);
      }
    }
    journal.record({ kind: 'commands-registered', serverId, names: commands.map((command) => command.name) });
  }

  function overwriteAll(request: RestRequest): Command[] {
    const serverId = scopeOf(request);
    const forms = readForm(commandSet, request.body);
    const before = inScope(serverId);
    for (const command of before) world.commands.delete(command.id);
    const commands = forms.map((form) => store(form, serverId, before));
    finish(serverId);
    return commands;
  }

  function create(request: RestRequest): Command {
    const serverId = scopeOf(request);
    const command = store(readForm(commandForm, request.body), serverId, inScope(serverId));
    finish(serverId);
    return command;
  }

  function change(request: RestRequest): Command {
    const command = find(request);
    const merged = { ...command, ...(request.body as object) };
    return store(readForm(commandForm, merged), scopeOf(request), [command]);
  }

  function remove(request: RestRequest): undefined {
    world.commands.delete(find(request).id);
  }

  return ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'].flatMap(
    (path): Route[] => [
      { method: 'GET', path, bucket: 'commands', handle: (request) => inScope(scopeOf(request)) },
      { method: 'PUT', path, bucket: 'commands', handle: overwriteAll },
      { method: 'POST', path, bucket: 'commands', status: 201, handle: create },
      { method: 'GET', path: `${path}/:command`, bucket: 'commands', handle: find },
      { method: 'PATCH', path: `${path}/:command`, bucket: 'commands', handle: change },
      { method: 'DELETE', path: `${path}/:command`, bucket: 'commands', handle: remove },
    ],
  );
}
