import type { CommandAction } from '../../src/engine/command/command.ts';
import { textOf, wordsOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';
import { offeredOption, serverOf } from './offered-option.ts';

/**
 * The key itself is no option: what is typed into a command stays on screens and in histories. On
 * Discord a form asks for it and hands it over as `key`; elsewhere there is no way in.
 */
export const key: CommandAction = {
  description: 'Let a model play with this server’s own key; a form asks for it',
  options: [offeredOption('For which model', true)],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, who, reply } = context;
    const server = serverOf(context);
    const given = textOf(values, 'key');
    if (given === undefined) throw new PlayerError('A key is given in a form on Discord, and nowhere else.');
    const id = wordsOf(values, 'model');
    await engine.serverModels.keepKey(server, id, given);
    engine.audit.note(server, {
      kind: 'configured',
      text: say('A key of this server for {{id}} was stored.', { id }),
      by: who.id,
    });
    await reply(
      say('The key is stored, encrypted; nobody is shown it again. /model use model: {{id}} lets it play.', {
        id,
      }),
    );
  },
};

export const forgetKey: CommandAction = {
  description: 'Delete this server’s own key for a model',
  options: [offeredOption('For which model', true)],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, who, reply } = context;
    const server = serverOf(context);
    const id = wordsOf(values, 'model');
    if (!(await engine.serverModels.dropKey(server, id))) {
      throw new PlayerError(say('This server has no key for {{id}}.', { id }));
    }
    engine.audit.note(server, {
      kind: 'configured',
      text: say('The key of this server for {{id}} was deleted.', { id }),
      by: who.id,
    });
    await reply(say('The key for {{id}} is deleted.', { id }));
  },
};
