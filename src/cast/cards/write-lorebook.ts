import type { World } from '../lore/world.ts';
import { worldToSillyTavern, worldToV3 } from '../lore/write-world.ts';
import { isRecord } from './tidy-value.ts';
import { specBook } from './write-spec-data.ts';

/** The forms in which other tools take a lorebook that stands alone. */
export type LorebookFormat = 'v3' | 'sillytavern';

/**
 * A lorebook as JSON text. V3 comes out as its spec wants it, whatever the book looked like; of SillyTavern
 * there is no spec.
 */
export function writeLorebook(world: World, format: LorebookFormat): string {
  const whole = format === 'v3' ? strictV3(worldToV3(world)) : worldToSillyTavern(world);
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function strictV3(whole: Record<string, unknown>): Record<string, unknown> {
  return { ...whole, data: specBook(isRecord(whole['data']) ? whole['data'] : {}, 'v3') };
}
