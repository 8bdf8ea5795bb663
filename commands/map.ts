import type { Command } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import type { Whereabouts } from '../src/engine/ledger/ledger-api.ts';
import { asTyped, joined, type Message, say } from '../src/words/text.ts';

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
      await context.reply([...places.map(placeWords), ...rooms]);
    },
  },
};

function placeWords({ name, people }: Whereabouts): Message {
  if (people.length === 0) return say('{{place}}: nobody.', { place: name });
  return say('{{place}}: {{people}}.', { place: name, people: joined(people.map(personWords), ', ') });
}

function personWords({ actor: { name }, condition }: Whereabouts['people'][number]): Message {
  switch (condition) {
    case 'awake':
      return asTyped(name);
    case 'asleep':
      return say('{{name}} (asleep)', { name });
    case 'apart':
      return say('{{name}} (out of earshot)', { name });
  }
}
