import { type Message, say } from '../../words/text.ts';
import type { SceneInfo } from '../engine-api.ts';

/** Whose choices are counted here, and what is kept with them; nothing where nobody opted in. */
export function choicesWords({
  record: { origin },
  choicesOf = [],
}: Pick<SceneInfo, 'record' | 'choicesOf'>): Message[] {
  const people = choicesOf.map(({ name }) => name);
  if (people.length === 0) return [];
  return origin === 'discord'
    ? [say('Choices of {{people}} are counted (which version, never the words).', { people })]
    : [say('Choices of {{people}} are counted, with the lines that they are about.', { people })];
}
