import type { EntryKind } from '../keyv-store.ts';

/** Every kind of entry that is sealed; a new one does not compile until it is named here. */
const KINDS: Readonly<Record<Exclude<EntryKind, 'meta'>, true>> = {
  beat: true,
  scene: true,
  room: true,
  delivery: true,
  message: true,
  heard: true,
  webhook: true,
  stage: true,
  server: true,
  person: true,
  card: true,
  world: true,
  principle: true,
  choice: true,
  counter: true,
  audit: true,
  application: true,
};

export const ENTRY_KINDS = Object.keys(KINDS) as readonly (keyof typeof KINDS)[];
