import { type Message, say } from '../../words/text.ts';
import type { Meter } from './budget-api.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Why nothing goes on, and from when on it does again. */
export function stopText({ name, most, opensAt }: Meter, now: number): Message {
  if (most === 0) {
    return name === 'linesPerPlayerHour'
      ? say('The cast hears nobody here: lines per hour are set to 0.')
      : say('Nothing is played here: {{name}} is set to 0.', { name });
  }
  const why = STOPPED[name](most);
  return opensAt === undefined ? why : say('{{why}} {{opens}}', { why, opens: opensWords(opensAt, now) });
}

/** Four fifths are used up. */
export function warningText({ name, used, most, opensAt }: Meter, now: number): Message {
  const warning = say('{{used}} of {{most}} {{what}} are used.', { used, most, what: meterWords(name) });
  return opensAt === undefined
    ? warning
    : say('{{warning}} {{opens}}', { warning, opens: anewWords(opensAt, now) });
}

/** What a meter measures. */
export function meterWords(name: Meter['name']): Message {
  return WHAT[name];
}

/** `at 14:00 UTC (in 20 minutes)`, as part of a sentence; the day only where it is another one. */
export function timeWords(at: number, now: number): Message {
  const iso = new Date(at).toISOString();
  const time = iso.slice(11, 16);
  const span = spanWords(at - now);
  return iso.slice(0, 10) === new Date(now).toISOString().slice(0, 10)
    ? say('at {{time}} UTC ({{span}})', { time, span })
    : say('on {{day}} at {{time}} UTC ({{span}})', { day: iso.slice(0, 10), time, span });
}

function opensWords(at: number, now: number): Message {
  return say('It opens again {{when}}.', { when: timeWords(at, now) });
}

function anewWords(at: number, now: number): Message {
  return say('They are counted anew {{when}}.', { when: timeWords(at, now) });
}

function spanWords(ms: number): Message {
  if (ms >= 2 * HOUR_MS) return say('in {{count}} hours', { count: Math.round(ms / HOUR_MS) });
  return say('in {{count}} minutes', { count: Math.max(1, Math.ceil(ms / MINUTE_MS)) });
}

const WHAT: Readonly<Record<Meter['name'], Message>> = {
  linesPerPlayerHour: say('of your lines in this hour'),
  turnsPerPlayerHour: say('of the turns that answer you in this hour'),
  tokensPerPlayerHour: say('of the tokens for answers to you in this hour'),
  turnsPerSceneDay: say('of this scene’s turns for today'),
  tokensPerSceneDay: say('of this scene’s tokens for today'),
  turnsPerServerDay: say('of this server’s turns for today'),
  tokensPerServerDay: say('of this server’s tokens for today'),
};

const STOPPED: Readonly<Record<Meter['name'], (count: number) => Message>> = {
  linesPerPlayerHour: (count) =>
    say('You have said {{count}} lines in this hour, as many as are heard.', { count }),
  turnsPerPlayerHour: (count) =>
    say('The cast has answered you {{count}} times in this hour, as often as it may.', { count }),
  tokensPerPlayerHour: () =>
    say('The answers to you have used the tokens that there are for you in this hour.'),
  turnsPerSceneDay: () => say('The cast has had its turns for today in this scene.'),
  tokensPerSceneDay: () => say('The cast has used its tokens for today in this scene.'),
  turnsPerServerDay: () => say('The cast has had its turns for today in this server.'),
  tokensPerServerDay: () => say('The cast has used its tokens for today in this server.'),
};
