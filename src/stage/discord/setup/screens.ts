import {
  type APIButtonComponentWithCustomId,
  type APISelectMenuComponent,
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import { CONFIG_PRESET_NAMES, CONFIG_PRESETS } from '../../../config/config-presets.ts';
import { ROOM_SETTINGS, type RoomSettingName } from '../../../config/room-settings.ts';
import { settingWords } from '../../../engine/command/setting-value.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { type Message, say, type Text } from '../../../words/text.ts';
import { button } from '../card/scene-card.ts';
import type { Row } from '../interactions/answering.ts';
import type { SetupDraft } from './drafts.ts';
import { fitted } from './fitted.ts';
import { LIMITS } from './limits-form.ts';

export type Known = (kind: 'role' | 'channel', id: string) => boolean;
export type Screen = { readonly content: string; readonly components: readonly Row[] };

const SETUP = 'dramatis:setup:';

/** What a part of the wizard sends back: whose setup, and what was done. */
export function setupId({ token }: Pick<SetupDraft, 'token'>, what: string): string {
  return `${SETUP}${token}:${what}`;
}

/** The setup and the part that an id is of; undefined where it is no part of a setup. */
export function readSetupId(id: string): { readonly token: string; readonly what: string } | undefined {
  const [, token, what] = /^dramatis:setup:([\w-]+):([\w-]+)$/u.exec(id) ?? [];
  return token === undefined || what === undefined ? undefined : { token, what };
}

/** Lists that are picked from what the server has, and where each is picked. */
export const PICKED = {
  playerRoles: { of: 'role', most: 25, ask: say('Who may play? Nobody chosen: everyone') },
  creatorRoles: { of: 'role', most: 25, ask: say('Who may bring characters of their own?') },
  moderatorRoles: { of: 'role', most: 25, ask: say('Who moderates, beside Manage Server?') },
  sceneChannels: { of: 'channel', most: 25, ask: say('Where may scenes play? Nothing chosen: everywhere') },
  logChannel: { of: 'log', most: 1, ask: say('Where do moderators read what happened?') },
} as const;
export type Picked = keyof typeof PICKED;

export function isPicked(what: string): what is Picked {
  return Object.hasOwn(PICKED, what);
}

const LISTS = {
  people: ['playerRoles', 'creatorRoles', 'moderatorRoles'],
  places: ['sceneChannels', 'logChannel'],
} as const;

/** The message of the step that a setup stands at. @param notice what is said above it */
export function screenOf(
  draft: SetupDraft,
  locale: Locale,
  known: Known,
  notice: readonly Text[] = [],
): Screen {
  const words = (text: Text) => render(text, locale);
  switch (draft.step) {
    case 'preset':
      return {
        content: words([
          say('**1 of 5: how much?** Choose what comes closest; every value can be changed later.'),
          ...CONFIG_PRESET_NAMES.map((name) =>
            say('• **{{name}}**: {{about}}', { name, about: CONFIG_PRESETS[name].about }),
          ),
          say('Age-restricted material stays off in all of them (/config set name:ageRestricted).'),
        ]),
        components: [row(presetMenu(draft, words)), moving(draft, words)],
      };
    case 'people':
      return {
        content: words([
          ...notice,
          say('**2 of 5: who?** Members with Manage Server may do everything anyway.'),
        ]),
        components: [
          ...LISTS.people.map((name) => row(picker(draft, name, words, known))),
          moving(draft, words),
        ],
      };
    case 'places':
      return {
        content: words([
          ...notice,
          say('**3 of 5: where?** A category stands for all its channels, a channel also for its threads.'),
        ]),
        components: [
          ...LISTS.places.map((name) => row(picker(draft, name, words, known))),
          moving(draft, words),
        ],
      };
    case 'limits':
      return {
        content: words([
          say('**4 of 5: how much, exactly?**'),
          ...LIMITS.map((name) => lineOf(draft, name)),
          ...(draft.proxies.length > 0 ? [proxyQuestion(draft)] : []),
        ]),
        components: [
          row(button(setupId(draft, 'form'), words(say('Change these…')), ButtonStyle.Secondary)),
          ...(draft.proxies.length > 0 ? [proxyButtons(draft, words)] : []),
          moving(draft, words),
        ],
      };
    case 'summary':
      return {
        content: fitted(
          [...notice, say('**5 of 5: save?** Until then nothing has changed.'), ...summaryOf(draft, known)],
          locale,
        ),
        components: [moving(draft, words)],
      };
  }
}

function presetMenu(draft: SetupDraft, words: (text: Text) => string): APISelectMenuComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: setupId(draft, 'preset'),
    placeholder: words(say('As it is set now')),
    options: CONFIG_PRESET_NAMES.map((value) => ({
      label: value,
      value,
      description: words(CONFIG_PRESETS[value].about).slice(0, 100),
      default: draft.preset === value,
    })),
  };
}

