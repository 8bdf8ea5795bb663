import { z } from 'zod';
import { LOCALES } from '../words/locales.ts';
import { type Message, say } from '../words/text.ts';

const EVERYWHERE = ['character', 'scene', 'channel', 'category', 'server'] as const;
const SERVER = ['server'] as const;

const PLAY = {
  turnsPerLine: number(3, 0, 20, say('character turns after a player’s line')),
  ranking: number(
    3,
    1,
    3,
    say('turns that one choice of the director may decide; 1: it is asked before each'),
  ),
  gatherMs: number(2500, 0, 60_000, say('how long more lines are awaited after a player’s line')),
  gatherCapMs: number(20_000, 0, 120_000, say('after that the cast answers, whoever is still typing')),
  interruptions: number(
    2,
    0,
    20,
    say('player lines in a row that may break off a turn in the making; 0 lets them wait'),
  ),
  consideringAfterMs: number(12_000, 1000, 600_000, say('silence before “… considers…” is shown')),
  restAfterMs: number(
    1_800_000,
    60_000,
    86_400_000,
    say('the cast rests when no person was active for so long'),
  ),
  model: { ...id('model', say('the model that plays; empty: the operator’s own')), only: EVERYWHERE },
  language: choice('auto', ['auto', ...LOCALES], say('the language of what the bot itself says in the room')),
  worlds: { ...ids('world', say('lorebooks that are in play, beside those in the cards')), only: EVERYWHERE },
  bestOf: number(
    1,
    1,
    4,
    say('versions that are drafted of each turn; a judge chooses, the others become swipes'),
  ),
  loreTokens: number(400, 0, 8000, say('tokens of lore in one prompt; 0: none')),
  loreDepth: number(3, 1, 100, say('last lines in which keys of lore are looked for')),
} as const satisfies Record<string, RoomSetting>;

const COST = {
  linesPerPlayerHour: number(40, 0, 10_000, say('lines per player and hour')),
  turnsPerPlayerHour: number(120, 0, 100_000, say('character turns per player and hour')),
  tokensPerPlayerHour: number(300_000, 0, 1_000_000_000, say('tokens per player and hour')),
  turnsPerSceneDay: number(500, 0, 100_000, say('character turns per scene and day')),
  tokensPerSceneDay: number(2_000_000, 0, 1_000_000_000, say('tokens per scene and day')),
  turnsPerServerDay: { ...number(300, 0, 100_000, say('character turns per server and day')), only: SERVER },
  tokensPerServerDay: {
    ...number(3_000_000, 0, 1_000_000_000, say('tokens per server and day')),
    only: SERVER,
  },
} as const satisfies Record<string, RoomSetting>;

// Empty lists mean everyone where they allow, nobody where they block or grant.
const ACCESS = {
  playerRoles: ids('role', say('roles that may play; empty: everyone')),
  allowedPeople: ids('person', say('people who may play whatever their roles')),
  blockedRoles: ids('role', say('roles that may not play')),
  creatorRoles: ids('role', say('roles that may bring characters of their own')),
  moderatorRoles: { ...ids('role', say('roles that moderate scenes, beside Manage Server')), only: SERVER },
  sceneChannels: { ...ids('channel', say('channels and categories for scenes; empty: all')), only: SERVER },
  blockedChannels: { ...ids('channel', say('channels and categories without scenes')), only: SERVER },
} as const satisfies Record<string, RoomSetting>;

const SIGHT = {
  peek: {
    ...choice(
      'owner',
      ['nobody', 'owner', 'role', 'everyone', 'after'],
      say('who may read what characters think'),
    ),
    only: EVERYWHERE,
  },
  peekRoles: ids('role', say('roles that may read thoughts where peek is role')),
  logChannel: { ...id('channel', say('the moderators’ channel for what happened')), only: SERVER },
  logWhispers: {
    ...flag(true, say('whispers and secrets are shown in the moderators’ channel')),
    only: SERVER,
  },
} as const satisfies Record<string, RoomSetting>;

const SAFETY = {
  ageRestricted: {
    ...flag(false, say('age-restricted material in channels that Discord marks as age-restricted')),
    only: SERVER,
  },
  autoMod: {
    ...flag(true, say('the server’s AutoMod keyword rules hold for what characters say')),
    only: SERVER,
  },
  moderation: choice('on', ['on', 'off'], say('the operator’s moderation model checks what is said')),
  links: choice('plain', ['plain', 'open'], say('whether addresses that characters say can be clicked')),
  mentions: choice('nobody', ['nobody', 'players'], say('whom a line of a character may ring')),
  proxies: {
    ...flag(false, say('what PluralKit and Tupperbox post is heard as its members’ words')),
    only: SERVER,
  },
} as const satisfies Record<string, RoomSetting>;

const KEEPING = {
  retentionDays: number(90, 1, 3650, say('days after a scene’s last activity until it is deleted')),
} as const satisfies Record<string, RoomSetting>;

