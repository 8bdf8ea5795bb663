import type { Command, CommandAction, CommandContext } from '../src/engine/command/command.ts';
import { textOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { say, type Text } from '../src/words/text.ts';

/** `/enter`, and `/scene enter`. */
export const entering: CommandAction = {
  description: 'Take part: from now on the cast hears you',
  options: [{ name: 'as', description: 'Under which name; left out, your own', type: 'text', max: 40 }],
  allowed: 'anyone',
  async run(context, values) {
    const { engine, place, who } = context;
    const info = await sceneHere(context);
    const as = textOf(values, 'as');
    const name = as === undefined ? undefined : await takeName(context, as);
    // In a room, this brings there who was elsewhere.
    await engine.join(place.scene, who);
    const room = info.rooms.find(({ id }) => id === place.scene);
    await context.reply(enteredWords(name, room?.name));
  },
};

function enteredWords(name: string | undefined, room: string | undefined): Text {
  if (room === undefined) {
    return name === undefined
      ? 'You are in the scene: the cast hears what you say here. /leave ends that.'
      : say('You are in the scene as {{name}}: the cast hears what you say here. /leave ends that.', {
          name,
        });
  }
  return name === undefined
    ? say('You are in “{{room}}”: whoever is here hears what you say. /leave ends that.', { room })
    : say('You are in “{{room}}” as {{name}}: whoever is here hears what you say. /leave ends that.', {
        room,
        name,
      });
}

/** The rest of their persona stays as it was. Returns the name that they bear now. */
async function takeName({ engine, place, who }: CommandContext, wanted: string): Promise<string> {
  const before = await engine.ledger.personaOf(place.scene, who.id);
  const { name } = await engine.ledger.setPersona(place.scene, who, { ...before, name: wanted });
  return name;
}

export const enter: Command = {
  name: 'enter',
  description: entering.description,
  action: entering,
};
