import { ROOM_SETTINGS, type RoomSettingName } from '../src/config/room-settings.ts';
import type {
  Choice,
  Command,
  CommandContext,
  CommandOption,
  CommandValues,
} from '../src/engine/command/command.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { readSettingValue, settingWords } from '../src/engine/command/setting-value.ts';
import { SETTING_NAMES } from '../src/engine/settings/settings.ts';
import type { LevelOfPlace } from '../src/engine/settings/settings-api.ts';
import { PlayerError } from '../src/errors.ts';

const names: readonly Choice[] = SETTING_NAMES.map((value) => ({
  value,
  name: `${value}: ${ROOM_SETTINGS[value].about}`,
}));

const levels: readonly Choice[] = [
  { value: 'scene', name: 'scene: the one that plays here' },
  { value: 'channel', name: 'channel: this one and its threads' },
  { value: 'category', name: 'category: every channel in it' },
  { value: 'server', name: 'server: all of it (on the page and in the terminal: this machine)' },
];

const setting: CommandOption = { name: 'name', description: 'Which setting', type: 'text', choices: names };

export const config: Command = {
  name: 'config',
  description: 'The settings of this place: how long the cast waits, how much it says',
  actions: {
    show: {
      description: 'Every setting as it holds here, and where it comes from',
      options: [],
      allowed: 'manager',
      async run(context) {
        const { engine, place } = context;
        const lines = (await engine.settings.show(place)).map(
          ({ name, value, source }) =>
            `${name} ${settingWords(name, value)}: ${ROOM_SETTINGS[name].about} (${sourceWords(context, source)})`,
        );
        await context.reply(lines.join('\n'));
      },
    },
    set: {
      description: 'Change a setting; it holds from the next turn on',
      options: [
        { ...setting, required: true },
        {
          name: 'value',
          description: 'A number; of a time also 2.5 s; of interruptions also queue or interrupt',
          type: 'text',
          required: true,
          max: 20,
        },
        {
          name: 'level',
          description: 'Where it holds; left out, in this channel',
          type: 'text',
          placed: true,
          choices: levels,
        },
      ],
      allowed: 'manager',
      async run(context, values) {
        const { engine, place } = context;
        const name = settingOf(wordsOf(values, 'name'));
        const value = readSettingValue(name, wordsOf(values, 'value'));
        const level = await levelOf(context, values);
        await engine.settings.set(level, name, value);
        const said = `${name} is ${settingWords(name, value)} ${levelWords(context, level)} now.`;
        const here = (await engine.settings.show(place)).find((one) => one.name === name);
        const hidden = here !== undefined && here.source !== 'default' && here.source.level !== level.level;
        await context.reply(
          hidden
            ? `${said} Here it stays ${settingWords(name, here.value)}, ${sourceWords(context, here.source)}.`
            : said,
        );
      },
    },
    reset: {
      description: 'Take back what one level sets: one setting, or all of them',
      options: [
        {
          name: 'level',
          description: 'Where it was set',
          type: 'text',
          required: true,
          choices: levels,
        },
        { ...setting, description: 'Which setting; left out, all of them', placed: true },
      ],
      allowed: 'manager',
      async run(context, values) {
        const level = await levelOf(context, values);
        const name = textOf(values, 'name');
        const gone = await context.engine.settings.reset(
          level,
          name === undefined ? undefined : settingOf(name),
        );
        const where = levelWords(context, level);
        await context.reply(
          gone.length === 0
            ? `Nothing of that is set ${where}. /config show tells where each value comes from.`
            : `No longer set ${where}: ${gone.join(', ')}.`,
        );
      },
    },
  },
};

/** @throws PlayerError where there is none of that name */
function settingOf(name: string): RoomSettingName {
  const found = SETTING_NAMES.find((known) => known === name);
  if (found) return found;
  throw new PlayerError(
    `There is no setting “${name.slice(0, 40)}”. There are: ${SETTING_NAMES.join(', ')}.`,
  );
}

/**
 * The level that was asked for; left out, the channel, and where there is none the closest one.
 * @throws PlayerError where this place has no such level
 */
async function levelOf({ engine, place }: CommandContext, values: CommandValues): Promise<LevelOfPlace> {
  const here = await engine.settings.levels(place);
  const wanted = textOf(values, 'level');
  const found = here.find(({ level }) => level === (wanted ?? 'channel'));
  if (found) return found;
  const [closest] = here;
  if (wanted === undefined && closest) return closest;
  const there = here.map(({ level }) => level).join(', ');
  if (wanted === 'scene') throw new PlayerError(`No scene is playing here. There are: ${there}.`);
  throw new PlayerError(`There is no ${wanted ?? 'level'} here. There are: ${there}.`);
}

function sourceWords(context: CommandContext, source: LevelOfPlace | 'default'): string {
  if (source === 'default') return 'default';
  const { place } = context;
  const inherited = source.level === 'category' || (source.level === 'channel' && place.parent === source.id);
  return inherited ? `inherited from <#${source.id}>` : `from ${nameOf(context, source)}`;
}

function levelWords(context: CommandContext, level: LevelOfPlace): string {
  const { place } = context;
  if (level.level === 'category') return `in <#${level.id}>`;
  if (level.level === 'channel' && place.parent === level.id) return `in <#${level.id}> and its threads`;
  return `${level.level === 'server' && place.stage !== 'discord' ? 'on' : 'in'} ${nameOf(context, level)}`;
}

function nameOf({ place }: CommandContext, { level }: LevelOfPlace): string {
  return level === 'server' && place.stage !== 'discord' ? 'this machine' : `this ${level}`;
}
