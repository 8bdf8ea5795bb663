import { commands } from '../../../commands/index.ts';
import type { Settings } from '../../config/environment.ts';
import { startDiscordStage } from '../../stage/discord/start-discord-stage.ts';
import type { CliIo } from '../cli-command.ts';
import type { House } from '../house.ts';
import { houseFacts, modelPlace } from '../house-facts.ts';
import { aborted } from '../until-aborted.ts';
import { createModelOffers } from './model-offers.ts';
import { endWords, sealingNotes, startScreen } from './start-screen.ts';

/**
 * The Discord bot, until aborted.
 * @throws OperatorError where the token is refused or Discord cannot be reached.
 */
export async function startOnDiscord(
  { settings, library, store, log, createEngine }: House,
  discord: NonNullable<Settings['discord']>,
  { stdout, signal }: CliIo,
): Promise<void> {
  const engine = createEngine();
  // Breaks off a login that hangs; once the stage stands it is closed below, after the engine.
  const login = new AbortController();
  const breakOff = () => login.abort(signal.reason);
  signal.addEventListener('abort', breakOff, { once: true });
  const bot = await startDiscordStage({
    engine,
    commands,
    store,
    settings: { ...discord, owners: settings.owners },
    log,
    signal: login.signal,
    modelPlace: (model) => modelPlace(settings, model),
  });
  signal.removeEventListener('abort', breakOff);
  try {
    const { offers } = createModelOffers(engine, settings, signal);
    const found = engine.models().actor ? [] : await offers();
    stdout.write(
      startScreen(
        houseFacts(settings, engine.models(), {
          is: `Discord, as ${bot.botName}`,
          change: 'take DISCORD_TOKEN out of .env for the local page',
        }),
        {
          notes: [
            ['plays', whereItPlays(settings)],
            ...(bot.reads() ? [] : [['hears', HEARS_LITTLE] as const]),
            ...sealingNotes(settings),
            ...library.problems().map((problem) => ['card', problem] as const),
          ],
          found,
          useIt: 'set MODEL and OPENAI_BASE_URL in .env',
          last: `Invite it to a server: ${bot.inviteLink}\n${endWords(settings)}`,
        },
      ),
    );
    await aborted(signal);
  } finally {
    await engine.close();
    await bot.close();
  }
}

const HEARS_LITTLE =
  'only mentions, /say and its menu: Message Content is not granted to it (dramatis doctor tells more)';

function whereItPlays({ servers, owners }: Settings): string {
  if (servers === '*') return 'in every server that it is invited to (SERVERS)';
  if (servers.length > 0)
    return `in the servers of SERVERS (${servers.length}), and where you use /dramatis approve`;
  if (owners.length > 0)
    return 'in your own servers, where you use /dramatis approve, and in those listed in SERVERS';
  return 'nowhere yet: list servers in SERVERS, or set OWNER_IDS to your Discord user id';
}
