import type { Rules } from '../../config/room-settings.ts';
import type { Window } from '../../store/counters.ts';
import type { Meter } from './budget-api.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is measured of whom, and over how long; each under the name of the setting that limits it. */
export type MeterKind = {
  readonly name: Meter['name'];
  readonly what: 'lines' | 'turns' | 'tokens';
  readonly of: 'player' | 'scene' | 'server';
};

/** The widest first: where several stop, the one that stops most is told. */
export const METERS: readonly MeterKind[] = [
  { name: 'turnsPerServerDay', what: 'turns', of: 'server' },
  { name: 'tokensPerServerDay', what: 'tokens', of: 'server' },
  { name: 'turnsPerSceneDay', what: 'turns', of: 'scene' },
  { name: 'tokensPerSceneDay', what: 'tokens', of: 'scene' },
  { name: 'linesPerPlayerHour', what: 'lines', of: 'player' },
  { name: 'turnsPerPlayerHour', what: 'turns', of: 'player' },
  { name: 'tokensPerPlayerHour', what: 'tokens', of: 'player' },
];

/** Whose meters are meant: `player` is absent where nobody's line is answered. */
export type Measured = {
  readonly server: string;
  readonly scene: string;
  readonly player: string | undefined;
};

export function meterKey({ name, of }: MeterKind, { server, scene, player }: Measured): string {
  const id = of === 'player' ? player : of === 'scene' ? scene : '';
  return `${name}/${server}/${id}`;
}

export function mostOf({ name }: MeterKind, rules: Rules): number {
  return rules[name];
}

/** Hours of players, days of all else, as UTC has them. */
export function windowOf({ of }: Pick<MeterKind, 'of'>, now: number): Window {
  const length = of === 'player' ? HOUR_MS : DAY_MS;
  return { now, length, ends: (Math.floor(now / length) + 1) * length };
}

/** The day that a moment is in, and those before it: `2026-11-26`, the newest first. */
export function daysUpTo(now: number, days: number): readonly string[] {
  return Array.from({ length: days }, (_, back) => new Date(now - back * DAY_MS).toISOString().slice(0, 10));
}

/** What is kept of a day is kept for so many days. */
export function keptFor(days: number, now: number): Window {
  return { now, ends: now + days * DAY_MS, length: days * DAY_MS };
}
