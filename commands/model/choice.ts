import type {
  CommandAction,
  CommandContext,
  CommandOption,
  CommandValues,
} from '../../src/engine/command/command.ts';
import { textOf, wordsOf } from '../../src/engine/command/read-values.ts';
import type { LevelOfPlace } from '../../src/engine/settings/settings-api.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';
import { noteChanges } from '../config/note-change.ts';
import { notPlaying } from './not-playing.ts';
import { offeredOption, serverOf } from './offered-option.ts';

const level: CommandOption = {
  name: 'level',
  description: 'Where it plays; left out, in the whole server',
  type: 'text',
  placed: true,
  choices: ['server', 'category', 'channel', 'scene'].map((value) => ({ name: value, value })),
};

export const list: CommandAction = {
  description: 'Which models there are to choose from, and which one plays here',
  options: [],
  allowed: 'moderator',
  async run(context) {
    const { engine, place, reply } = context;
    const server = serverOf(context);
    const offered = engine.serverModels.offered();
    const keys = await engine.serverModels.keys(server);
    const { model } = await engine.settings.rules(place);
    await reply([
      model === ''
        ? say('The operator’s own model plays here.')
        : ((await notPlaying(engine, server, model)) ?? say('{{model}} plays here.', { model })),
      ...(offered.length === 0 ? [say('The operator offers no others.')] : [say('There are:')]),
      ...offered.map(({ id, name, place: where, takesKey, needsKey }) => {
        const values = { id, name, where };
        if (keys.includes(id)) return say('{{id}}: {{name}}, {{where}}, with this server’s own key', values);
        if (needsKey)
          return say('{{id}}: {{name}}, {{where}}; needs a key of this server: /model key', values);
        if (takesKey) return say('{{id}}: {{name}}, {{where}}; takes a key of this server, too', values);
        return say('{{id}}: {{name}}, {{where}}', values);
      }),
    ]);
  },
};

export const use: CommandAction = {
  description: 'Choose the model that plays, from the next turn on',
  options: [offeredOption('Which model'), level],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, reply } = context;
    const server = serverOf(context);
    const id = wordsOf(values, 'model');
    const missing = await engine.serverModels.missing(server, id);
    if (missing === 'not-offered') {
      throw new PlayerError(say('No model “{{id}}” is offered. /model list shows which are.', { id }));
    }
    if (missing === 'no-key') {
      throw new PlayerError(
        say('{{id}} plays with a key of this server: give it one first, /model key.', { id }),
      );
    }
    const level = await levelHere(context, values);
    const from = await chosenAt(context, level);
    await engine.settings.set(level, 'model', id);
    noteChanges(context, level, [{ name: 'model', from, to: id }]);
    await reply(say('{{id}} plays here from the next turn on.', { id }));
  },
};

export const clear: CommandAction = {
  description: 'Let the operator’s own model play again',
  options: [level],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, reply } = context;
    serverOf(context);
    const level = await levelHere(context, values);
    const from = await chosenAt(context, level);
    const gone = await engine.settings.reset(level, 'model');
    if (gone.length === 0) throw new PlayerError('No model is chosen there. /model list tells what plays.');
    noteChanges(context, level, [{ name: 'model', from, to: undefined }]);
    await reply('No model is chosen there any more.');
  },
};

/** @throws PlayerError where this place has no such level */
async function levelHere({ engine, place }: CommandContext, values: CommandValues): Promise<LevelOfPlace> {
  const wanted = textOf(values, 'level') ?? 'server';
  const found = (await engine.settings.levels(place)).find((one) => one.level === wanted);
  if (!found) throw new PlayerError(say('There is no {{level}} here.', { level: wanted }));
  return found;
}

async function chosenAt({ engine, place }: CommandContext, { level }: LevelOfPlace) {
  const model = (await engine.settings.show(place)).find(({ name }) => name === 'model');
  return model?.set.find((one) => one.level.level === level)?.value;
}
