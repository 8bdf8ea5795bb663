import type { Choice, Command } from '../src/engine/command/command.ts';
import { findPerson, personOption } from '../src/engine/command/find-person.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { type Condition, conditionSchema } from '../src/scene/beat.ts';
import { type Message, say } from '../src/words/text.ts';

const conditions: readonly Choice[] = [
  { value: 'awake', name: 'awake: sees and hears all of it' },
  { value: 'apart', name: 'apart: out of earshot, sees and does not hear' },
  { value: 'asleep', name: 'asleep: perceives nothing' },
];

export const presence: Command = {
  name: 'presence',
  description: 'Who sleeps, wakes or steps out of earshot',
  action: {
    description: 'Let someone fall asleep, wake, or step out of earshot',
    options: [
      personOption,
      {
        name: 'is',
        description: 'How they are from now on',
        type: 'text',
        required: true,
        choices: conditions,
      },
    ],
    allowed: 'owner',
    async run(context, values) {
      const info = await sceneHere(context);
      const actor = findPerson(wordsOf(values, 'name'), info);
      const condition = conditionSchema.parse(values['is']);
      await context.engine.ledger.setCondition(context.place.scene, actor.id, condition);
      await context.reply(done(actor.name, condition));
    },
  },
};

function done(name: string, condition: Condition): Message {
  switch (condition) {
    case 'asleep':
      return say('{{name}} falls asleep.', { name });
    case 'apart':
      return say('{{name}} steps aside, out of earshot.', { name });
    case 'awake':
      return say('{{name}} is all ears again.', { name });
  }
}
