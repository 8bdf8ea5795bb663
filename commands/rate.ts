import { askerOf } from '../src/engine/command/asker.ts';
import { beatOf, beatOption, latestLine } from '../src/engine/command/beat-option.ts';
import type { Choice, Command } from '../src/engine/command/command.ts';
import { storyHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

const thumbs: readonly (Choice & { readonly value: 'up' | 'down' | 'none' })[] = [
  { value: 'up', name: 'up: a good line' },
  { value: 'down', name: 'down: not a good one' },
  { value: 'none', name: 'none: take back what you said of it' },
];

export const rate: Command = {
  name: 'rate',
  description: 'Say whether a line of a character is a good one',
  action: {
    description: 'Say whether a line of a character is a good one; counted only where you opted in',
    options: [
      {
        name: 'thumb',
        description: 'Up, down, or none to take it back',
        type: 'text',
        required: true,
        choices: thumbs,
      },
      beatOption('Which line; left out, the latest', { name: 'line', placed: true, lines: true }),
    ],
    allowed: 'player',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      await storyHere(context);
      const n = beatOf(values, 'line') ?? (await latestLine(engine, place.scene));
      const chosen = thumbs.find(({ value }) => value === values['thumb'])?.value ?? 'none';
      const thumb = chosen === 'none' ? undefined : chosen;
      const counted = await engine.choices.vote(place.scene, n, thumb, askerOf(who));
      if (counted === 'uncounted') {
        await reply(
          'Not counted: your choices are counted only if you say so, with /privacy opt-in choices: yes.',
        );
      } else if (thumb === undefined) {
        await reply(say('Taken back: nothing of yours counts for #{{n}}.', { n }));
      } else {
        await reply(
          thumb === 'up'
            ? say('Counted: 👍 for #{{n}} as it reads now.', { n })
            : say('Counted: 👎 for #{{n}} as it reads now.', { n }),
        );
      }
    },
  },
};
