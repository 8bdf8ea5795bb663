import { z } from 'zod';

/** The numbers of a room that a person may change: default, bounds and what it is. `…Ms`: milliseconds. */
export const ROOM_SETTINGS = {
  turnsPerLine: { default: 3, min: 0, max: 20, about: 'character turns after a player’s line' },
  turnsPerServerDay: { default: 300, min: 0, max: 100_000, about: 'character turns per server and day' },
  linesPerPlayerHour: { default: 40, min: 0, max: 10_000, about: 'lines per player and hour' },
  consideringAfterMs: {
    default: 12_000,
    min: 1000,
    max: 600_000,
    about: 'silence before “… considers…” is shown',
  },
  gatherMs: {
    default: 2500,
    min: 0,
    max: 60_000,
    about: 'how long more lines are awaited after a player’s line',
  },
  gatherCapMs: {
    default: 20_000,
    min: 0,
    max: 120_000,
    about: 'after that the cast answers, whoever is still typing',
  },
  interruptions: {
    default: 2,
    min: 0,
    max: 20,
    about: 'player lines in a row that may break off a turn in the making; 0 lets them wait',
  },
} as const satisfies Record<string, RoomSetting>;

export type RoomSetting = {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** For people, after the name. */
  readonly about: string;
};

export type RoomSettingName = keyof typeof ROOM_SETTINGS;

const bounded = (name: RoomSettingName) => {
  const { min, max } = ROOM_SETTINGS[name];
  return z.int(`must be a whole number from ${min} to ${max}`).min(min).max(max);
};

/** What one level (a server, a channel, …) sets; stored with it. */
export const roomSettingsSchema = z
  .strictObject({
    turnsPerLine: bounded('turnsPerLine'),
    turnsPerServerDay: bounded('turnsPerServerDay'),
    linesPerPlayerHour: bounded('linesPerPlayerHour'),
    consideringAfterMs: bounded('consideringAfterMs'),
    gatherMs: bounded('gatherMs'),
    gatherCapMs: bounded('gatherCapMs'),
    interruptions: bounded('interruptions'),
  })
  .partial();
export type RoomSettings = Readonly<z.infer<typeof roomSettingsSchema>>;
