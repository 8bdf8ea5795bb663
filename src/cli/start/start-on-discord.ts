import { commands } from '../../../commands/index.ts';
import type { Settings } from '../../config/environment.ts';
import type { DiscordPart } from '../../stage/discord/discord-settings.ts';
import { startDiscordStage } from '../../stage/discord/start-discord-stage.ts';
import type { CliIo } from '../cli-command.ts';
import type { House } from '../house.ts';
import { houseFacts, modelPlace } from '../house-facts.ts';
import { aborted } from '../until-aborted.ts';
import { createModelOffers } from './model-offers.ts';
import { endWords, sealingNotes, startScreen } from './start-screen.ts';
import { watchBot } from './watch-bot.ts';

/**
 * The Discord bot, until aborted.
 * @param part the servers that it serves, where it is one of several processes
 * @throws OperatorError where the token is refused or Discord cannot be reached.
 */
export async function startOnDiscord(
  { settings, library, store, log, operations, createEngine }: House,
  discord: NonNullable<Settings['discord']>,
  { stdout, signal }: CliIo,
  part?: DiscordPart,
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
    settings: {
      ...discord,
      owners: settings.owners,
      ...(part ? { part } : {}),
      ...(operations ? { answered: operations.discordAnswered } : {}),
    },
    log,
    signal: login.signal,
    modelPlace: (model) => modelPlace(settings, model),
  });
  signal.removeEventListener('abort', breakOff);
  if (operations) watchBot(operations, engine, bot);
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
            ...(part ? [['serves', shardWords(part)] as const] : []),
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
    // Discord may let it in no more: whoever keeps the process running sees it end.
    const refused = await Promise.race([aborted(signal), bot.lost]);
    if (refused) throw refused;
    // Who lost its servers to another process has nothing to finish there.
    if (part?.mayAct() ?? true) {
      if (engine.busyness().making > 0) stdout.write(FINISHING);
      await engine.close({ finishMs: FINISH_MS });
    }
  } finally {
    await engine.close();
    await bot.close();
  }
}

/** Turns that are being made have so long to be finished when the process is to end. Milliseconds. */
const FINISH_MS = 20_000;
const FINISHING = `Turns that are being made are finished first, for ${FINISH_MS / 1000} s at most. Once more, and it ends at once.\n`;

const HEARS_LITTLE =
  'only mentions, /say and its menu: Message Content is not granted to it (dramatis doctor tells more)';

function shardWords({ shards, shardCount }: DiscordPart): string {
  const [first, last] = [shards.at(0), shards.at(-1)];
  return `the servers of shard ${first === last ? first : `${first} to ${last}`} of ${shardCount} (docs/scaling.md)`;
}

function whereItPlays({ servers, owners }: Settings): string {
  if (servers === '*') return 'in every server that it is invited to (SERVERS)';
  if (servers.length > 0)
    return `in the servers of SERVERS (${servers.length}), and where you use /dramatis approve`;
  if (owners.length > 0)
    return 'in your own servers, where you use /dramatis approve, and in those listed in SERVERS';
  return 'nowhere yet: list servers in SERVERS, or set OWNER_IDS to your Discord user id';
}
