import { MOST_IDS, ROOM_SETTINGS, type RoomSettingName, settingOf } from '../../config/room-settings.ts';
import { levelsOf } from '../../config/setting-levels.ts';
import { type Message, say } from '../../words/text.ts';

/** Numbers that people may type, and read, as words. */
export const NUMBER_WORDS: { readonly [Name in RoomSettingName]?: Readonly<Record<string, number>> } = {
  interruptions: { queue: 0, interrupt: ROOM_SETTINGS.interruptions.default },
};

/** What a setting may be, as people type it. */
export function mayBe(name: RoomSettingName): Message {
  const setting = settingOf(name);
  switch (setting.kind) {
    case 'number': {
      const { min, max } = setting;
      const words = Object.keys(NUMBER_WORDS[name] ?? {}).join(' / ');
      if (words !== '') {
        return say('{{name}} is a whole number from {{min}} to {{max}}, or one of: {{words}}.', {
          name,
          min,
          max,
          words,
        });
      }
      return isTime(name)
        ? say(
            '{{name}} is a whole number of milliseconds from {{min}} to {{max}}, or a time such as 2.5 s.',
            {
              name,
              min,
              max,
            },
          )
        : say('{{name}} is a whole number from {{min}} to {{max}}.', { name, min, max });
    }
    case 'flag':
      return say('{{name}} is on or off.', { name });
    case 'choice':
      return say('{{name}} is one of: {{list}}.', { name, list: setting.choices.join(', ') });
    case 'id':
      return setting.of === 'channel'
        ? say('{{name}} is one channel: mention it or give its id; “none” leaves it empty.', { name })
        : say('{{name}} is the name of a model; “none” leaves it empty.', { name });
    case 'ids':
      return idsTyped(name, setting.of);
  }
}

function idsTyped(name: RoomSettingName, of: 'role' | 'channel' | 'person' | 'world'): Message {
  const values = { name, most: MOST_IDS };
  switch (of) {
    case 'role':
      return say(
        '{{name}} is up to {{most}} roles: mention them or give their ids; “none” empties it.',
        values,
      );
    case 'channel':
      return say(
        '{{name}} is up to {{most}} channels: mention them or give their ids; “none” empties it.',
        values,
      );
    case 'person':
      return say(
        '{{name}} is up to {{most}} people: mention them or give their ids; “none” empties it.',
        values,
      );
    case 'world':
      return say(
        '{{name}} is up to {{most}} worlds: give their ids, which /lore list shows; “none” empties it.',
        values,
      );
  }
}

/** The same, as a file has it. */
export function mayBeInFile(name: RoomSettingName): Message {
  const setting = settingOf(name);
  switch (setting.kind) {
    case 'number':
      return say('{{name}} is a whole number from {{min}} to {{max}}.', {
        name,
        min: setting.min,
        max: setting.max,
      });
    case 'flag':
      return say('{{name}} is true or false, without quotes.', { name });
    case 'choice':
      return mayBe(name);
    case 'id':
      return setting.of === 'channel'
        ? say('{{name}} is the id of a channel in quotes; empty quotes mean none.', { name })
        : say('{{name}} is the name of a model in quotes; empty quotes mean none.', { name });
    case 'ids':
      return say('{{name}} is a list of up to {{most}} ids, each in quotes.', { name, most: MOST_IDS });
  }
}

/** Where a setting can be set. */
export function notAtThatLevel(name: RoomSettingName): Message {
  return say('{{name}} can only be set for: {{levels}}.', { name, levels: levelsOf(name).join(', ') });
}

/** Numbers that are milliseconds, and that people may type with a unit. */
export function isTime(name: RoomSettingName): boolean {
  return name.endsWith('Ms');
}
