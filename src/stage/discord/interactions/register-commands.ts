import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import type { Log } from '../../../log.ts';

/**
 * Makes Discord's list of this bot's commands the one that is given, in one request, and in none
 * where it is that already.
 *
 * @returns whether it was changed
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[],
  log: Log,
): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId);
  const there = (await rest.get(route)) as readonly object[];
  if (fingerprint(there) === fingerprint(wanted)) return false;
  await rest.put(route, { body: wanted });
  log.info('commands-registered', { commands: wanted.length });
  return true;
}

// What Discord adds to a command, and what says the same whether it is there or not.
const IGNORED = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'dm_permission',
  'default_permission',
  'name_localizations',
  'description_localizations',
  'name_localized',
  'description_localized',
  'handler',
]);

function fingerprint(commands: readonly object[]): string {
  return JSON.stringify(commands.map((command) => JSON.stringify(essence(command))).sort());
}

function essence(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(essence);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key, value]) => !IGNORED.has(key) && !isNothing(value))
      .map(([key, value]) => [key, essence(value)])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}
