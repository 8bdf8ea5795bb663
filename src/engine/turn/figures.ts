import type { Performance } from '../../performer/perform.ts';
import type { Made } from '../../scene/beat.ts';

/** How a turn of a model was made. */
export function figuresOf(
  { attempts, usage, msToVisible }: Pick<Performance, 'attempts' | 'usage' | 'msToVisible'>,
  model: string,
  why: string,
): Made {
  return {
    by: model,
    why,
    attempts,
    ...(usage && {
      promptTokens: usage.promptTokens,
      cachedTokens: usage.cachedTokens,
      completionTokens: usage.completionTokens,
      msToFirst: usage.msToFirst,
      msToLast: usage.msToLast,
    }),
    ...(msToVisible === undefined ? {} : { msToVisible }),
  };
}
