import type { RoomSettingName, SettingValue } from '../../src/config/room-settings.ts';
import { openLogWords } from '../../src/engine/audit/open-log.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { textOf, wordsOf } from '../../src/engine/command/read-values.ts';
import { readSettingValue, settingWords } from '../../src/engine/command/setting-value.ts';
import type { LevelOfPlace, ShownSetting } from '../../src/engine/settings/settings-api.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';
import { missingIds, namedIds } from './named-ids.ts';
import { noteChanges } from './note-change.ts';
import { settingCalled, settingOption, valueOption } from './setting-option.ts';
import { cardOf, characterOption, levelOf, levelOption, levelWords, sourceWords } from './where.ts';

export const set: CommandAction = {
  description: 'Change a setting; it holds from the next turn on',
  options: [{ ...settingOption, required: true }, valueOption, levelOption, characterOption],
  allowed: 'manager',
  async run(context, values) {
    const { engine, place, known, openToEveryone, reply } = context;
    const name = settingCalled(wordsOf(values, 'name'));
    const value = readSettingValue(name, wordsOf(values, 'value'));
    const level = await levelOf(context, values);
    await checkThere(context, level, name, value);
    const cardId = await cardOf(context, values);
    const before = valueAt(await engine.settings.show(place, cardId), name, level);
    await engine.settings.set(level, name, value);
    noteChanges(context, level, [{ name, from: before, to: value }]);

    const said = say('{{name}} is {{value}} {{where}} now.', {
      name,
      value: settingWords(name, value, known),
      where: levelWords(context, level),
    });
    if (name === 'logChannel' && openToEveryone?.(String(value))) {
      return reply([said, openLogWords(String(value))]);
    }
    const here = (await engine.settings.show(place, cardId)).find((one) => one.name === name);
    if (!here || here.source === 'default' || here.source.level === level.level) return reply(said);
    const stays = say('Here it stays {{value}}, {{source}}.', {
      value: settingWords(name, here.value, known),
      source: sourceWords(context, here.source),
    });
    await reply(say('{{said}} {{stays}}', { said, stays }));
  },
};

export const reset: CommandAction = {
  description: 'Take back what one level sets: one setting, or all of them',
  options: [
    { ...levelOption, description: 'Where it was set', required: true },
    { ...settingOption, description: 'Which setting; left out, all of them', placed: true },
    characterOption,
  ],
  allowed: 'manager',
  async run(context, values) {
    const { engine, place, reply } = context;
    const level = await levelOf(context, values);
    const typed = textOf(values, 'name');
    const before = await engine.settings.show(place, await cardOf(context, values));
    const gone = await engine.settings.reset(level, typed === undefined ? undefined : settingCalled(typed));
    noteChanges(
      context,
      level,
      gone.map((name) => ({ name, from: valueAt(before, name, level), to: undefined })),
    );
    const where = levelWords(context, level);
    await reply(
      gone.length === 0
        ? say('Nothing of that is set {{where}}. /config show tells where each value comes from.', { where })
        : say('No longer set {{where}}: {{names}}.', { where, names: gone.join(', ') }),
    );
  },
};

function valueAt(
  shown: readonly ShownSetting[],
  name: RoomSettingName,
  { level }: LevelOfPlace,
): SettingValue | undefined {
  return shown.find((one) => one.name === name)?.set.find((one) => one.level.level === level)?.value;
}

/** @throws PlayerError where a role, channel, world or model that was named is not there (any more) */
async function checkThere(
  { engine, library, known, holdsMessages }: CommandContext,
  { server }: LevelOfPlace,
  name: RoomSettingName,
  value: SettingValue,
): Promise<void> {
  if (name === 'model' && value !== '') {
    if ((await engine.serverModels.missing(server, String(value))) === undefined) return;
    throw new PlayerError(
      say('{{id}} cannot play here. /model list shows which models are offered, and which need a key.', {
        id: String(value),
      }),
    );
  }
  if (name === 'worlds' && typeof value === 'object') {
    const unknown = value.filter((id) => library.world(id) === undefined);
    if (unknown.length === 0) return;
    throw new PlayerError(
      say('Not a world of this place: {{list}}. /lore list shows which there are. Nothing was changed.', {
        list: unknown.slice(0, 10).join(', '),
      }),
    );
  }
  const named = namedIds(name, value);
  const missing = missingIds(named, known);
  if (name === 'logChannel' && missing.length === 0 && holdsMessages?.(String(value)) === false) {
    throw new PlayerError('Nobody can write in that one: choose a text channel. Nothing was changed.');
  }
  if (missing.length === 0) return;
  const list = missing.slice(0, 10).join(', ');
  throw new PlayerError(
    named?.of === 'role'
      ? say('Not a role of this server: {{list}}. Nothing was changed.', { list })
      : say('Not a channel of this server: {{list}}. Nothing was changed.', { list }),
  );
}
