import type { CliCommand } from './cli-command.ts';
import { openHouse } from './house.ts';
import { readFlags } from './read-flags.ts';
import { startOnDiscord } from './start-on-discord.ts';
import { startOnPage } from './start-on-page.ts';

export const start: CliCommand = {
  name: 'start',
  summary: 'the bot, where DISCORD_TOKEN is set, else the local page',
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
      const { discord } = house.settings;
      await (discord ? startOnDiscord(house, discord, io) : startOnPage(house, io));
      return 0;
    } finally {
      await house.close();
    }
  },
};
