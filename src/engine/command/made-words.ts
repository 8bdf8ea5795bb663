import type { Made } from '../../scene/beat.ts';

/** How a line came about, for its scene's owner: who made it, why this speaker, in how long, at what cost. */
export function madeWords(n: number, made: Made | undefined): string {
  if (!made) return `#${n} was made by no model, or nothing is known of how.`;
  const { by, why, attempts } = made;
  return [
    `#${n} ${byWhom(by)}.`,
    ...(why && by !== 'hand' ? [`Why this speaker: ${why}`] : []),
    ...(attempts > 1 ? [`It took ${attempts} attempts.`] : []),
    ...timesOf(made),
    ...tokensOf(made),
  ].join('\n');
}

function byWhom(by: string): string {
  switch (by) {
    case 'script':
      return 'was read from the script of the demo';
    case 'hand':
      return 'was written by hand, with /say';
    default:
      return `was made by ${by}`;
  }
}

function timesOf({ msToFirst, msToVisible, msToLast }: Made): string[] {
  const times = [
    ...(msToFirst === undefined ? [] : [`${seconds(msToFirst)} to the first token`]),
    ...(msToVisible === undefined ? [] : [`${seconds(msToVisible)} to the first word you could see`]),
    ...(msToLast === undefined ? [] : [`${seconds(msToLast)} in all`]),
  ];
  return times.length > 0 ? [`Time: ${times.join(', ')}.`] : [];
}

function tokensOf({ promptTokens, cachedTokens, completionTokens }: Made): string[] {
  if (promptTokens === undefined && completionTokens === undefined) return [];
  const cached = cachedTokens ? ` (${cachedTokens} of them cached)` : '';
  return [`Tokens: ${promptTokens ?? '?'} read${cached}, ${completionTokens ?? '?'} written.`];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
