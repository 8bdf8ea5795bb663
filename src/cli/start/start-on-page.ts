import { commands } from '../../../commands/index.ts';
import { OperatorError } from '../../errors.ts';
import { startWebStage } from '../../stage/web/web-stage.ts';
import type { CliIo } from '../cli-command.ts';
import type { House } from '../house.ts';
import { houseFacts, isThisMachine } from '../house-facts.ts';
import { aborted } from '../until-aborted.ts';
import { createModelOffers } from './model-offers.ts';
import { startScreen } from './start-screen.ts';

/**
 * The local page, until aborted.
 * @throws OperatorError where it cannot listen.
 */
export async function startOnPage(
  { settings, library, log, createEngine }: House,
  { stdout, signal }: CliIo,
): Promise<void> {
  const [demo] = library.scenes();
  if (!demo) {
    throw new OperatorError('No scene is installed: characters/scenes is empty. Get the whole repository.');
  }
  // The page's x-ray: on this machine, in memory, this process only.
  const engine = createEngine({ tracing: isThisMachine(settings.host) || settings.trace });
  const { offers, connect } = createModelOffers(engine, settings, signal);
  let url = '';
  const facts = () =>
    houseFacts(settings, engine.models(), {
      is: `the local page, ${url}`,
      change: 'set DISCORD_TOKEN in .env for the Discord bot, HOST and PORT for another address',
    });
  const page = await startWebStage({
    engine,
    library,
    commands,
    host: settings.host,
    port: settings.port,
    log,
    facts,
    offers,
    connect,
    demoScene: demo.id,
    signal,
  });
  try {
    url = page.url;
    const found = engine.models().actor ? [] : await offers();
    stdout.write(
      startScreen(facts(), {
        notes: library.problems().map((problem) => ['card', problem]),
        found,
        useIt: 'say so on the page',
        last: `Open ${url} in a browser. Ctrl-C here ends it, and loses nothing.`,
      }),
    );
    await aborted(signal);
  } finally {
    await page.close();
  }
}
