import type { Settings } from '../../config/environment.ts';
import type { HouseFact } from '../../stage/web/house.ts';
import type { Offer } from '../../stage/web/wire-shapes.ts';
import { sealingWarning } from '../../store/sealed/store-keys.ts';

export type StartScreen = {
  /** What else is to be known: a word and a line each. */
  readonly notes: readonly (readonly [string, string])[];
  /** Models that were found and are not used. */
  readonly found: readonly Offer[];
  /** How to use one of them. */
  readonly useIt: string;
  readonly last: string;
};

/** The one screen that `dramatis start` shows: on what it runs, and how to change each. */
export function startScreen(facts: readonly HouseFact[], { notes, found, useIt, last }: StartScreen): string {
  const rows = [
    ...facts.flatMap(({ what, is, change }) => [row(what, is), row('', `to change it: ${change}`)]),
    ...notes.map(([what, line]) => row(what, line)),
    ...found.map(({ model, where, cost }) =>
      row('found', `${model} (${where}; ${cost}). It is not used; to use it, ${useIt}`),
    ),
  ];
  return `Dramatis is on stage.\n\n${rows.join('')}\n${last}\n`;
}

/** What is to be known of the key that seals the store; nothing where that is as it should be. */
export function sealingNotes({
  storeUrl,
  dataKeys,
}: Pick<Settings, 'storeUrl' | 'dataKeys'>): StartScreen['notes'] {
  const warning = sealingWarning(storeUrl, dataKeys);
  return warning === undefined ? [] : [['key', warning]];
}

/** How it ends, and what that costs. */
export function endWords({ storeUrl }: Pick<Settings, 'storeUrl'>): string {
  return storeUrl.startsWith('memory:')
    ? 'Ctrl-C here ends it, and the scenes with it.'
    : 'Ctrl-C here ends it, and loses nothing.';
}

function row(what: string, line: string): string {
  return `  ${what.padEnd(7)} ${line}\n`;
}
