import { askerOf } from '../src/engine/command/asker.ts';
import type { Choice, Command } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

type Step = 'previous' | 'next' | 'again';

const steps: readonly (Choice & { readonly value: Step })[] = [
  { value: 'next', name: 'next: the version after this one, or a new one' },
  { value: 'previous', name: 'previous: the version before this one' },
  { value: 'again', name: 'again: a new version' },
];

export const swipe: Command = {
  name: 'swipe',
  description: 'Let the last line of a character go otherwise',
  action: {
    description: 'Let the last line of a character go otherwise: another version of it counts for everybody',
    options: [{ name: 'step', description: 'Which; left out, the next', type: 'text', choices: steps }],
    allowed: 'player',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      await sceneHere(context);
      const step = steps.find(({ value }) => value === values['step'])?.value ?? 'next';
      const { n, version, versions } = await engine.past.swipe(place.scene, step, askerOf(who));
      await reply(say('#{{n}} reads as version {{version}} of {{versions}} now.', { n, version, versions }));
    },
  },
};
