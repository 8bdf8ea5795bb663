import { plainOf } from '../library/slug.ts';
import type { LoreSpeaker } from './activation.ts';
import type { LoreFilter } from './lore.ts';

/** Tells of an entry's filter whether the one who speaks may know of the entry. */
export function createFilter(speaker: LoreSpeaker): (filter: LoreFilter | undefined) => boolean {
  const called = new Set([speaker.id, speaker.name, ...(speaker.aliases ?? [])].map(plainOf));
  const tagged = new Set(speaker.tags.map(plainOf));
  return (filter) => {
    if (!filter) return true;
    const isMeant =
      filter.names.some((given) => called.has(plainOf(given))) ||
      filter.tags.some((given) => tagged.has(plainOf(given)));
    return isMeant !== filter.not;
  };
}
