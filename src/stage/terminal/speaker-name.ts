import { ENVIRONMENT } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';

/** To people the Environment is the Narrator; settings and the passing of time are told by it too. */
export function speakerName({ speaker }: Pick<StageBeat, 'speaker'>): string {
  return speaker && speaker.id !== ENVIRONMENT.id ? speaker.name : 'Narrator';
}