/**
 * Everything that people set for a room, with its default and bounds. `…Ms`: milliseconds. `about` is
 * for people, after the name. `only`: levels at which alone it can be set; without it everywhere but for
 * one character.
 */
export const ROOM_SETTINGS = { ...PLAY, ...COST, ...ACCESS, ...SIGHT, ...SAFETY, ...KEEPING } as const;

/** The same in the order and under the titles in which people are shown them. */
export const SETTING_GROUPS: readonly {
  readonly title: Message;
  readonly names: readonly RoomSettingName[];
}[] = [
  { title: say('How the cast plays'), names: namesOf(PLAY) },
  { title: say('What it may cost'), names: namesOf(COST) },
  { title: say('Who may do what'), names: namesOf(ACCESS) },
  { title: say('What is seen'), names: namesOf(SIGHT) },
  { title: say('What is safe'), names: namesOf(SAFETY) },
  { title: say('How long it is kept'), names: namesOf(KEEPING) },
];

type Level = 'character' | 'scene' | 'channel' | 'category' | 'server';
type Common = {
  /** For people, after the name. */
  readonly about: Message;
  readonly only?: readonly Level[];
};

export type NumberSetting = Common & {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
};
export type RoomSetting =
  | NumberSetting
  | (Common & { readonly kind: 'flag'; readonly default: boolean })
  | (Common & { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] })
  /** One id; empty: none. */
  | (Common & { readonly kind: 'id'; readonly of: 'channel' | 'model'; readonly default: string })
  | (Common & {
      readonly kind: 'ids';
      readonly of: 'role' | 'channel' | 'person' | 'world';
      readonly default: readonly string[];
    });

export type RoomSettingName = keyof typeof ROOM_SETTINGS;

type ValueOf<S extends RoomSetting> = S extends { readonly kind: 'number' }
  ? number
  : S extends { readonly kind: 'flag' }
    ? boolean
    : S extends { readonly kind: 'choice'; readonly choices: readonly (infer C)[] }
      ? C
      : S extends { readonly kind: 'ids' }
        ? readonly string[]
        : string;

/** Every setting as it holds in a room. */
export type Rules = { readonly [Name in RoomSettingName]: ValueOf<(typeof ROOM_SETTINGS)[Name]> };
export type SettingValue = Rules[RoomSettingName];

/** What one level (a server, a channel, …) sets. */
export type RoomSettings = Partial<Rules>;

/** So many roles, channels, people or worlds may be listed in one setting. */
export const MOST_IDS = 50;

/** The id of a world, a slug of its name. */
export const WORLD_ID = /^([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)$/u;
const worldIdSchema = z.string().max(100).regex(WORLD_ID);

const shape = Object.fromEntries(
  Object.entries(ROOM_SETTINGS).map(([name, setting]) => [name, schemaOf(setting)]),
) as unknown as { readonly [Name in RoomSettingName]: z.ZodType<Rules[Name]> };

/** What one level sets, as it is stored and as files bring it. */
export const roomSettingsSchema = z.strictObject(shape).partial() as unknown as z.ZodType<RoomSettings>;

/** One value of a setting, as it comes from outside. */
export function settingSchema<Name extends RoomSettingName>(name: Name): z.ZodType<Rules[Name]> {
  return shape[name];
}

/** One setting, whatever its kind. */
export function settingOf(name: RoomSettingName): RoomSetting {
  return ROOM_SETTINGS[name];
}

function namesOf(group: object): readonly RoomSettingName[] {
  return Object.keys(group) as RoomSettingName[];
}

function schemaOf(setting: RoomSetting): z.ZodType {
  switch (setting.kind) {
    case 'number': {
      const { min, max } = setting;
      return z.int(`must be a whole number from ${min} to ${max}`).min(min).max(max);
    }
    case 'flag':
      return z.boolean();
    case 'choice':
      return z.enum(setting.choices);
    case 'id':
      return setting.of === 'model' ? z.string().max(100) : z.string().regex(/^(\d{15,21})?$/);
    case 'ids':
      return z.array(setting.of === 'world' ? worldIdSchema : z.string().regex(/^\d{15,21}$/)).max(MOST_IDS);
  }
}

function number(value: number, min: number, max: number, about: Message): NumberSetting {
  return { kind: 'number', default: value, min, max, about };
}

function flag(value: boolean, about: Message) {
  return { kind: 'flag', default: value, about } as const;
}

function choice<const C extends string>(value: C, choices: readonly C[], about: Message) {
  return { kind: 'choice', default: value, choices, about } as const;
}

function id<const Of extends 'channel' | 'model'>(of: Of, about: Message) {
  return { kind: 'id', of, default: '', about } as const;
}

function ids<const Of extends 'role' | 'channel' | 'person' | 'world'>(of: Of, about: Message) {
  const none: readonly string[] = [];
  return { kind: 'ids', of, default: none, about } as const;
}