/** What was picked stands in it, as far as it is still there. */
function picker(
  draft: SetupDraft,
  name: Picked,
  words: (text: Text) => string,
  known: Known,
): APISelectMenuComponent {
  const { of, most, ask } = PICKED[name];
  const kind = of === 'role' ? 'role' : 'channel';
  const ids = pickedIn(draft, name).filter((id) => known(kind, id));
  const common = {
    custom_id: setupId(draft, name),
    placeholder: words(ask).slice(0, 150),
    min_values: 0,
    max_values: most,
  };
  const chosen = ids.slice(0, most);
  if (of === 'role') {
    return {
      ...common,
      type: ComponentType.RoleSelect,
      default_values: chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
    };
  }
  return {
    ...common,
    type: ComponentType.ChannelSelect,
    channel_types:
      of === 'log'
        ? [ChannelType.GuildText]
        : [ChannelType.GuildText, ChannelType.GuildForum, ChannelType.GuildCategory],
    default_values: chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
  };
}

/** The ids that a list holds now. */
export function pickedIn({ values }: SetupDraft, name: Picked): readonly string[] {
  const value = values[name] ?? ROOM_SETTINGS[name].default;
  return typeof value === 'string' ? [value].filter((id) => id !== '') : value;
}

function proxyQuestion({ proxies, values }: SetupDraft): Message {
  const names = proxies.join(', ');
  if (values.proxies === true) return say('What {{names}} post for members is heard.', { names });
  if (values.proxies === false) return say('What {{names}} post for members is not heard.', { names });
  return say(
    '{{names}} post here for members under other names. Is that to be heard as those members’ words?',
    {
      names,
    },
  );
}

function proxyButtons(draft: SetupDraft, words: (text: Text) => string): Row {
  return row(
    button(setupId(draft, 'hear'), words(say('Hear them')), ButtonStyle.Secondary),
    button(setupId(draft, 'ignore'), words(say('Do not hear them')), ButtonStyle.Secondary),
  );
}

function moving(draft: SetupDraft, words: (text: Text) => string): Row {
  const last = draft.step === 'summary';
  return row(
    ...(draft.step === 'preset'
      ? []
      : [button(setupId(draft, 'back'), words(say('Back')), ButtonStyle.Secondary)]),
    last
      ? button(setupId(draft, 'save'), words(say('Save')), ButtonStyle.Success)
      : button(setupId(draft, 'next'), words(say('Next')), ButtonStyle.Primary),
    button(setupId(draft, 'cancel'), words(say('Cancel')), ButtonStyle.Danger),
  );
}

function row(...components: readonly (APIButtonComponentWithCustomId | APISelectMenuComponent)[]): Row {
  return { type: ComponentType.ActionRow, components: [...components] };
}

function lineOf({ values }: SetupDraft, name: RoomSettingName, known?: Known): Message {
  const setting = ROOM_SETTINGS[name];
  return say('• {{name}} {{value}}: {{about}}', {
    name,
    value: settingWords(
      name,
      values[name] ?? setting.default,
      known && ((kind, id) => kind === 'person' || known(kind, id)),
    ),
    about: setting.about,
  });
}

/** What would be different once it is saved. */
function summaryOf(draft: SetupDraft, known: Known): readonly Message[] {
  // Who and where comes first: a long summary is cut at its end.
  const changed = changesOf(draft)
    .toSorted((one, other) => Number(isPicked(other.name)) - Number(isPicked(one.name)))
    .map(({ name }) => lineOf(draft, name, known));
  return changed.length === 0 ? [say('Nothing is different from what is set now.')] : changed;
}

/** Each setting of the server that a setup changes, with what it was before (undefined: not set). */
export function changesOf({ began, values }: SetupDraft) {
  const before = began.levels['server'] ?? {};
  return (Object.keys(values) as RoomSettingName[])
    .map((name) => ({ name, from: before[name], to: values[name] }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}
