import type { Character } from '../../cast/character.ts';
import { characterActorId } from '../../scene/beat.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { LiveScene } from '../live-scene.ts';
import type { MemoryReport } from './ledger-api.ts';
import { toWitnessed } from './witnessed.ts';

const MOST_SHOWN = 12;

/** What a character's mind holds of this scene, without a thought and without what was for its ear alone. */
export function memoryOf(live: LiveScene, { id, name }: Character): MemoryReport {
  const actor = characterActorId(id);
  const entries = live.minds.people.get(actor)?.entries ?? [];
  const prompt = live.prompts.get(actor)?.prompt;
  const folded = prompt?.foldedUpTo() ?? 0;
  const noted = new Set(prompt?.noted() ?? []);
  const before = entries.filter((entry) => entry.n <= folded);
  const note = before.filter((entry) => noted.has(entry.n));
  return {
    name,
    beats: entries.length,
    folded: before.length,
    faded: before.length - note.length,
    note: note.filter(isOpen).slice(-MOST_SHOWN).map(toWitnessed),
    pinned: entries.filter((entry) => live.state.pins.has(entry.n) && isOpen(entry)).map(toWitnessed),
  };
}

function isOpen({ kind }: ViewEntry): boolean {
  return kind !== 'whisper' && kind !== 'told' && kind !== 'event';
}
