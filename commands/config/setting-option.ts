import { type RoomSettingName, settingOf } from '../../src/config/room-settings.ts';
import { levelsOf } from '../../src/config/setting-levels.ts';
import type { Choice, CommandOption, CompletionContext } from '../../src/engine/command/command.ts';
import { settingWords } from '../../src/engine/command/setting-value.ts';
import { NUMBER_WORDS } from '../../src/engine/settings/may-be.ts';
import { SETTING_NAMES } from '../../src/engine/settings/settings.ts';
import { PlayerError } from '../../src/errors.ts';
import { render } from '../../src/words/render.ts';
import { say } from '../../src/words/text.ts';

const MOST = 25;

/** Names a setting; typed in part, also by what it is about. */
export const settingOption: CommandOption = {
  name: 'name',
  description: 'Which setting',
  type: 'text',
  max: 50,
  async complete({ who }, partial) {
    const wanted = partial.trim().toLowerCase();
    const all = SETTING_NAMES.map((value) => ({
      value,
      name: render(say('{{name}}: {{about}}', { name: value, about: settingOf(value).about }), who.locale),
    }));
    const beginning = all.filter(({ value }) => value.toLowerCase().startsWith(wanted));
    const within = all.filter((one) => !beginning.includes(one) && one.name.toLowerCase().includes(wanted));
    return [...beginning, ...within].slice(0, MOST);
  },
};

export const valueOption: CommandOption = {
  name: 'value',
  description: 'A number, a time such as 2.5 s, on or off, a choice; roles, channels and people as mentions',
  type: 'text',
  required: true,
  max: 1500,
  async complete(context, partial) {
    const name = SETTING_NAMES.find((one) => one === context.typed?.['name']);
    if (name === undefined) return [];
    const wanted = partial.trim().toLowerCase();
    const offered = await valuesFor(name, context);
    return offered.filter(({ value }) => value.toLowerCase().includes(wanted)).slice(0, MOST);
  },
};

/** @throws PlayerError where there is none of that name */
export function settingCalled(name: string): RoomSettingName {
  const found = SETTING_NAMES.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new PlayerError(
    say('There is no setting “{{name}}”. There are: {{names}}.', {
      name: name.slice(0, 40),
      names: SETTING_NAMES.join(', '),
    }),
  );
}

async function valuesFor(
  name: RoomSettingName,
  { engine, library, place, who }: CompletionContext,
): Promise<readonly Choice[]> {
  const setting = settingOf(name);
  const asTyped = (value: string): Choice => ({ name: value, value });
  const none = { name: render(say('none: leaves it empty'), who.locale), value: 'none' };
  switch (setting.kind) {
    case 'flag':
      return ['on', 'off'].map(asTyped);
    case 'choice':
      return setting.choices.map(asTyped);
    case 'number': {
      const rules = await engine.settings.rules(place);
      const numbers = [rules[name], setting.default, setting.min, setting.max];
      const shown = numbers.map((value) => ({
        name: render(settingWords(name, value), who.locale),
        value: String(value),
      }));
      const words = Object.keys(NUMBER_WORDS[name] ?? {}).map(asTyped);
      return [...words, ...new Map(shown.map((one) => [one.value, one])).values()];
    }
    case 'id': {
      if (setting.of !== 'model') return [none];
      const models = engine.serverModels.offered().map(({ id, place: where }) => ({
        name: render(say('{{id}}: {{where}}', { id, where }), who.locale),
        value: id,
      }));
      return [none, ...models];
    }
    case 'ids':
      if (setting.of !== 'world') return [none];
      return [
        none,
        ...library.worlds().map(({ id, name: called }) => ({ name: called.slice(0, 100), value: id })),
      ];
  }
}

/** Where a setting can be set, as people type it. */
export function levelNames(name: RoomSettingName): string {
  return levelsOf(name).join(', ');
}
