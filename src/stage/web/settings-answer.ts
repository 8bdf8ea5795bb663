import { ROOM_SETTINGS, SETTING_GROUPS, settingOf } from '../../config/room-settings.ts';
import { levelsOf } from '../../config/setting-levels.ts';
import { settingWords } from '../../engine/command/setting-value.ts';
import { mayBe } from '../../engine/settings/may-be.ts';
import type { ShownSetting } from '../../engine/settings/settings-api.ts';
import { render } from '../../words/render.ts';
import type { ClientMessageOf } from './protocol.ts';
import type { Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import type { WireSetting } from './settings-shape.ts';

/** What only Discord has: here nobody has a role, and there are no channels. */
const ELSEWHERE: readonly string[] = ['role', 'channel', 'person'];

/** Every setting as it holds in this scene, or for one character in it; changed by `/config set` and `/config reset`. */
export async function answerSettings(
  { character }: ClientMessageOf<'settings'>,
  { house, scene, locale }: Seat,
): Promise<ServerMessageOf<'settings'>> {
  const { settings } = house.engine;
  const place = { stage: 'web', scene } as const;
  const here = (await settings.levels(place, character)).map(({ level }) => level);
  const shown = new Map((await settings.show(place, character)).map((one) => [one.name, one]));

  function wireSetting(group: string, { name, value, source, set }: ShownSetting): WireSetting[] {
    const setting = settingOf(name);
    if ('of' in setting && ELSEWHERE.includes(setting.of)) return [];
    return [
      {
        name,
        group,
        about: render(setting.about, locale),
        kind: setting.kind === 'id' || setting.kind === 'ids' ? 'text' : setting.kind,
        value: render(settingWords(name, value), locale),
        default: render(settingWords(name, ROOM_SETTINGS[name].default), locale),
        bound: render(mayBe(name), locale),
        ...(setting.kind === 'choice' ? { choices: [...setting.choices] } : {}),
        source: source === 'default' ? 'default' : source.level,
        set: set.map(({ level }) => level.level),
        levels: levelsOf(name).filter((level) => here.includes(level)),
      },
    ];
  }

  return {
    type: 'settings',
    settings: SETTING_GROUPS.flatMap(({ title, names }) =>
      names.flatMap((name) => {
        const one = shown.get(name);
        return one ? wireSetting(render(title, locale), one) : [];
      }),
    ),
  };
}
