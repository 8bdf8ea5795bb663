import type { CommandAction } from '../../src/engine/command/command.ts';
import { checkServer } from '../../src/engine/command/open-here.ts';
import { fileOf, textOf } from '../../src/engine/command/read-values.ts';
import { storyIn } from '../../src/engine/command/story-in.ts';

/** A chat of another program goes on here as a scene. */
export const importing: CommandAction = {
  description: 'Go on here with a SillyTavern chat (.jsonl); who speaks in it needs a card here',
  options: [
    { name: 'file', description: 'The chat, as SillyTavern saves it', type: 'upload', required: true },
    { name: 'title', description: 'What the scene is called', type: 'text', max: 100 },
  ],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, library, place, who, reply } = context;
    await checkServer(context);
    await library.refresh();
    const story = storyIn(fileOf(values, 'file'), library.characters());
    const title = textOf(values, 'title');
    const record = await engine.start({
      origin: place.stage === 'discord' ? 'discord' : 'local',
      ...story.request,
      id: place.scene,
      stage: place.stage,
      ...(place.server === undefined ? {} : { server: place.server }),
      ...(place.parent === undefined ? {} : { parent: place.parent }),
      ...(place.category === undefined ? {} : { category: place.category }),
      owner: { ...who, ...(story.user ? { name: story.user } : {}) },
      ...(title === undefined ? {} : { title }),
      preset: place.quiet ? 'conversation' : 'called-only',
    });
    await reply(story.told(record));
  },
};
