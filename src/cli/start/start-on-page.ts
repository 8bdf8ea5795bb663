import { commands } from '../../../commands/index.ts';
import { wallClock } from '../../engine/clock.ts';
import { keepSweeping } from '../../engine/privacy/keep-sweeping.ts';
import { OperatorError } from '../../errors.ts';
import { isLoopback } from '../../listen.ts';
import { createModelLibrary } from '../../model/gguf/named/model-library.ts';
import { createOperatorAnswers } from '../../operations/operator-answers.ts';
import { startWebStage } from '../../stage/web/web-stage.ts';
import { BadUse } from '../bad-use.ts';
import type { CliIo } from '../cli-command.ts';
import { type House, OWN_MODELS } from '../house.ts';
import { houseFacts } from '../house-facts.ts';
import { aborted } from '../until-aborted.ts';
import { createModelOffers } from './model-offers.ts';
import { namedModelsOnPage } from './named-models.ts';
import { endWords, sealingNotes, startScreen } from './start-screen.ts';
import { watchEngine } from './watch-bot.ts';

/**
 * The local page, until aborted.
 * @throws BadUse where anyone could open it, OperatorError where it cannot listen.
 */
export async function startOnPage(
  { settings, library, log, store, files, operations, createEngine }: House,
  { stdout, signal }: CliIo,
): Promise<void> {
  const [demo] = library.scenes();
  if (!demo) {
    throw new OperatorError('No scene is installed: characters/scenes is empty. Get the whole repository.');
  }
  const { host, port, operatorToken } = settings;
  if (!isLoopback(host) && operatorToken === undefined) {
    throw new BadUse(
      'HOST lets others open the page: set OPERATOR_TOKEN, a word that it asks them for, or leave HOST out',
    );
  }
  // The page's x-ray: on this machine, in memory, this process only.
  const engine = createEngine({ tracing: isLoopback(host) || settings.trace });
  const named = createModelLibrary({ base: settings.modelsUrl, folder: OWN_MODELS, signal });
  const { offers, connect } = createModelOffers(engine, settings, signal, { named, files });
  if (operations) watchEngine(operations, engine);
  let url = '';
  const facts = () =>
    houseFacts(
      settings,
      engine.models(),
      {
        is: `the local page, ${url}${tookAnother(port, url) ? ` (port ${port} is taken)` : ''}`,
        change: 'set DISCORD_TOKEN in .env for the Discord bot, HOST and PORT for another address',
      },
      ', or connect one on the page',
    );
  const page = await startWebStage({
    engine,
    library,
    commands,
    host,
    port,
    ...(operatorToken === undefined ? {} : { operatorToken }),
    log,
    facts,
    offers,
    connect,
    models: namedModelsOnPage(named),
    demoScene: demo.id,
    store,
    ...(operations ? { beside: createOperatorAnswers(operations, { host, operatorToken }) } : {}),
    signal,
  });
  try {
    url = page.url;
    const found = engine.models().actor ? [] : await offers();
    stdout.write(
      startScreen(facts(), {
        notes: [
          ...(isLoopback(host) ? [] : [['open', OPEN] as const]),
          ...sealingNotes(settings),
          ...library.problems().map((problem) => ['card', problem] as const),
        ],
        found,
        useIt: 'say so on the page',
        last: `Open ${url} in a browser. ${endWords(settings)}`,
      }),
    );
    // An erasure that was cut short is finished.
    await Promise.all([aborted(signal), keepSweeping(engine.privacy, { clock: wallClock, log, signal })]);
  } finally {
    await page.close();
  }
}

const OPEN =
  "others reach it at this machine's address; it asks them for OPERATOR_TOKEN as a password, unencrypted";

function tookAnother(port: number, url: string): boolean {
  return port !== 0 && url !== '' && Number(new URL(url).port) !== port;
}
