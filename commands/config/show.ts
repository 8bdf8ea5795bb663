import { SETTING_GROUPS, settingOf } from '../../src/config/room-settings.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import { settingWords } from '../../src/engine/command/setting-value.ts';
import { mayBe } from '../../src/engine/settings/may-be.ts';
import type { ShownSetting } from '../../src/engine/settings/settings-api.ts';
import { say, type Text } from '../../src/words/text.ts';
import { notPlaying } from '../model/not-playing.ts';
import { missingIds, namedIds } from './named-ids.ts';
import { levelNames, settingCalled, settingOption } from './setting-option.ts';
import { cardOf, characterOption, levelWords, sourceWords } from './where.ts';

export const show: CommandAction = {
  description: 'Every setting as it holds here, and where it comes from',
  options: [{ ...settingOption, description: 'Which setting; left out, all of them' }, characterOption],
  allowed: 'manager',
  async run(context, values) {
    const { engine, place, reply } = context;
    const typed = textOf(values, 'name');
    const name = typed === undefined ? undefined : settingCalled(typed);
    const shown = await engine.settings.show(place, await cardOf(context, values));
    if (name !== undefined) {
      const parts = shown.filter((one) => one.name === name).map((one) => inFull(context, one));
      await reply((await Promise.all(parts)).flat());
      return;
    }
    const groups = SETTING_GROUPS.map(async ({ title, names }) => {
      const group = names.flatMap((one) => shown.filter((setting) => setting.name === one));
      const lines = await Promise.all(group.map((setting) => inShort(context, setting)));
      return [say('**{{title}}**', { title }), ...lines.flat()];
    });
    await reply((await Promise.all(groups)).flat());
  },
};

async function inShort(context: CommandContext, setting: ShownSetting): Promise<readonly Text[]> {
  const { name, value, source } = setting;
  const line = say('{{name}} {{value}}: {{about}} ({{source}})', {
    name,
    value: settingWords(name, value, context.known),
    about: settingOf(name).about,
    source: sourceWords(context, source),
  });
  return [line, ...(await warningOf(context, setting))];
}

/** One setting, what it may be, and every level here that sets it. */
async function inFull(context: CommandContext, setting: ShownSetting): Promise<readonly Text[]> {
  const { name, set } = setting;
  return [
    ...(await inShort(context, setting)),
    mayBe(name),
    say('It can be set for: {{levels}}.', { levels: levelNames(name) }),
    ...set.map(({ level, value }) =>
      say('Set {{where}}: {{value}}', {
        where: levelWords(context, level),
        value: settingWords(name, value, context.known),
      }),
    ),
  ];
}

/** A list of those who are let in does not open when all that is on it is deleted; that is said. */
async function warningOf(
  { engine, place, known }: CommandContext,
  { name, value }: ShownSetting,
): Promise<readonly Text[]> {
  if (name === 'logChannel' && place.server !== undefined) {
    const trouble = engine.audit.trouble(place.server);
    return trouble === undefined ? [] : [trouble];
  }
  if (name === 'model' && value !== '' && place.server !== undefined) {
    const why = await notPlaying(engine, place.server, String(value));
    return why ? [say('⚠️ {{why}}', { why })] : [];
  }
  const named = namedIds(name, value);
  if (!named || named.ids.length === 0 || missingIds(named, known).length < named.ids.length) return [];
  switch (name) {
    case 'playerRoles':
      return [
        say(
          '⚠️ All these roles were deleted: only the people in allowedPeople and moderators may play until playerRoles is set anew.',
        ),
      ];
    case 'sceneChannels':
      return [say('⚠️ All these channels were deleted: no scene may play until sceneChannels is set anew.')];
    case 'creatorRoles':
    case 'peekRoles':
    case 'moderatorRoles':
      return [say('⚠️ All these roles were deleted: nobody has one of them.')];
    default:
      return [];
  }
}
