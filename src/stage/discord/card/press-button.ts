import { type ButtonInteraction, ButtonStyle, ComponentType } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { type CommandRunner, EPHEMERAL } from '../interactions/command-runner.ts';
import { placeOf } from '../interactions/interaction-facts.ts';
import { BUTTONS } from './buttons.ts';
import { button } from './scene-card.ts';

/** Does what a button of the scene card or of a notice says; most are short for a command. */
export async function pressButton(
  asked: ButtonInteraction<'cached'>,
  engine: Engine,
  { run, actionOf }: CommandRunner,
): Promise<void> {
  switch (asked.customId) {
    case BUTTONS.join:
      await run(asked, 'join', joining(engine));
      return;
    case BUTTONS.pause:
      await run(asked, 'scene pause', actionOf('scene', 'pause'));
      return;
    case BUTTONS.goOn:
      await run(asked, 'scene continue', actionOf('scene', 'continue'));
      return;
    case BUTTONS.cast:
      await run(asked, 'cast', actionOf('cast', null));
      return;
    case BUTTONS.end:
      await askWhetherToEnd(asked);
      return;
    case BUTTONS.endForGood:
      await run(asked, 'scene end', actionOf('scene', 'end'));
      return;
    case BUTTONS.retry:
      // Whoever sees the notice afterwards would press it again.
      if (await run(asked, 'retry', retrying(engine, placeOf(asked).scene))) await asked.message.delete();
      return;
    default:
      await asked.reply({ ...EPHEMERAL, content: 'This button no longer does anything.' });
  }
}

function joining(engine: Engine): CommandAction {
  return {
    description: 'Join',
    options: [],
    allowed: 'anyone',
    async run({ place, who, reply }) {
      await engine.join(place.scene, who);
      await reply(`You are in the scene as ${who.name}: the cast hears what you write here.`);
    },
  };
}

function retrying(engine: Engine, scene: string): CommandAction {
  return { description: 'Retry', options: [], allowed: 'player', run: () => engine.retry(scene) };
}

async function askWhetherToEnd(asked: ButtonInteraction<'cached'>): Promise<void> {
  const sure = button(BUTTONS.endForGood, 'End it', ButtonStyle.Danger);
  await asked.reply({
    ...EPHEMERAL,
    content: 'End this scene for good? Pause holds it, and nothing is lost.',
    components: [{ type: ComponentType.ActionRow, components: [sure] }],
  });
}
