import type { Command } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import type { Whereabouts } from '../src/engine/ledger/ledger-api.ts';

const STATE = { awake: '', asleep: ' (asleep)', apart: ' (out of earshot)' } as const;

export const map: Command = {
  name: 'map',
  description: 'Who is where',
  action: {
    description: 'Who is where, who is asleep and who is out of earshot',
    options: [],
    allowed: 'anyone',
    async run(context) {
      await sceneHere(context);
      const places = await context.engine.ledger.map(context.place.scene);
      const rooms = places.length > 1 ? [] : ['There are no rooms yet: /scene room opens one.'];
      await context.reply([...places.map(placeWords), ...rooms].join('\n'));
    },
  },
};

function placeWords({ name, people }: Whereabouts): string {
  const here = people.map(({ actor, condition }) => actor.name + STATE[condition]);
  return `${name}: ${here.join(', ') || 'nobody'}.`;
}
