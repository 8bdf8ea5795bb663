import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { storyHere } from '../../src/engine/command/scene-here.ts';
import { gatherKeepsake } from '../../src/engine/keepsake/gather-keepsake.ts';
import { keepsakeName } from '../../src/engine/keepsake/keepsake.ts';
import { renderRecap } from '../../src/engine/keepsake/recap.ts';
import { renderKeepsakeHtml } from '../../src/engine/keepsake/render-keepsake-html.ts';
import { renderKeepsakeMarkdown } from '../../src/engine/keepsake/render-keepsake-markdown.ts';
import { PlayerError } from '../../src/errors.ts';
import { playerActorId } from '../../src/scene/beat.ts';
import { asTyped } from '../../src/words/text.ts';

export const exporting: CommandAction = {
  description: 'Take the scene home: a page to read and the plain text',
  options: [],
  allowed: 'player',
  async run(context) {
    const { engine, library, place, who, replyFiles } = context;
    await storyHere(context);
    if (!replyFiles) {
      throw new PlayerError(
        'No files can be handed over here: Discord, the local page and the terminal can.',
      );
    }
    const keepsake = await gatherKeepsake(engine, library, place.scene, askerOf(who));
    const name = keepsakeName(keepsake);
    await replyFiles('The scene as a page that opens in any browser, and as plain text.', [
      { name: `${name}.html`, content: renderKeepsakeHtml(keepsake) },
      { name: `${name}.md`, content: renderKeepsakeMarkdown(keepsake) },
    ]);
  },
};

export const recap: CommandAction = {
  description: 'What you witnessed of the scene so far',
  options: [],
  allowed: 'player',
  async run(context) {
    const { engine, place, who, reply } = context;
    const { players } = await storyHere(context);
    const self = players.find(({ actor }) => actor.id === playerActorId(who.id));
    if (!self) throw new PlayerError('You were never in this scene. /enter takes you in.');
    const witnessed = await engine.ledger.witnessedBy(place.scene, who.id);
    await reply(asTyped(renderRecap(witnessed, self.actor.name, who.locale)));
  },
};
