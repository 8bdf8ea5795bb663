import { say, type Text } from '../../words/text.ts';
import type { Brought } from './cards-api.ts';

/** So many things that were passed over are told of one by one. */
const MOST_WARNINGS = 10;

/** What a file brought, and what of it was passed over. @param shown how a name is written there */
export function broughtWords(brought: Brought, shown: (name: string) => string): readonly Text[] {
  const { characters, worlds } = brought;
  return [
    ...(characters.length === 0
      ? []
      : [
          say('Brought: {{names}}. Everyone who may play here can summon them.', {
            names: characters.map(({ name }) => shown(name)),
          }),
        ]),
    ...(worlds.length === 0
      ? []
      : [say('Lorebooks brought: {{names}}.', { names: worlds.map(({ name }) => shown(name)) })]),
    ...warningWords(brought.warnings, shown),
  ];
}

/** Faults of a file, which are in English as the file’s fields are. */
export function warningWords(warnings: readonly string[], shown: (text: string) => string): readonly Text[] {
  if (warnings.length === 0) return [];
  const told = warnings.slice(0, MOST_WARNINGS);
  const more = warnings.length - told.length;
  return [
    say('Passed over, or read otherwise than it is written:'),
    ...told.map((warning) => say('• {{warning}}', { warning: shown(warning.slice(0, 200)) })),
    ...(more > 0 ? [say('… and {{more}} more.', { more })] : []),
  ];
}
