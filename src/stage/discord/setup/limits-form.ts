import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { ROOM_SETTINGS, type RoomSettings } from '../../../config/room-settings.ts';
import { readSettingValue, settingWords } from '../../../engine/command/setting-value.ts';
import { PlayerError } from '../../../errors.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say } from '../../../words/text.ts';

/** The figures that the form asks for; Discord lets it hold five. */
export const LIMITS = [
  'linesPerPlayerHour',
  'turnsPerServerDay',
  'tokensPerServerDay',
  'restAfterMs',
  'retentionDays',
] as const;

const LONGEST_LABEL = 45;

/** The form, with what is chosen so far in it. */
export function limitsForm(
  id: string,
  values: RoomSettings,
  locale: Locale,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: id,
    title: render(say('Limits'), locale),
    components: LIMITS.map((name) => ({
      type: ComponentType.Label,
      label: name.slice(0, LONGEST_LABEL),
      description: render(ROOM_SETTINGS[name].about, locale).slice(0, 100),
      component: {
        type: ComponentType.TextInput,
        custom_id: name,
        style: TextInputStyle.Short,
        min_length: 1,
        max_length: 20,
        required: true,
        value: render(settingWords(name, values[name] ?? ROOM_SETTINGS[name].default), locale),
      },
    })),
  };
}

/** What came back. @throws PlayerError that says what a figure may be, or that it is another form */
export function readLimits({ fields }: Pick<ModalSubmitInteraction<'cached'>, 'fields'>): RoomSettings {
  return Object.fromEntries(
    LIMITS.map((name) => {
      const field = fields.fields.get(name);
      if (field?.type !== ComponentType.TextInput) {
        throw new PlayerError('This form no longer does anything.');
      }
      return [name, readSettingValue(name, field.value)];
    }),
  );
}
