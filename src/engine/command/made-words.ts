import type { Made } from '../../scene/beat.ts';
import { joined, type Message, say, type Text } from '../../words/text.ts';

/** How a line came about, for its scene's owner: who made it, why this speaker, in how long, at what cost. */
export function madeWords(n: number, made: Made | undefined): Text {
  if (!made) return say('#{{n}} was made by no model, or nothing is known of how.', { n });
  const { by, why, attempts, recalled = [] } = made;
  return [
    byWhom(n, by),
    ...(why && by !== 'hand' ? [say('Why this speaker: {{why}}', { why })] : []),
    ...(recalled.length > 0
      ? [say('What came back to them: {{beats}}.', { beats: recalled.map((one) => `#${one}`).join(', ') })]
      : []),
    ...(attempts > 1 ? [say('It took {{attempts}} attempts.', { attempts })] : []),
    ...timesOf(made),
    ...tokensOf(made),
  ];
}

function byWhom(n: number, by: string): Message {
  switch (by) {
    case 'script':
      return say('#{{n}} was read from the script of the demo.', { n });
    case 'hand':
      return say('#{{n}} was written by hand, with /say.', { n });
    default:
      return say('#{{n}} was made by {{by}}.', { n, by });
  }
}

function timesOf({ msToFirst, msToVisible, msToLast }: Made): Message[] {
  const times = [
    ...(msToFirst === undefined ? [] : [say('{{time}} to the first token', { time: seconds(msToFirst) })]),
    ...(msToVisible === undefined
      ? []
      : [say('{{time}} to the first word you could see', { time: seconds(msToVisible) })]),
    ...(msToLast === undefined ? [] : [say('{{time}} in all', { time: seconds(msToLast) })]),
  ];
  return times.length > 0 ? [say('Time: {{times}}.', { times: joined(times, ', ') })] : [];
}

function tokensOf({ promptTokens, cachedTokens, completionTokens }: Made): Message[] {
  if (promptTokens === undefined && completionTokens === undefined) return [];
  const tokens = { read: promptTokens ?? '?', written: completionTokens ?? '?' };
  return [
    cachedTokens
      ? say('Tokens: {{read}} read ({{cached}} of them cached), {{written}} written.', {
          ...tokens,
          cached: cachedTokens,
        })
      : say('Tokens: {{read}} read, {{written}} written.', tokens),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
