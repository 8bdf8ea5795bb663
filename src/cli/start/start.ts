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
    const house = await openHouse(io);
    try {
      await startStage(house, io);
      return 0;
    } finally {
      await house.close();
    }
  },
};

/** Each stage is loaded where it is used: they are large, and other commands have no need of them. */
async function startStage(house: House, io: CliIo): Promise<void> {
  const { discord } = house.settings;
  if (discord) {
    const { startOnDiscord } = await import('./start-on-discord.ts');
    await startOnDiscord(house, discord, io);
  } else {
    const { startOnPage } = await import('./start-on-page.ts');
    await startOnPage(house, io);
  }
}
