import {
  type APIApplication,
  ApplicationFlags,
  DiscordAPIError,
  REST,
  type RESTAPIPartialCurrentUserGuild,
  Routes,
} from 'discord.js';
import type { DiscordSettings } from '../discord-settings.ts';
import { inviteLink, missingPermissions } from './permissions.ts';
import { restOptions } from './rest-options.ts';

/** One thing that was looked at: fine, or what to do about it. */
export type DiscordFinding = {
  readonly what: 'token' | 'intents' | 'permissions' | 'invite';
  readonly ok: boolean;
  readonly say: string;
};

const TIMEOUT_MS = 10_000;

/**
 * Looks at the token, the Message Content intent and the bot's permissions in each server, without
 * logging in. Every problem is a finding; none is thrown.
 */
export async function checkDiscord(
  settings: Pick<DiscordSettings, 'token' | 'api' | 'cdn'>,
): Promise<readonly DiscordFinding[]> {
  const rest = new REST({ ...restOptions(settings), timeout: TIMEOUT_MS, retries: 1 }).setToken(
    settings.token,
  );
  try {
    const application = (await rest.get(Routes.currentApplication())) as APIApplication;
    const query = new URLSearchParams({ limit: '200' });
    const servers = (await rest.get(Routes.userGuilds(), { query })) as RESTAPIPartialCurrentUserGuild[];
    const link = inviteLink(application.id);
    return [
      { what: 'token', ok: true, say: `The token belongs to ${application.name}.` },
      intents(application),
      ...permissions(servers, link),
      { what: 'invite', ok: true, say: `Invite the bot to a server: ${link}` },
    ];
  } catch (error) {
    return [{ what: 'token', ok: false, say: tokenProblem(error, settings) }];
  } finally {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
}

function intents({ flags }: APIApplication): DiscordFinding {
  const content = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  if (((flags ?? 0) & content) !== 0)
    return { what: 'intents', ok: true, say: 'Message Content is granted: players just write.' };
  return {
    what: 'intents',
    ok: false,
    say:
      'Message Content is not granted: players must mention the bot, use /say, or answer a line from its menu. ' +
      'To change that: Developer Portal > your application > Bot > Message Content Intent.',
  };
}

function permissions(
  servers: readonly RESTAPIPartialCurrentUserGuild[],
  link: string,
): readonly DiscordFinding[] {
  if (servers.length === 0)
    return [{ what: 'permissions', ok: false, say: `The bot is in no server yet. Invite it: ${link}` }];
  return servers.map(({ name, permissions: has }) => {
    const missing = missingPermissions(has, false);
    return missing.length === 0
      ? { what: 'permissions', ok: true, say: `${name}: everything that scenes need.` }
      : {
          what: 'permissions',
          ok: false,
          say: `${name}: missing ${missing.join(', ')}. Server Settings > Roles > the bot's role, or invite it again: ${link}`,
        };
  });
}

function tokenProblem(error: unknown, { api }: Pick<DiscordSettings, 'api'>): string {
  if (error instanceof DiscordAPIError && error.status === 401) {
    return 'Discord refuses DISCORD_TOKEN. Make a new one: Developer Portal > your application > Bot > Reset Token.';
  }
  const where = api === undefined ? 'Discord' : `Discord at ${api} (DISCORD_API)`;
  return `${where} does not answer. Check the network, and DISCORD_API if it is set.`;
}
