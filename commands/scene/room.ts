import { slugOf } from '../../src/cast/library/slug.ts';
import { type CommandAction, type CommandContext, checkRank } from '../../src/engine/command/command.ts';
import { roomCalled } from '../../src/engine/command/find-room.ts';
import { wordsOf } from '../../src/engine/command/read-values.ts';
import { sceneHere } from '../../src/engine/command/scene-here.ts';
import type { SceneInfo } from '../../src/engine/engine-api.ts';
import type { SceneId } from '../../src/engine/scene-record.ts';
import { PlayerError } from '../../src/errors.ts';
import type { PlaceId } from '../../src/scene/beat.ts';
import { say } from '../../src/words/text.ts';

export const room: CommandAction = {
  description: 'Open a room of the scene: whoever is not there does not know what happens there',
  options: [
    { name: 'name', description: 'What it is called: the cellar', type: 'text', required: true, max: 60 },
  ],
  allowed: 'owner',
  async run(context, values) {
    const { engine, place, reply } = context;
    const name = wordsOf(values, 'name');
    const scene = await sceneOfRooms(context);
    if (roomCalled(name, scene) || slugOf(scene.record.title) === slugOf(name)) {
      throw new PlayerError(
        say('There is a place called “{{name}}” already. /move brings people there.', { name }),
      );
    }
    const ofChannel = scene.record.id === place.parentScene;
    const id = ofChannel ? place.scene : await newPlace(context, scene, name);
    await engine.ledger.openRoom(scene.record.id, { id, name });
    const entering = place.stage === 'discord' ? '/enter there takes you in, ' : '';
    await reply(
      say(
        '“{{name}}” is a room of “{{title}}” now. {{entering}}/move brings characters, /map shows who is where.',
        { name, title: scene.record.title, entering },
      ),
    );
  },
};

/**
 * The scene that the room will be a place of: what plays here, or in a thread what plays in its channel.
 * @throws PlayerError where there is none, where this is a room already, or where one may not
 */
async function sceneOfRooms(context: CommandContext): Promise<SceneInfo> {
  const { engine, place } = context;
  const here = await playing(context, place.scene);
  if (here && here.record.id !== place.scene && place.parentScene !== undefined) {
    throw new PlayerError('This is a room already. /scene room in the channel of its scene opens another.');
  }
  const parent =
    here || place.parentScene === undefined ? undefined : await playing(context, place.parentScene);
  if (!parent) return here ?? sceneHere({ engine, place });
  await checkRank('owner', { ...context, place: { ...place, scene: parent.record.id } });
  return parent;
}

async function playing({ engine }: CommandContext, scene: SceneId): Promise<SceneInfo | undefined> {
  const info = await engine.info(scene);
  return info?.record.status === 'ended' ? undefined : info;
}

/** A thread of that name; where there are none, a place without a channel of its own. */
async function newPlace(
  { place, openThread }: CommandContext,
  { record }: SceneInfo,
  name: string,
): Promise<PlaceId> {
  if (place.stage === 'discord' && openThread) return (await openThread(name)).scene;
  return `${record.id}/${slugOf(name)}`;
}
