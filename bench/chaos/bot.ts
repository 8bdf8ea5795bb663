import { fileURLToPath } from 'node:url';
import { commands } from '../../commands/index.ts';
import { openLibrary } from '../../src/cast/library/library.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { silentLog } from '../../src/log.ts';
import { modelSettingsSchema } from '../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../src/model/openai-model.ts';
import { startDiscordStage } from '../../src/stage/discord/start-discord-stage.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { BotMessage, Life } from './life.ts';
import { recordingLate, type Step, withSteps } from './steps.ts';

/**
 * The bot as a process of its own, which is told when to begin to live and at which of its steps to be
 * killed. It loads all that it needs before: the next one is ready when one dies.
 */
const shippedDir = fileURLToPath(new URL('../../characters/', import.meta.url));
// What sets up a program of ours lets it end while nothing but its parent's channel is open; this one waits there.
process.channel?.ref();
const library = await openLibrary({ shippedDir });
process.once('message', (life: Life) => {
  live(life).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  });
});
tell({ type: 'loaded' });

async function live({ storeUrl, dataKey, discord, modelUrl, killAt, sabotage }: Life): Promise<void> {
  let steps = 0;
  const atStep = (step: Step) => {
    steps += 1;
    if (steps !== killAt) return;
    // The parent is to know where; what the process itself does ends here.
    process.send?.({ type: 'dies', at: `${step.when} ${step.name}` } satisfies BotMessage, () => {});
    process.kill(process.pid, 'SIGKILL');
  };
  const opened = await openStore(storeUrl, [Buffer.from(dataKey, 'base64')]);
  const store = withSteps(sabotage ? recordingLate(opened, 150) : opened, atStep);
  const actor = createOpenAiModel(modelSettingsSchema.parse({ name: 'double-1', baseUrl: modelUrl }));
  const engine = createEngine({
    store,
    library,
    models: { actor, director: actor, narrator: actor },
    listedServers: '*',
    limits: {
      gatherMs: 0,
      linesPerPlayerHour: 10_000,
      turnsPerPlayerHour: 100_000,
      turnsPerServerDay: 100_000,
      turnsPerSceneDay: 100_000,
    },
    log: silentLog,
  });
  const stage = await startDiscordStage({
    engine,
    commands,
    store,
    settings: {
      ...discord,
      owners: [],
      pace: {
        spacingMs: 0,
        perMinute: 100_000,
        cardMs: 20,
        goOnMs: 50,
        echoMs: 200,
        resendMs: 20,
        noteMs: 5,
        eraseMs: 5,
      },
      client: { ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) } },
    },
    log: silentLog,
    signal: new AbortController().signal,
  });
  await stage.caughtUp;
  tell({ type: 'lives' });
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.once('message', async () => {
    await engine.close();
    await stage.close();
    await opened.close();
    tell({ type: 'closed', steps });
    process.exit(0);
  });
}

function tell(message: BotMessage): void {
  process.send?.(message);
}
