import type { Choice } from '../../src/engine/command/command.ts';
import type { Dimension } from '../../src/engine/principles/principles-api.ts';
import { described, type Message } from '../../src/words/text.ts';

/** In the order in which they are listed. */
export const DIMENSION_CHOICES: readonly Choice[] = [
  { value: 'character', name: 'Character Development' },
  { value: 'relationship', name: 'Relationship Development' },
  { value: 'emotion', name: 'Emotional Expression' },
  { value: 'action', name: 'Action Description' },
  { value: 'atmosphere', name: 'Atmosphere & Environment' },
  { value: 'dialogue', name: 'Dialogue & Interaction' },
  { value: 'narrative', name: 'Narrative & Plot' },
  { value: 'conflict', name: 'Conflict & Tension' },
  { value: 'detail', name: 'Details & Description' },
  { value: 'overall', name: 'Overall Quality' },
  { value: 'safety', name: 'Safety & Boundaries' },
  { value: 'world', name: 'Worldview Consistency' },
];

export function dimensionWords(dimension: Dimension): Message {
  return described(DIMENSION_CHOICES.find(({ value }) => value === dimension)?.name ?? dimension);
}
