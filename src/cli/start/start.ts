import type { Settings } from '../../config/environment.ts';
import { isLoopback } from '../../listen.ts';
import { createOperations, type Operations } from '../../operations/operations.ts';
import { type OperatorPort, openOperatorPort } from '../../operations/operator-port.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { type House, openHouse } from '../house.ts';
import { readFlags } from '../read-flags.ts';

export const start: CliCommand = {
  help: `Usage: dramatis start   (or: npm start)

With DISCORD_TOKEN set it is the Discord bot; without, a local page on
http://127.0.0.1:4680 (or the next free port). It says which stage, model and
store it runs on, and how to change each. Settings are read from the environment
and from .env; .env.example explains them. Ctrl-C ends it, and loses nothing.
`,
  async run(args, io) {
    readFlags(args, {});
    const operations = createOperations();
    io.signal.addEventListener('abort', operations.readiness.stopping, { once: true });
    await using opened = new AsyncDisposableStack();
    opened.defer(operations.close);
    const house = await openHouse(io, { operations });
    opened.defer(house.close);
    await startStage(house, operations, io);
    return 0;
  },
};

/** Each stage is loaded where it is used: they are large, and other commands have no need of them. */
async function startStage(house: House, operations: Operations, io: CliIo): Promise<void> {
  const { discord, fleet } = house.settings;
  if (discord && fleet && fleet.processes > 1) {
    const { keepFleet } = await import('./start-in-fleet.ts');
    await keepFleet(fleet, house, io);
  } else if (discord) {
    await using port = await openPort(house.settings, operations);
    if (port) io.stdout.write(`Operators ask at ${port.url}/metrics (docs/operating.md).\n`);
    if (fleet) {
      const { startInFleet } = await import('./start-in-fleet.ts');
      await startInFleet(house, discord, fleet, io);
    } else {
      const { startOnDiscord } = await import('./start-on-discord.ts');
      await startOnDiscord(house, discord, io);
    }
  } else {
    const { startOnPage } = await import('./start-on-page.ts');
    await startOnPage(house, io);
  }
}

/**
 * The operator's port of a bot, where one is set. It answers from before the bot logs in: who waits for it sees
 * what it waits for.
 * @throws BadUse where anyone could read the figures, OperatorError where it cannot listen
 */
async function openPort(
  { operatorPort: port, operatorToken, host, fleet }: Settings,
  operations: Operations,
): Promise<(OperatorPort & AsyncDisposable) | undefined> {
  if (port === undefined) return undefined;
  if (!isLoopback(host) && operatorToken === undefined) {
    throw new BadUse(
      'HOST lets others ask for the metrics: set OPERATOR_TOKEN, a word that they have to send, or leave HOST out',
    );
  }
  operations.readiness.watch('gateway', () => 'not logged in yet');
  const open = await openOperatorPort(operations, {
    host,
    port,
    operatorToken,
    // Where several processes share a machine, each takes the next free one.
    tries: fleet ? PORTS_OF_A_FLEET : 1,
  });
  return { ...open, [Symbol.asyncDispose]: open.close };
}

const PORTS_OF_A_FLEET = 100;
