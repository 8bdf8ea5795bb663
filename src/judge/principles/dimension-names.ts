import { plainOf } from '../../cast/library/slug.ts';
import { DIMENSIONS, type Dimension } from './principle.ts';

/** As the paper calls them. */
export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  character: 'Character Development',
  relationship: 'Relationship Development',
  emotion: 'Emotional Expression',
  action: 'Action Description',
  atmosphere: 'Atmosphere & Environment',
  dialogue: 'Dialogue & Interaction',
  narrative: 'Narrative & Plot',
  conflict: 'Conflict & Tension',
  detail: 'Details & Description',
  overall: 'Overall Quality',
  safety: 'Safety & Boundaries',
  world: 'Worldview Consistency',
};

/** A dimension by its short id or by its name, however it is spelled. */
export function dimensionOf(written: string): Dimension | undefined {
  const wanted = lettersOf(written);
  return DIMENSIONS.find((id) => id === wanted || lettersOf(DIMENSION_NAMES[id]) === wanted);
}

function lettersOf(name: string): string {
  return plainOf(name).replaceAll(/&|\band\b|[^\p{L}\p{N}]/gu, '');
}
