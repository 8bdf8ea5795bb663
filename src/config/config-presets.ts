import { type Message, say } from '../words/text.ts';
import { ROOM_SETTINGS, type RoomSettingName, type Rules } from './room-settings.ts';

/** What a server decides for itself whatever its preset: whom it names, its model, its language, its proxies. */
type Own = 'model' | 'language' | 'proxies' | 'logChannel' | ListOf<RoomSettingName>;
type ListOf<Name extends RoomSettingName> = Name extends unknown
  ? (typeof ROOM_SETTINGS)[Name]['kind'] extends 'ids'
    ? Name
    : never
  : never;

/** A value for everything else. */
export type PresetRules = Omit<Rules, Own>;

export type ConfigPresetName = 'careful' | 'standard' | 'open';

const standard: PresetRules = {
  turnsPerLine: ROOM_SETTINGS.turnsPerLine.default,
  ranking: ROOM_SETTINGS.ranking.default,
  gatherMs: ROOM_SETTINGS.gatherMs.default,
  gatherCapMs: ROOM_SETTINGS.gatherCapMs.default,
  interruptions: ROOM_SETTINGS.interruptions.default,
  consideringAfterMs: ROOM_SETTINGS.consideringAfterMs.default,
  restAfterMs: ROOM_SETTINGS.restAfterMs.default,
  bestOf: ROOM_SETTINGS.bestOf.default,
  loreTokens: ROOM_SETTINGS.loreTokens.default,
  loreDepth: ROOM_SETTINGS.loreDepth.default,
  linesPerPlayerHour: ROOM_SETTINGS.linesPerPlayerHour.default,
  turnsPerPlayerHour: ROOM_SETTINGS.turnsPerPlayerHour.default,
  tokensPerPlayerHour: ROOM_SETTINGS.tokensPerPlayerHour.default,
  turnsPerSceneDay: ROOM_SETTINGS.turnsPerSceneDay.default,
  tokensPerSceneDay: ROOM_SETTINGS.tokensPerSceneDay.default,
  turnsPerServerDay: ROOM_SETTINGS.turnsPerServerDay.default,
  tokensPerServerDay: ROOM_SETTINGS.tokensPerServerDay.default,
  peek: ROOM_SETTINGS.peek.default,
  logWhispers: ROOM_SETTINGS.logWhispers.default,
  ageRestricted: ROOM_SETTINGS.ageRestricted.default,
  autoMod: ROOM_SETTINGS.autoMod.default,
  moderation: ROOM_SETTINGS.moderation.default,
  links: ROOM_SETTINGS.links.default,
  mentions: ROOM_SETTINGS.mentions.default,
  retentionDays: ROOM_SETTINGS.retentionDays.default,
};

/**
 * Three complete ways to run a server, for `/setup`. None of them lets age-restricted material in: a
 * server decides that by itself, with `/config set`.
 */
export const CONFIG_PRESETS: Readonly<
  Record<ConfigPresetName, { readonly about: Message; readonly rules: PresetRules }>
> = {
  careful: {
    about: say('small budgets, nobody reads thoughts, kept for 30 days'),
    rules: {
      ...standard,
      turnsPerLine: 2,
      restAfterMs: 900_000,
      linesPerPlayerHour: 20,
      turnsPerPlayerHour: 60,
      tokensPerPlayerHour: 150_000,
      turnsPerSceneDay: 200,
      tokensPerSceneDay: 800_000,
      turnsPerServerDay: 150,
      tokensPerServerDay: 1_500_000,
      peek: 'nobody',
      retentionDays: 30,
    },
  },
  standard: { about: say('what holds where nothing is set'), rules: standard },
  open: {
    about: say('large budgets, everyone may read thoughts, links can be clicked, kept for a year'),
    rules: {
      ...standard,
      turnsPerLine: 4,
      restAfterMs: 3_600_000,
      linesPerPlayerHour: 120,
      turnsPerPlayerHour: 400,
      tokensPerPlayerHour: 1_000_000,
      turnsPerSceneDay: 2000,
      tokensPerSceneDay: 8_000_000,
      turnsPerServerDay: 1500,
      tokensPerServerDay: 12_000_000,
      peek: 'everyone',
      links: 'open',
      mentions: 'players',
      retentionDays: 365,
    },
  },
};

/** Their names, the one that lets in least first. */
export const CONFIG_PRESET_NAMES = Object.keys(CONFIG_PRESETS) as readonly ConfigPresetName[];
