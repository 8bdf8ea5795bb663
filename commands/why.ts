import { askerOf } from '../src/engine/command/asker.ts';
import { beatOf, beatOption, latestLine } from '../src/engine/command/beat-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { madeWords } from '../src/engine/command/made-words.ts';
import { storyHere } from '../src/engine/command/scene-here.ts';
import { escapeDiscord } from '../src/format/render-discord.ts';
import { say } from '../src/words/text.ts';

export const why: Command = {
  name: 'why',
  description: 'Why this line? Who made it, and why this speaker',
  action: {
    description: 'Why this line? Who made it, why this speaker, how long it took; never what was thought',
    options: [beatOption('Which line; left out, the latest', { lines: true })],
    allowed: 'owner',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      await storyHere(context);
      const n = beatOf(values) ?? (await latestLine(engine, place.scene));
      const asker = askerOf(who);
      const made = madeWords(n, await engine.why(place.scene, n, asker));
      const plans = await engine.plans(place.scene, n, asker);
      await reply([made, ...plans.map((plan) => say('Planned: {{plan}}', { plan: escapeDiscord(plan) }))]);
    },
  },
};
