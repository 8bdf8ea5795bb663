import { neutralise, withoutTricks } from '../../format/neutralise.ts';

/**
 * What people wrote, as it may stand in a judge's prompt: one line, which forges nothing there.
 * @param names of the cast: none of them speaks in it
 */
export function plainLine(text: string, names: readonly string[] = []): string {
  // Odd line breaks and what is invisible first: else some of them are there again afterwards.
  return neutralise(withoutTricks(text).replaceAll(/\s+/gu, ' '), names);
}
